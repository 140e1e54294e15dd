#pragma once

#include <contracts/codec.h>
#include <contracts/events.h>
#include <contracts/operation.h>
#include <core/result.h>

#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <utility>

namespace dockerauto::contracts {

/// The backend as windows see it: in this process or on another machine, with the same operations and the
/// same events. Lives on the main thread; nothing here waits.
class Backend : public QObject
{
    Q_OBJECT

public:
    enum class Connection
    {
        Connecting,
        Connected,
        Disconnected
    };
    Q_ENUM(Connection)

    using RawReply = std::function<void(core::Result<core::Json>)>;

    using QObject::QObject;

    /// Calls an operation. `reply` is called once on the main thread, and not at all when `context` is gone
    /// by then.
    template <class Op>
    void call(const typename Op::Request &request, QObject *context,
        std::function<void(core::Result<typename Op::Reply>)> reply)
    {
        send(*findOperation(Op::info.name), encode(request), context,
            [reply = std::move(reply)](core::Result<core::Json> answer) {
                if (!answer) {
                    reply(core::fail(std::move(answer.error())));
                    return;
                }
                reply(decode<typename Op::Reply>(*answer, UnknownFields::Ignore));
            });
    }

    virtual void send(const Operation &operation, core::Json request, QObject *context, RawReply reply) = 0;

    [[nodiscard]] virtual Connection connection() const = 0;
    /// Why there is no connection, in plain words; empty when there is one.
    [[nodiscard]] virtual QString connectionDetail() const = 0;
    /// What the server switcher shows: `This computer` or the address of the server.
    [[nodiscard]] virtual QString serverName() const = 0;

    /// Asks for live metrics while at least one page wants them. Counted.
    virtual void retainMetrics() = 0;
    virtual void releaseMetrics() = 0;

Q_SIGNALS:
    /// In order of `seq`. Of type `resync` when everything must be read again.
    void eventReceived(const dockerauto::contracts::Event &event);
    void connectionChanged();
};

} // namespace dockerauto::contracts
