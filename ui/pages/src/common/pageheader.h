#pragma once

#include <QString>
#include <QWidget>

class QHBoxLayout;

namespace dockerauto::ui {

class Label;
class ElidedLabel;

/// The head of a page: its title, one sentence on how things are, at most two buttons, and a row for filters.
class PageHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(const QString &title, QWidget *parent = nullptr);

    void setSentence(const QString &sentence);
    [[nodiscard]] QString sentence() const;
    /// The window becomes the owner. The rightmost should be the primary one.
    void addButton(QWidget *button);
    [[nodiscard]] QHBoxLayout *filterRow() const { return m_filters; }

private:
    ElidedLabel *m_sentence = nullptr;
    QHBoxLayout *m_buttons = nullptr;
    QHBoxLayout *m_filters = nullptr;
};

} // namespace dockerauto::ui
