#include "slots.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace dockerauto::application {

using core::Timestamp;
using Kind = SlotDecision::Kind;

using namespace std::chrono_literals;

namespace {

constexpr auto lateness = std::chrono::minutes(2);

} // namespace

SlotDecision decideSlot(const ports::ScheduleRecord &record, const ParsedSchedule &parsed, Timestamp now)
{
    const Timestamp base = record.lastSlot.value_or(record.createdAt);
    if (base > now + 25h) {
        // The clock was ahead when that slot was taken; waiting for it to come again could take years.
        return {.kind = Kind::Skip, .taken = now};
    }
    const auto slot = parsed.pattern.next(base, parsed.zone);
    if (!slot) {
        return {};
    }
    const auto grace = lateness + std::chrono::seconds(record.jitterSeconds);
    if (*slot + grace < now) {
        // A slot that is not too old yet is left for its own time, unless this run stands for it too.
        return record.missed == core::MissedRuns::RunOnce
                   ? SlotDecision{.kind = Kind::Run, .taken = now, .missed = slot}
                   : SlotDecision{.kind = Kind::Skip, .taken = now - grace, .missed = slot};
    }
    const Timestamp due = *slot + jitterOf(record, *slot);
    if (due > now) {
        return {.kind = Kind::Wait, .at = due};
    }
    return {.kind = Kind::Run, .taken = *slot};
}

std::chrono::milliseconds jitterOf(const ports::ScheduleRecord &record, Timestamp slot)
{
    if (record.jitterSeconds <= 0) {
        return 0ms;
    }
    const QByteArray key =
        record.id.toUtf8() + ' ' + QByteArray::number(qint64{slot.time_since_epoch().count()});
    const QByteArray hash = QCryptographicHash::hash(key, QCryptographicHash::Sha256);
    const auto number = qFromBigEndian<quint64>(hash.constData());
    return std::chrono::milliseconds(number % (static_cast<quint64>(record.jitterSeconds) * 1000 + 1));
}

std::optional<Timestamp> nextRunOf(const ports::ScheduleRecord &record, Timestamp now)
{
    const auto parsed = parse(record.cron, record.zone);
    if (!record.enabled || !parsed) {
        return std::nullopt;
    }
    const auto decision = decideSlot(record, *parsed, now);
    switch (decision.kind) {
    case Kind::Wait:
        return decision.at;
    case Kind::Run:
        return now;
    case Kind::Skip:
        break;
    }
    return parsed->pattern.next(now, parsed->zone);
}

} // namespace dockerauto::application
