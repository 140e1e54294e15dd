#include <models/updatefeed.h>

#include <QTimerEvent>

#include <algorithm>

namespace dockerauto::ui {

using contracts::Backend;
namespace events = contracts::events;

namespace {

constexpr int pageSize = 500;
constexpr int historyPageSize = 50;
/// Several steps that end at once are followed by one reading.
constexpr int watchDelayMs = 300;
constexpr auto speedWindow = std::chrono::seconds(5);

} // namespace

UpdateFeed::UpdateFeed(Backend &backend, UpdateModel &model, QObject *parent)
    : QObject(parent), m_backend(backend), m_model(model)
{
    connect(&m_backend, &Backend::eventReceived, this, &UpdateFeed::onEvent);
    connect(&m_backend, &Backend::connectionChanged, this, [this] {
        if (m_backend.connection() == Backend::Connection::Connected) {
            reload();
        }
    });
}

void UpdateFeed::reload()
{
    ++m_turn;
    m_reading.emplace();
    if (m_state == State::Failed) {
        m_state = State::Loading;
        m_error.reset();
        Q_EMIT stateChanged();
    }
    readOpen(m_turn, std::nullopt);
    readHistory(m_turn);
    readWatched();
}

void UpdateFeed::readOpen(quint64 turn, const std::optional<QString> &cursor)
{
    contracts::UpdateQuery query;
    query.limit = pageSize;
    query.cursor = cursor;
    m_backend.call<contracts::ListUpdates>(
        query, this, [this, turn](core::Result<contracts::UpdatePage> page) {
            if (turn != m_turn || !m_reading) {
                return;
            }
            if (!page) {
                finishPart(turn, core::fail(page.error()));
                return;
            }
            std::ranges::move(page->items, std::back_inserter(m_reading->updates));
            if (page->nextCursor) {
                readOpen(turn, page->nextCursor);
                return;
            }
            m_reading->openRead = true;
            finishPart(turn, {});
        });
}

void UpdateFeed::readHistory(quint64 turn)
{
    contracts::UpdateQuery query;
    query.limit = historyPageSize;
    m_backend.call<contracts::ListUpdateHistory>(
        query, this, [this, turn](core::Result<contracts::UpdatePage> page) {
            if (turn != m_turn || !m_reading) {
                return;
            }
            if (!page) {
                finishPart(turn, core::fail(page.error()));
                return;
            }
            std::ranges::move(page->items, std::back_inserter(m_reading->updates));
            m_nextHistory = page->nextCursor;
            m_reading->historyRead = true;
            finishPart(turn, {});
        });
}

void UpdateFeed::finishPart(quint64 turn, core::Result<void> result)
{
    if (turn != m_turn || !m_reading) {
        return;
    }
    if (!result) {
        m_reading.reset();
        m_error = result.error();
        if (m_state != State::Ready) {
            m_state = State::Failed;
        }
        Q_EMIT stateChanged();
        return;
    }
    if (!m_reading->openRead || !m_reading->historyRead) {
        return;
    }
    Reading reading = std::move(*m_reading);
    m_reading.reset();
    std::erase_if(
        reading.updates, [&](const contracts::Update &update) { return reading.newer.contains(update.id); });
    for (const QString &id : reading.newer) {
        if (const contracts::Update *update = m_model.find(id); update != nullptr) {
            reading.updates.push_back(*update);
        }
    }
    m_model.setUpdates(std::move(reading.updates));
    m_error.reset();
    m_state = State::Ready;
    Q_EMIT stateChanged();
}

void UpdateFeed::readMore()
{
    if (!m_nextHistory) {
        return;
    }
    contracts::UpdateQuery query;
    query.limit = historyPageSize;
    query.cursor = m_nextHistory;
    m_nextHistory.reset();
    Q_EMIT stateChanged();
    m_backend.call<contracts::ListUpdateHistory>(
        query, this, [this, turn = m_turn, cursor = query.cursor](core::Result<contracts::UpdatePage> page) {
            if (turn != m_turn) {
                return;
            }
            if (page) {
                m_nextHistory = page->nextCursor;
                m_model.upsertAll(std::move(page->items));
            } else {
                m_nextHistory = cursor;
            }
            Q_EMIT stateChanged();
        });
}

void UpdateFeed::setWatched(const QString &id)
{
    if (id == m_watched) {
        return;
    }
    m_watched = id;
    m_pull.clear();
    readWatched();
}

void UpdateFeed::readWatched()
{
    m_watchTimer.stop();
    if (m_watched.isEmpty()) {
        return;
    }
    m_backend.call<contracts::GetUpdate>({m_watched}, this, [this](core::Result<contracts::Update> update) {
        if (!update) {
            return;
        }
        if (m_reading) {
            m_reading->newer.insert(update->id);
        }
        m_model.upsert(std::move(*update));
    });
}

void UpdateFeed::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_watchTimer.timerId()) {
        readWatched();
    } else {
        QObject::timerEvent(event);
    }
}

void UpdateFeed::onEvent(const contracts::Event &event)
{
    if (event.type == events::updateChanged) {
        auto update = contracts::decode<contracts::Update>(event.payload, contracts::UnknownFields::Ignore);
        if (!update) {
            return;
        }
        if (m_reading) {
            m_reading->newer.insert(update->id);
        }
        const bool isWatched = update->id == m_watched;
        m_model.upsert(std::move(*update));
        if (isWatched) {
            m_watchTimer.start(watchDelayMs, this);
        }
    } else if (event.type == events::updateStep) {
        if (const auto change = contracts::decode<contracts::UpdateStepChanged>(
                event.payload, contracts::UnknownFields::Ignore)) {
            onStep(*change, event.time);
        }
    } else if (event.type == events::resync) {
        reload();
    }
}

void UpdateFeed::onStep(const contracts::UpdateStepChanged &change, core::Timestamp time)
{
    if (m_reading) {
        m_reading->newer.insert(change.id);
    }
    const contracts::Update *update = m_model.find(change.id);
    const auto before = [&]() -> std::optional<core::StepStatus> {
        if (update == nullptr) {
            return {};
        }
        const auto step = std::ranges::find(update->steps, change.step.name, &contracts::Step::name);
        return step == update->steps.end() ? std::nullopt : std::optional(step->status);
    }();
    if (change.id == m_watched && change.step.progress &&
        change.step.progress->unit == QLatin1String("bytes")) {
        m_pull.push_back({time, change.step.progress->done});
        while (time - m_pull.front().time > speedWindow) {
            m_pull.pop_front();
        }
    }
    m_model.setStep(change.id, change.step);
    // A step that begins or ends has written to the log.
    if (change.id == m_watched && before != change.step.status) {
        m_watchTimer.start(watchDelayMs, this);
    }
}

std::optional<qint64> UpdateFeed::pullSpeed() const
{
    if (m_pull.size() < 2) {
        return {};
    }
    const auto elapsed = (m_pull.back().time - m_pull.front().time).count();
    if (elapsed < 500) {
        return {};
    }
    return std::max<qint64>(m_pull.back().bytes - m_pull.front().bytes, 0) * 1000 / elapsed;
}

} // namespace dockerauto::ui
