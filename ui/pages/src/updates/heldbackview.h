#pragma once

#include <contracts/backend.h>
#include <models/displaytext.h>

#include <QWidget>

namespace dockerauto::ui {

class Button;
class Chip;
class ElidedLabel;
class Label;
class WhyView;

/// A container whose update is held back: to which version, why, and how to change that.
class HeldBackView : public QWidget
{
    Q_OBJECT

public:
    HeldBackView(contracts::Backend &backend, TimeSource now, QWidget *parent = nullptr);

    enum class Connection
    {
        Online,
        Offline
    };
    void show(const contracts::Container &container, Connection connection);

Q_SIGNALS:
    void updateRequested();
    void offerAgainRequested();

private:
    [[nodiscard]] QWidget *buildHead();

    TimeSource m_now;
    QString m_id;
    std::optional<core::Timestamp> m_checkedAt;
    std::optional<core::Hold> m_heldBy;
    ElidedLabel *m_name = nullptr;
    Chip *m_hold = nullptr;
    Label *m_from = nullptr;
    Label *m_to = nullptr;
    ElidedLabel *m_circumstances = nullptr;
    Button *m_update = nullptr;
    Button *m_again = nullptr;
    WhyView *m_why = nullptr;
};

} // namespace dockerauto::ui
