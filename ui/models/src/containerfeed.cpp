#include <models/containerfeed.h>

#include <algorithm>
#include <utility>

namespace dockerauto::ui {

using contracts::Backend;
namespace events = contracts::events;

namespace {

constexpr int pageSize = 500;

template <class T>
core::Result<T> read(const contracts::Event &event)
{
    return contracts::decode<T>(event.payload, contracts::UnknownFields::Ignore);
}

} // namespace

ContainerFeed::ContainerFeed(Backend &backend, ContainerModel &model, QObject *parent)
    : QObject(parent), m_backend(backend), m_model(model)
{
    connect(&m_backend, &Backend::eventReceived, this, &ContainerFeed::onEvent);
    connect(&m_backend, &Backend::connectionChanged, this, [this] {
        if (m_backend.connection() == Backend::Connection::Connected) {
            reload();
        }
    });
}

void ContainerFeed::reload()
{
    ++m_turn;
    m_reading.emplace();
    // Its end may be among the events that were lost.
    m_check.reset();
    if (m_state == State::Failed) {
        m_state = State::Loading;
        m_error.reset();
        Q_EMIT stateChanged();
    }
    readPage(m_turn, std::nullopt);
    readHosts();
    readRunning(m_turn, std::nullopt, {});
    readMeta();
}

void ContainerFeed::readPage(quint64 turn, const std::optional<QString> &cursor)
{
    contracts::ContainerQuery query;
    query.limit = pageSize;
    query.cursor = cursor;
    m_backend.call<contracts::ListContainers>(
        query, this, [this, turn](core::Result<contracts::ContainerPage> page) {
            if (turn != m_turn || !m_reading) {
                return;
            }
            if (!page) {
                finishReading(core::fail(page.error()));
                return;
            }
            std::ranges::move(page->items, std::back_inserter(m_reading->containers));
            if (page->nextCursor) {
                readPage(turn, page->nextCursor);
            } else {
                finishReading({});
            }
        });
}

void ContainerFeed::finishReading(core::Result<void> result)
{
    Reading reading = std::move(*m_reading);
    m_reading.reset();
    if (!result) {
        m_error = result.error();
        if (m_state != State::Ready) {
            m_state = State::Failed;
        }
        Q_EMIT stateChanged();
        return;
    }
    std::erase_if(reading.containers,
        [&](const contracts::Container &container) { return reading.newer.contains(container.id); });
    for (const QString &id : reading.newer) {
        if (const ContainerEntry *entry = m_model.find(id); entry != nullptr) {
            reading.containers.push_back(entry->container);
        }
    }
    m_model.setContainers(std::move(reading.containers));
    m_error.reset();
    m_state = State::Ready;
    Q_EMIT stateChanged();
}

void ContainerFeed::readHosts()
{
    m_backend.call<contracts::ListHosts>({}, this, [this](core::Result<contracts::HostList> list) {
        if (!list) {
            return;
        }
        m_hosts = std::move(list->items);
        m_model.setHosts(m_hosts);
        Q_EMIT hostsChanged();
    });
}

void ContainerFeed::readRunning(quint64 turn, const std::optional<QString> &cursor, QSet<QString> running)
{
    contracts::UpdateQuery query;
    query.status = core::UpdateStatus::Running;
    query.limit = pageSize;
    query.cursor = cursor;
    m_backend.call<contracts::ListUpdates>(query, this,
        [this, turn, running = std::move(running)](core::Result<contracts::UpdatePage> page) mutable {
            if (turn != m_turn || !page) {
                return;
            }
            for (const contracts::Update &update : page->items) {
                if (update.status == core::UpdateStatus::Running) {
                    running.insert(update.container);
                }
            }
            if (page->nextCursor) {
                readRunning(turn, page->nextCursor, std::move(running));
                return;
            }
            m_running = std::move(running);
            m_model.setUpdating(m_running);
        });
}

void ContainerFeed::readMeta()
{
    m_backend.call<contracts::GetMeta>({}, this, [this](core::Result<contracts::Meta> meta) {
        if (meta) {
            m_lastCheckAt = meta->lastCheckAt;
            m_nextCheckAt = meta->nextCheckAt;
            Q_EMIT checkChanged();
        }
    });
}

std::vector<contracts::Host> ContainerFeed::unreachableHosts() const
{
    std::vector<contracts::Host> unreachable;
    std::ranges::copy_if(m_hosts, std::back_inserter(unreachable),
        [](const contracts::Host &host) { return host.state == core::HostState::Unreachable; });
    return unreachable;
}

void ContainerFeed::testHosts()
{
    for (const contracts::Host &host : unreachableHosts()) {
        ++m_testing;
        m_backend.call<contracts::TestHost>({host.id}, this, [this](core::Result<contracts::Host> answer) {
            --m_testing;
            if (answer) {
                takeHost(*answer);
            } else {
                Q_EMIT failed(answer.error().message);
                Q_EMIT hostsChanged();
            }
        });
    }
    Q_EMIT hostsChanged();
}

void ContainerFeed::takeHost(const contracts::Host &host)
{
    const auto known = std::ranges::find(m_hosts, host.id, &contracts::Host::id);
    const bool came = known != m_hosts.end() && known->state != core::HostState::Connected &&
                      host.state == core::HostState::Connected;
    if (known == m_hosts.end()) {
        m_hosts.push_back(host);
    } else {
        *known = host;
    }
    m_model.setHosts(m_hosts);
    Q_EMIT hostsChanged();
    if (came) {
        reload();
    }
}

void ContainerFeed::check(const std::vector<QString> &containers)
{
    contracts::CheckRequest request;
    if (!containers.empty()) {
        request.containers = containers;
    }
    m_backend.call<contracts::CheckContainers>(
        request, this, [this](core::Result<contracts::CheckStarted> started) {
            if (!started) {
                m_check.reset();
                Q_EMIT checkChanged();
                Q_EMIT failed(started.error().message);
                return;
            }
            // The first event may have come before this answer.
            if (m_check && m_check->id.isEmpty()) {
                m_check->id = started->id;
                m_check->total = started->containers;
                Q_EMIT checkChanged();
            }
        });
    m_check = Check{};
    m_asked = true;
    Q_EMIT checkChanged();
}

void ContainerFeed::onCheckEvent(const contracts::CheckProgress &progress)
{
    if (progress.finished) {
        m_check.reset();
        Q_EMIT checkChanged();
        if (std::exchange(m_asked, false)) {
            Q_EMIT checkFinished(progress.failed);
        }
        readMeta();
        return;
    }
    m_check = Check{progress.id, progress.done, progress.total, progress.failed};
    Q_EMIT checkChanged();
}

void ContainerFeed::onEvent(const contracts::Event &event)
{
    if (event.type == events::containerChanged) {
        if (auto container = read<contracts::Container>(event)) {
            if (m_reading) {
                m_reading->newer.insert(container->id);
            }
            m_model.upsert(std::move(*container));
        }
    } else if (event.type == events::containerRemoved) {
        if (const auto removed = read<contracts::ContainerRemoved>(event)) {
            if (m_reading) {
                m_reading->newer.insert(removed->id);
            }
            m_model.remove(removed->id);
        }
    } else if (event.type == events::metricsSample) {
        if (const auto sample = read<contracts::MetricsSample>(event)) {
            m_model.addMetrics(*sample);
        }
    } else if (event.type == events::updateChanged) {
        if (const auto update = read<contracts::Update>(event)) {
            const bool runs = update->status == core::UpdateStatus::Running;
            const bool changed = runs != m_running.contains(update->container);
            if (changed && runs) {
                m_running.insert(update->container);
            } else if (changed) {
                m_running.remove(update->container);
            }
            m_model.setUpdating(m_running);
        }
    } else if (event.type == events::checkChanged) {
        if (const auto progress = read<contracts::CheckProgress>(event)) {
            onCheckEvent(*progress);
        }
    } else if (event.type == events::hostChanged) {
        if (const auto host = read<contracts::Host>(event)) {
            takeHost(*host);
        }
    } else if (event.type == events::resync) {
        reload();
    }
}

} // namespace dockerauto::ui
