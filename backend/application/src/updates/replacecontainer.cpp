#include "application/updates/selfupdate.h"

#include "updatetimes.h"

#include <core/logging.h>
#include <domain/healthgate.h>

#include <algorithm>
#include <functional>
#include <optional>

namespace dockerauto::application {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;
using domain::HealthGate;
using namespace std::chrono_literals;

namespace {

constexpr auto pause = 500ms;

bool runs(const Json &inspect)
{
    return memberOf(memberOf(inspect, "State"), "Running") == true;
}

/// A container that could not be started stays `created`, with the reason as its error.
bool wasTried(const Json &inspect)
{
    const Json &state = memberOf(inspect, "State");
    const QString status = textOf(state, "Status");
    const bool fresh = status == QStringLiteral("created") || status == QStringLiteral("configured") ||
                       status == QStringLiteral("initialized");
    return !fresh || !textOf(state, "Error").isEmpty();
}

/// One exchange of two containers. What the engine shows of both is all that it remembers.
class Exchange
{
public:
    Exchange(const Replacement &replacement, ports::ContainerEngine &engine, const core::Clock &clock,
        const CallContext &context)
        : m_replacement(replacement), m_engine(engine), m_clock(clock), m_context(context)
    {
    }

    Result<> run()
    {
        DOCKERAUTO_TRY_ASSIGN(fresh, look(m_replacement.newId));
        if (!fresh) {
            qCWarning(core::logUpdate) << "the new container is gone; the old one goes on";
        } else if (!runs(*fresh) && wasTried(*fresh)) {
            qCWarning(core::logUpdate) << "the new container was tried before and does not run";
        } else {
            const auto replaced = goForward();
            if (replaced || endsEarly(replaced.error())) {
                return replaced;
            }
            qCWarning(core::logUpdate).noquote()
                << "the new container does not work:" << replaced.error().text();
        }
        return putBack();
    }

private:
    Result<> goForward()
    {
        DOCKERAUTO_TRY_ASSIGN(old, look(m_replacement.oldId));
        if (old) {
            qCInfo(core::logUpdate).noquote() << "stopping" << textOf(*old, "Name").mid(1);
            DOCKERAUTO_TRY(silence(m_replacement.oldId, *old));
        }
        qCInfo(core::logUpdate) << "starting the new container";
        DOCKERAUTO_TRY(insist([this](const CallContext &context) {
            return m_engine.startContainer(m_replacement.newId, context);
        }));
        return awaitHealth();
    }

    Result<> awaitHealth()
    {
        std::optional<HealthGate> gate;
        auto begun = m_clock.steadyNow();
        while (true) {
            const auto inspect = m_engine.inspectContainer(m_replacement.newId, m_context.within(30s));
            if (!inspect && !isAway(inspect.error())) {
                return fail(inspect.error());
            }
            if (!inspect) {
                // An engine that was away begins its health checks anew.
                gate.reset();
            } else {
                if (!gate) {
                    gate.emplace(
                        *inspect, HealthGate::Options{m_replacement.stableFor, m_replacement.healthSlack});
                    begun = m_clock.steadyNow();
                }
                const auto elapsed =
                    std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steadyNow() - begun);
                const auto judgement = gate->judge(*inspect, elapsed);
                if (judgement.verdict != HealthGate::Verdict::Waiting) {
                    return conclude(judgement, *inspect);
                }
            }
            DOCKERAUTO_TRY(wait());
        }
    }

    static Result<> conclude(const HealthGate::Judgement &judgement, const Json &inspect)
    {
        if (judgement.verdict == HealthGate::Verdict::Passed && runs(inspect)) {
            qCInfo(core::logUpdate).noquote() << "the new container works:" << judgement.reason;
            return {};
        }
        // For others, doing their work and ending is well; this one is wanted for good.
        return fail(ErrorCode::Internal, judgement.reason);
    }

    Result<> putBack()
    {
        DOCKERAUTO_TRY_ASSIGN(old, look(m_replacement.oldId));
        if (!old) {
            return fail(ErrorCode::NotFound,
                QStringLiteral("The old container is gone, so it can't be started again. Look at the new one "
                               "with “docker logs %1”")
                    .arg(m_replacement.newId.left(12)));
        }
        DOCKERAUTO_TRY_ASSIGN(fresh, look(m_replacement.newId));
        if (fresh) {
            DOCKERAUTO_TRY(silence(m_replacement.newId, *fresh));
        }
        if (m_replacement.restartPolicy.is_object() && !m_replacement.restartPolicy.empty()) {
            DOCKERAUTO_TRY(setRestartPolicy(m_replacement.oldId, m_replacement.restartPolicy));
        }
        qCInfo(core::logUpdate).noquote() << "starting" << textOf(*old, "Name").mid(1) << "again";
        DOCKERAUTO_TRY(insist([this](const CallContext &context) {
            return m_engine.startContainer(m_replacement.oldId, context);
        }));
        DOCKERAUTO_TRY_ASSIGN(restored, look(m_replacement.oldId));
        return restored && runs(*restored)
                   ? Result<>()
                   : fail(ErrorCode::Internal, QStringLiteral("The old container does not run either"));
    }

    /// Stops it for good.
    Result<> silence(const QString &id, const Json &inspect)
    {
        DOCKERAUTO_TRY(setRestartPolicy(id, Json{{"Name", "no"}}));
        return insist(
            [&](const CallContext &context) { return m_engine.stopContainer(id, std::nullopt, context); },
            graceTime(inspect) + 30s);
    }

    Result<> setRestartPolicy(const QString &id, const Json &policy)
    {
        return insist(
            [&](const CallContext &context) { return m_engine.setRestartPolicy(id, policy, context); });
    }

    Result<std::optional<Json>> look(const QString &id)
    {
        Json inspect;
        const auto found = insist([&](const CallContext &context) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(seen, m_engine.inspectContainer(id, context));
            inspect = std::move(seen);
            return {};
        });
        if (!found && found.error().code == ErrorCode::NotFound) {
            return std::nullopt;
        }
        if (!found) {
            return fail(found.error());
        }
        return std::optional(std::move(inspect));
    }

    /// Until the engine answers. All calls that are made may be made twice.
    Result<> insist(
        const std::function<Result<>(const CallContext &)> &call, std::chrono::milliseconds longest = 30s)
    {
        while (true) {
            auto done = call(m_context.within(longest));
            if (done || !isAway(done.error())) {
                return done;
            }
            qCWarning(core::logUpdate).noquote() << done.error().text();
            DOCKERAUTO_TRY(wait());
        }
    }

    Result<> wait()
    {
        m_clock.sleep(pause, m_context.stop);
        return m_context.check();
    }

    static bool isAway(const core::Error &error)
    {
        return error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout;
    }

    /// Nothing is known then about the new container, so nothing is put back.
    bool endsEarly(const core::Error &error) const
    {
        return error.code == ErrorCode::Cancelled || !m_context.check();
    }

    const Replacement &m_replacement;
    ports::ContainerEngine &m_engine;
    const core::Clock &m_clock;
    const CallContext &m_context;
};

} // namespace

Result<> replaceContainer(const Replacement &replacement, ports::ContainerEngine &engine,
    const core::Clock &clock, const CallContext &context)
{
    return Exchange(replacement, engine, clock, context).run();
}

} // namespace dockerauto::application
