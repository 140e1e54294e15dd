#pragma once

#include <QAbstractButton>

namespace dockerauto::ui {

class BackendStatus;

/// Which server this window shows, where it is and whether it answers; its menu tells more of each Docker
/// host.
class ServerSwitcher : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ServerSwitcher(BackendStatus &status, QWidget *parent = nullptr);

    void setCompact(bool compact);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();
    void openMenu();

    BackendStatus &m_status;
    bool m_compact = false;
};

} // namespace dockerauto::ui
