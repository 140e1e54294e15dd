#pragma once

#include <contracts/backend.h>
#include <contracts/system.h>

#include <QWidget>

#include <optional>

class QCheckBox;

namespace dockerauto::ui {

class Button;
class Label;

/// The part of the settings where administrators let rules run commands inside containers.
class HooksSection : public QWidget
{
    Q_OBJECT

public:
    /// The backend must outlive the section.
    explicit HooksSection(contracts::Backend &backend, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void read();
    void change(bool enabled);
    void take(const core::Result<contracts::ServerSettings> &answer);
    void refresh();

    contracts::Backend &m_backend;
    QCheckBox *m_enabled = nullptr;
    Label *m_state = nullptr;
    Button *m_again = nullptr;
    /// As the backend has it; absent until it was read.
    std::optional<contracts::ServerSettings> m_settings;
    std::optional<core::Error> m_error;
    quint64 m_turn = 0;
    bool m_waiting = false;
};

} // namespace dockerauto::ui
