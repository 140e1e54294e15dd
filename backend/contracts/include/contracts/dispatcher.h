#pragma once

#include <contracts/events.h>
#include <contracts/operation.h>
#include <contracts/principal.h>
#include <core/callcontext.h>
#include <core/json.h>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace dockerauto::contracts {

/// One call of an operation: who, under which request id, from where.
struct CallScope
{
    Principal principal;
    QString requestId;
    /// The address of a caller from outside; empty inside the program.
    QString remoteAddress;
};

/// The only door to the backend. Thread-safe.
class Dispatcher
{
public:
    using Done = std::function<void(core::Result<core::Json>)>;

    virtual ~Dispatcher() = default;

    /// Validates, authorizes, audits and carries out `operation` on a pool of the backend. `done` is called
    /// exactly once, on a thread of the backend or, when the call is refused at once, on the caller's.
    virtual void dispatch(const Operation &operation, core::Json request, CallScope scope, Done done) = 0;
};

/// Tells who a caller from outside is. Thread-safe; may read storage, so it is called on a pool.
class Authenticator
{
public:
    virtual ~Authenticator() = default;

    /// The owner of an access token as it stands now, not as the token was written. Unauthenticated
    /// otherwise.
    virtual core::Result<Principal> authenticate(const QByteArray &bearerToken) = 0;
    /// The owner of a one-time ticket; the ticket is used up.
    virtual core::Result<Principal> redeemTicket(const QByteArray &ticket) = 0;
    /// Whether the principal may still see events of the topic. Asked again while a connection is open.
    virtual bool maySubscribe(const Principal &principal, const QString &topic) = 0;
};

/// The one feed of events. Thread-safe.
class EventSource
{
public:
    using Sink = std::function<void(const Event &)>;
    /// Ends the subscription when destroyed; after that the sink is not called any more. Must not be
    /// destroyed by the sink.
    class Subscription
    {
    public:
        virtual ~Subscription() = default;
    };

    virtual ~EventSource() = default;

    /// Calls `sink` for every event of the topics (all when empty), first for those after `since` that are
    /// still kept. When they are not, the first event is of type `resync`. The sink is called on whatever
    /// thread publishes, must be quick, and must not call back into the source.
    [[nodiscard]] virtual std::unique_ptr<Subscription> subscribe(
        std::vector<QString> topics, std::optional<quint64> since, Sink sink) = 0;
};

} // namespace dockerauto::contracts
