#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace dockerauto::app {

/// Turns SIGTERM, SIGINT and SIGHUP into a signal of Qt, on the thread that made the object. One at a time.
class TerminationSignals : public QObject
{
    Q_OBJECT

public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

Q_SIGNALS:
    void requested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace dockerauto::app
