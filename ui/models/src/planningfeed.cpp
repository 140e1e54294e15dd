#include <models/planningfeed.h>

#include <contracts/events.h>

#include <QTimerEvent>

#include <algorithm>

namespace dockerauto::ui {

using contracts::Backend;
namespace events = contracts::events;

namespace {

constexpr int hoursAhead = 168;
/// Several changes at once are followed by one reading.
constexpr int delayMs = 150;

template <class Item>
const Item *find(const std::vector<Item> &items, const QString &id)
{
    const auto found = std::ranges::find(items, id, &Item::id);
    return found == items.end() ? nullptr : &*found;
}

} // namespace

bool endsCheck(const contracts::Event &event)
{
    if (event.type != events::checkChanged) {
        return false;
    }
    const auto progress =
        contracts::decode<contracts::CheckProgress>(event.payload, contracts::UnknownFields::Ignore);
    return progress && progress->finished;
}

PlanningFeed::PlanningFeed(Backend &backend, QObject *parent) : QObject(parent), m_backend(backend)
{
    connect(&m_backend, &Backend::eventReceived, this, [this](const contracts::Event &event) {
        if (event.type == events::resync) {
            reload();
        } else if (event.type == events::planningChanged || endsCheck(event)) {
            // A check changes what the next runs would update.
            m_soon.start(delayMs, this);
        }
    });
    connect(&m_backend, &Backend::connectionChanged, this, [this] {
        if (m_backend.connection() == Backend::Connection::Connected) {
            reload();
        }
    });
}

void PlanningFeed::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_soon.timerId()) {
        reload();
    } else {
        QObject::timerEvent(event);
    }
}

template <class Op, class Take>
void PlanningFeed::read(Part &part, const typename Op::Request &request, Take take)
{
    ++part.waiting;
    m_backend.call<Op>(request, this,
        [this, turn = m_turn, &part, take = std::move(take)](core::Result<typename Op::Reply> reply) {
            if (turn != m_turn) {
                return;
            }
            --part.waiting;
            if (reply) {
                take(std::move(*reply));
            } else {
                part.error = reply.error();
            }
            finish(part);
        });
}

void PlanningFeed::finish(Part &part)
{
    if (part.waiting > 0) {
        return;
    }
    if (!part.error) {
        part.state = ReadState::Ready;
    } else if (part.state != ReadState::Ready) {
        part.state = ReadState::Failed;
    }
    Q_EMIT changed();
}

void PlanningFeed::reload()
{
    ++m_turn;
    m_soon.stop();
    for (Part *part : {&m_plans, &m_rules}) {
        part->waiting = 0;
        part->error.reset();
        if (part->state == ReadState::Failed) {
            part->state = ReadState::Loading;
        }
    }
    read<contracts::ListSchedules>(
        m_plans, {}, [this](contracts::ScheduleList list) { m_schedules = std::move(list.items); });
    read<contracts::ListWindows>(
        m_plans, {}, [this](contracts::WindowList list) { m_windows = std::move(list.items); });
    m_backend.call<contracts::ListUpcoming>(
        {hoursAhead}, this, [this, turn = m_turn](core::Result<contracts::UpcomingList> list) {
            if (turn != m_turn) {
                return;
            }
            // Without it schedules and windows can still be seen and changed.
            m_upcoming = list ? std::move(list->items) : std::vector<contracts::UpcomingItem>();
            Q_EMIT changed();
        });
    read<contracts::ListPolicies>(
        m_rules, {}, [this](contracts::PolicyList list) { m_policies = std::move(list.items); });
    Q_EMIT changed();
}

const contracts::Schedule *PlanningFeed::schedule(const QString &id) const
{
    return find(m_schedules, id);
}

const contracts::Window *PlanningFeed::window(const QString &id) const
{
    return find(m_windows, id);
}

const contracts::Policy *PlanningFeed::policy(const QString &id) const
{
    return find(m_policies, id);
}

} // namespace dockerauto::ui
