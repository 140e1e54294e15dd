#pragma once

#include "docker/dockerengine.h"

#include "engineclient.h"
#include "eventfollower.h"
#include "statsmemory.h"

#include <domain/logdemuxer.h>

namespace dockerauto::docker {

/// What the calls of DockerEngine share, in whichever file they are.
struct DockerEngine::Parts
{
    Parts(DockerEngine &engine, EngineAddress address, const DockerSettings &settings)
        : client(std::move(address), {settings.maxIdleConnections, settings.maxAnswerBytes},
              settings.fixedApiVersion)
        , events(
              client, [&engine](const core::CallContext &context) { return engine.info(context); },
              RetryPause(settings.firstRetryPause, settings.longestRetryPause))
        , pullSilence(settings.pullSilence)
    {
    }

    /// A POST or DELETE on one container of which only the success counts.
    core::Result<> act(const char *method, const QString &id, const char *verb,
        const core::CallContext &context, const QByteArray &query = {}, std::optional<core::Json> body = {})
    {
        DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(id));
        DOCKERAUTO_TRY(
            client.call({method, "/containers/" + segment + verb, query, std::move(body), {}}, context));
        return {};
    }
    core::Result<core::Json> getJson(QByteArray path, QByteArray query, const core::CallContext &context)
    {
        return client.callJson({"GET", std::move(path), std::move(query), {}, {}}, context);
    }
    /// How the container's log comes: as frames, or raw from its terminal.
    core::Result<domain::LogDemuxer::Format> logFormat(
        const HttpResponse &response, const QByteArray &segment, const core::CallContext &context);
    /// Waits for the end of a command.
    core::Result<int> exitCodeOf(const QByteArray &execution, const core::CallContext &context);

    EngineClient client;
    EventFollower events;
    StatsMemory stats;
    std::chrono::milliseconds pullSilence;
};

} // namespace dockerauto::docker
