#pragma once

#include <contracts/backend.h>
#include <models/containermodel.h>

#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace dockerauto::ui {

class Button;
class ChangesView;
class Chip;
class ContainerActions;
class DecisionCard;
class ElidedLabel;
class FactList;
class Label;
class LogView;

/// The chosen container at the right of the table: what it is, why it is or is not updated, its log.
class DetailPanel : public QWidget
{
    Q_OBJECT

public:
    DetailPanel(contracts::Backend &backend, ContainerModel &model, ContainerActions &actions,
        QWidget *parent = nullptr);

    /// Empty for none.
    void setContainer(const QString &id);
    [[nodiscard]] const QString &container() const { return m_id; }
    void showLogs();
    /// After data or the connection changed.
    void refresh();

Q_SIGNALS:
    void closeRequested();
    void menuRequested(const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    enum Tab
    {
        OverviewTab,
        ChangesTab,
        LogTab
    };

    [[nodiscard]] QWidget *buildHead();
    [[nodiscard]] QWidget *buildOverview();
    [[nodiscard]] QWidget *buildMetrics();
    [[nodiscard]] QWidget *buildChanges();
    void refreshHead(const ContainerEntry &entry);
    void refreshTab();
    void refreshFacts(const ContainerEntry &entry);
    void refreshMetrics(const ContainerEntry &entry);
    void toggleRunning();

    class Chart;

    contracts::Backend &m_backend;
    ContainerModel &m_model;
    ContainerActions &m_actions;
    QString m_id;
    QStackedWidget *m_stack = nullptr;
    ElidedLabel *m_name = nullptr;
    Chip *m_status = nullptr;
    ElidedLabel *m_image = nullptr;
    Button *m_update = nullptr;
    Button *m_restart = nullptr;
    Button *m_stop = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_pages = nullptr;
    DecisionCard *m_decision = nullptr;
    ChangesView *m_changes = nullptr;
    QWidget *m_metrics = nullptr;
    Label *m_cpu = nullptr;
    Label *m_memory = nullptr;
    Chart *m_cpuChart = nullptr;
    FactList *m_facts = nullptr;
    Label *m_labelsTitle = nullptr;
    FactList *m_labels = nullptr;
    LogView *m_log = nullptr;
};

} // namespace dockerauto::ui
