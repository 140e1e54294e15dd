#pragma once

#include <models/containermodel.h>
#include <models/filterquery.h>

#include <QCollator>
#include <QSortFilterProxyModel>

namespace dockerauto::ui {

enum class QuickFilter
{
    All,
    Updates,
    Unhealthy,
    Stopped
};

/// Which containers are shown, and in which order. A group is shown while one of its containers is; groups
/// keep their order whatever the table is sorted by.
class ContainerFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ContainerFilter(ContainerModel &model, QObject *parent = nullptr);

    void setQuery(const QString &text);
    [[nodiscard]] const QString &query() const { return m_text; }
    void setQuickFilter(QuickFilter filter);
    [[nodiscard]] QuickFilter quickFilter() const { return m_quick; }
    /// How many containers are shown.
    [[nodiscard]] int shownContainers() const;
    [[nodiscard]] const ContainerEntry *entryAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const QString &id, int column = ContainerModel::Name) const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    ContainerModel &m_model;
    QString m_text;
    FilterQuery m_query;
    QuickFilter m_quick = QuickFilter::All;
    QCollator m_collator;
};

} // namespace dockerauto::ui
