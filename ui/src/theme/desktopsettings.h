#pragma once

#include <QDBusMessage>
#include <QObject>
#include <QString>
#include <QVariant>

namespace dockerauto::ui {

/// What the desktop says of its own looks, by the settings portal. Nothing waits: without a portal there is
/// no signal.
class DesktopSettings : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Asks now and listens from now on.
    void ask();

Q_SIGNALS:
    void darkChanged(bool dark);
    void animatedChanged(bool animated);

private Q_SLOTS:
    void takeSignal(const QDBusMessage &message);

private:
    void take(const QString &group, const QString &key, const QVariant &value);
};

} // namespace dockerauto::ui
