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
#include <vector>

namespace dockerauto::application {

/// What the helper has to do that replaces this program's own container: it speaks to the engine only, so
/// that neither the old nor the new program is in its way.
struct Replacement
{
    /// The variable in which the helper finds it as JSON.
    static constexpr char variable[] = "DOCKER_AUTO_REPLACEMENT";
    /// The option that makes this program the helper.
    static constexpr char option[] = "--replace-container";

    core::UpdateId update;
    QString oldId;
    QString newId;
    /// The old container's, to be given back when the new one fails.
    core::Json restartPolicy;
    std::chrono::milliseconds stableFor{10'000};
    std::chrono::milliseconds healthSlack{10'000};

    [[nodiscard]] core::Json toJson() const;
    /// InvalidArgument names the member that is missing or wrong.
    static core::Result<Replacement> fromJson(const core::Json &json);
};

/// Finds out whether an update is about this program itself, or about the proxy that it speaks to the engine
/// through, and hands such an update over to a short-lived helper container. Any thread.
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
    /// `own` is the inspect of the program's own container where it is known: a proxy then has to share a
    /// network with it, since two projects may well use the same alias. The rules are in
    /// resources/docs/updates.md, "When it updates itself".
    [[nodiscard]] Role roleOf(
        const core::Json &inspect, const ports::EngineInfo &engine, const core::Json &own = {}) const;
    [[nodiscard]] bool runsIn(const QString &containerId) const;
    /// Inspect of the program's own container. NotFound outside of containers, and where the engine does not
    /// know it.
    core::Result<core::Json> own(ports::ContainerEngine &engine, const core::CallContext &context) const;

    /// Whether an update of the first of these containers, with which the others are made again, has to be
    /// handed over. Unsupported when this program, or its way to the engine, is tied to other containers.
    core::Result<bool> mustHandOver(const std::vector<const core::Json *> &inspects,
        ports::ContainerEngine &engine, const ports::EngineInfo &info,
        const core::CallContext &context) const;

    /// Whether handOver() would find what it needs, without changing anything: Unsupported, with what to do,
    /// when there is no way to the socket, or when the container is one that vanishes as soon as it stops.
    core::Result<> check(const core::Json &inspectOfTarget, ports::ContainerEngine &engine,
        const core::CallContext &context) const;
    /// Makes and starts the helper from this program's own image, with the engine's socket: this container's
    /// own, or for a proxy the proxy's. Named and labelled after the update; one that is there already is
    /// started if it does not run, so a second call is a success. Refuses what check() refuses.
    core::Result<> handOver(const Replacement &replacement, const core::Json &inspectOfTarget,
        ports::ContainerEngine &engine, const core::CallContext &context) const;
    /// Removes the helper, when its work is done. Gone already is a success.
    core::Result<> removeHelper(
        const core::UpdateId &update, ports::ContainerEngine &engine, const core::CallContext &context) const;

private:
    core::Result<core::Json> helperFor(const Replacement &replacement, const core::Json &inspectOfTarget,
        std::vector<QString> &networks, ports::ContainerEngine &engine,
        const core::CallContext &context) const;

    const ports::SelfIdentity &m_identity;
};

/// What the helper does: stop the old one, start the new one, wait for its health; when that fails, stop the
/// new one and start the old one again. Success means that one of both runs, and only one. Idempotent: run
/// again after a kill it goes on by what is there. Removes nothing.
///
/// The old one is kept from being started by the engine itself before it is stopped, and the new one before
/// it is given up: else both would run after a restart of the host. An engine that does not answer is asked
/// again until the deadline. NotFound when the old one is needed and gone; the new one is then left as it is.
core::Result<> replaceContainer(const Replacement &replacement, ports::ContainerEngine &engine,
    const core::Clock &clock, const core::CallContext &context);

} // namespace dockerauto::application
