#pragma once

#include <core/callcontext.h>
#include <core/clock.h>
#include <core/ids.h>
#include <core/json.h>
#include <core/result.h>
#include <ports/containerengine.h>
#include <ports/selfidentity.h>

#include <QString>

#include <chrono>

namespace dockerauto::application {

/// What the helper has to do that replaces this program's own container: it speaks to the engine only, so
/// that neither the old nor the new program is in its way.
struct Replacement
{
    core::UpdateId update;
    QString oldId;
    QString newId;
    /// The old container's, to be given back when the new one fails.
    core::Json restartPolicy;
    std::chrono::milliseconds stableFor{10'000};
    std::chrono::milliseconds healthSlack{10'000};

    [[nodiscard]] core::Json toJson() const;
    static core::Result<Replacement> fromJson(const core::Json &json);
};

/// Finds out whether an update is about this program itself, or about the proxy that it speaks to the engine
/// through, and hands such an update over to a short-lived helper container.
class SelfUpdate
{
public:
    explicit SelfUpdate(const ports::SelfIdentity &identity);

    enum class Role
    {
        Other,
        /// The program itself.
        Self,
        /// A socket proxy that the program speaks through.
        Proxy
    };
    [[nodiscard]] Role roleOf(const core::Json &inspect, const ports::EngineInfo &engine) const;
    [[nodiscard]] bool runsIn(const QString &containerId) const;

    /// Makes and starts the helper from this program's own image, with the engine's socket: this container's
    /// own, or for a proxy the proxy's. Named and labelled after the update, so a second one is a Conflict,
    /// which is a success. Unsupported, with what to do, when there is no way to the socket.
    core::Result<> handOver(const Replacement &replacement, const core::Json &inspectOfTarget,
        ports::ContainerEngine &engine, const core::CallContext &context) const;
    /// Removes the helper, when its work is done. Gone already is a success.
    core::Result<> removeHelper(
        const core::UpdateId &update, ports::ContainerEngine &engine, const core::CallContext &context) const;

private:
    const ports::SelfIdentity &m_identity;
};

/// What the helper does: stop the old one, start the new one, wait for its health; when that fails, stop the
/// new one and start the old one again. Idempotent: run again after a kill it goes on by what is there.
/// Removes nothing. Blocks until one of both runs.
core::Result<> replaceContainer(const Replacement &replacement, ports::ContainerEngine &engine,
    const core::Clock &clock, const core::CallContext &context);

} // namespace dockerauto::application
