#pragma once

#include <contracts/backend.h>

#include <QWidget>

class QPlainTextEdit;

namespace dockerauto::ui {

class Button;
class Label;
class SearchField;

/// The last lines that a container wrote, as plain text that can be selected.
class LogView : public QWidget
{
    Q_OBJECT

public:
    explicit LogView(contracts::Backend &backend, QWidget *parent = nullptr);

    /// Reads the log of this container now; empty for none.
    void setContainer(const QString &id);
    void reload();
    [[nodiscard]] QString shownText() const;

private:
    void show(const contracts::LogLines &lines);
    void applyFilter();

    contracts::Backend &m_backend;
    QString m_container;
    quint64 m_turn = 0;
    QStringList m_lines;
    SearchField *m_filter = nullptr;
    Button *m_wrap = nullptr;
    QPlainTextEdit *m_text = nullptr;
    Label *m_state = nullptr;
};

} // namespace dockerauto::ui
