#include "application/containers/containerservice.h"

#include "../paging.h"
#include "containermapping.h"

namespace dockerauto::application {

using contracts::Container;
using contracts::ContainerRef;
using core::CallContext;
using core::ContainerId;
using core::ErrorCode;
using core::Result;

ContainerService::ContainerService(ports::Storage &storage, HostService &hosts, ContainerSync &sync)
    : m_storage(storage), m_hosts(hosts), m_sync(sync)
{
}

Result<contracts::ContainerPage> ContainerService::list(
    const contracts::ContainerQuery &query, const CallEnvironment &environment) const
{
    DOCKERAUTO_TRY_ASSIGN(limit, pageSize(query.limit));
    DOCKERAUTO_TRY_ASSIGN(after, fromCursor(query.cursor));
    ports::ContainerFilter filter{.search = query.search.value_or(QString()),
        .status = query.status.value_or(QString()),
        .project = query.project.value_or(QString()),
        .host = std::nullopt,
        .decision = query.decision};
    if (query.host) {
        filter.host = core::HostId(*query.host);
    }
    contracts::ContainerPage page;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(records, work.containers().list(filter, after, limit));
            DOCKERAUTO_TRY_ASSIGN(total, work.containers().count(filter));
            page.total = total;
            for (const auto &record : records) {
                page.items.push_back(toContract(record));
            }
            return {};
        },
        environment.context));
    if (static_cast<int>(page.items.size()) == limit) {
        page.nextCursor = toCursor({page.items.back().name, page.items.back().id});
    }
    return page;
}

Result<ports::ContainerRecord> ContainerService::find(
    const QString &id, const CallEnvironment &environment) const
{
    std::optional<ports::ContainerRecord> record;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.containers().find(ContainerId(id)));
            record = std::move(found);
            return {};
        },
        environment.context));
    return *record;
}

Result<Container> ContainerService::control(
    const QString &id, Control action, const CallEnvironment &environment)
{
    DOCKERAUTO_TRY_ASSIGN(record, find(id, environment));
    DOCKERAUTO_TRY(m_storage.read(
        [&record](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(running,
                work.updates().list(
                    {.state = ports::UpdateFilter::State::Unfinished, .status = {}, .container = record.id},
                    std::nullopt, 1));
            if (!running.empty() && running.front().status == core::UpdateStatus::Running) {
                return core::fail(ErrorCode::Conflict,
                    QStringLiteral("“%1” is being updated. Wait until that is finished, or cancel it.")
                        .arg(record.name));
            }
            return {};
        },
        environment.context));
    DOCKERAUTO_TRY_ASSIGN(engine, m_hosts.engine(record.host));
    DOCKERAUTO_TRY(action(*engine, record.engineId.text(), environment.context));
    DOCKERAUTO_TRY(m_sync.refresh(record.host, record.engineId.text(), environment.context));
    DOCKERAUTO_TRY_ASSIGN(after, find(id, environment));
    return toContract(after);
}

Result<contracts::LogLines> ContainerService::logs(
    const contracts::LogQuery &query, const CallEnvironment &environment) const
{
    const int tail = query.tail.value_or(200);
    if (tail < 1 || tail > 5000) {
        return core::fail(ErrorCode::InvalidArgument, QStringLiteral("“tail” must be from 1 to 5000"),
            QStringLiteral("tail"));
    }
    DOCKERAUTO_TRY_ASSIGN(record, find(query.id, environment));
    DOCKERAUTO_TRY_ASSIGN(engine, m_hosts.engine(record.host));
    DOCKERAUTO_TRY_ASSIGN(records,
        engine->readLogs(record.engineId.text(), {.tail = tail, .since = query.since, .timestamps = true},
            environment.context.within(std::chrono::seconds(20))));
    contracts::LogLines lines;
    for (auto &line : records) {
        lines.lines.push_back({.time = line.time,
            .stream = line.stream == domain::LogRecord::Stream::Stderr ? QStringLiteral("stderr")
                                                                       : QStringLiteral("stdout"),
            .text = std::move(line.text)});
    }
    return lines;
}

void ContainerService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::ListContainers>(
        [this](const contracts::ContainerQuery &query, const CallEnvironment &environment) {
            return list(query, environment);
        });
    bus.handle<contracts::GetContainer>(
        [this](const ContainerRef &request, const CallEnvironment &environment) -> Result<Container> {
            DOCKERAUTO_TRY_ASSIGN(record, find(request.id, environment));
            return toContract(record);
        });
    bus.handle<contracts::ReadContainerLogs>(
        [this](const contracts::LogQuery &query, const CallEnvironment &environment) {
            return logs(query, environment);
        });
    const auto offer = [this, &bus]<class Op>(Op, Control action) {
        bus.handle<Op>([this, action](const ContainerRef &request, const CallEnvironment &environment) {
            return control(request.id, action, environment);
        });
    };
    using Engine = ports::ContainerEngine;
    offer(contracts::StartContainer(), [](Engine &engine, const QString &id, const CallContext &context) {
        return engine.startContainer(id, context);
    });
    offer(contracts::StopContainer(), [](Engine &engine, const QString &id, const CallContext &context) {
        return engine.stopContainer(id, std::nullopt, context);
    });
    offer(contracts::RestartContainer(), [](Engine &engine, const QString &id, const CallContext &context) {
        return engine.restartContainer(id, context);
    });
    offer(contracts::PauseContainer(), [](Engine &engine, const QString &id, const CallContext &context) {
        return engine.pauseContainer(id, context);
    });
    offer(contracts::UnpauseContainer(), [](Engine &engine, const QString &id, const CallContext &context) {
        return engine.unpauseContainer(id, context);
    });
}

} // namespace dockerauto::application
