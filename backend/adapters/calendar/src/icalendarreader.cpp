#include "calendar/icalendarreader.h"

#include "eventexpansion.h"

#include <QCryptographicHash>

#include <algorithm>
#include <memory>
#include <mutex>

namespace dockerauto::calendar {

using core::ErrorCode;
using core::Result;
using core::Timestamp;

namespace {

constexpr qsizetype largestCalendar = 1024 * 1024;
constexpr std::size_t mostRanges = 10'000;
constexpr std::size_t keptAnswers = 16;

core::Failure refuse(const QString &message)
{
    return core::fail(ErrorCode::InvalidArgument, message, QStringLiteral("calendar"));
}

struct FreeComponent
{
    void operator()(icalcomponent *component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

/// What can be said without the parser, which walks through components within components by recursion.
Result<> checkShape(const QByteArray &calendar)
{
    if (calendar.size() > largestCalendar) {
        return refuse(QStringLiteral("The calendar is larger than 1 MiB. Leave out old events."));
    }
    QByteArray lines = calendar;
    lines.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    int depth = 0;
    int deepest = 0;
    bool balanced = !lines.contains('\0');
    for (const QByteArray &line : lines.split('\n')) {
        const QByteArray start = line.left(6).toUpper();
        if (start == "BEGIN:") {
            deepest = std::max(deepest, ++depth);
        } else if (start.startsWith("END:")) {
            balanced = balanced && --depth >= 0;
        }
    }
    if (!balanced || depth != 0 || deepest == 0 || deepest > 8) {
        return refuse(
            QStringLiteral("This is no calendar in the iCalendar format. It begins with BEGIN:VCALENDAR and "
                           "ends with END:VCALENDAR; calendar programs export it as an .ics file."));
    }
    return {};
}

Result<std::vector<domain::TimeRange>> expand(const QByteArray &calendar, domain::TimeRange span)
{
    icalerror_set_errors_are_fatal(0);
    const Component root(icalparser_parse_string(calendar.constData()));
    if (root == nullptr) {
        return refuse(QStringLiteral("The calendar cannot be understood"));
    }
    EventExpansion expansion(span);
    int calendars = 0;
    const auto add = [&](icalcomponent *component) {
        ++calendars;
        return expansion.add(component);
    };
    if (icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) {
        DOCKERAUTO_TRY(add(root.get()));
    } else {
        // Several calendars in one text.
        for (auto *part = icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT);
             part != nullptr; part = icalcomponent_get_next_component(root.get(), ICAL_VCALENDAR_COMPONENT)) {
            DOCKERAUTO_TRY(add(part));
        }
    }
    if (calendars == 0) {
        return refuse(
            QStringLiteral("The text holds no VCALENDAR. Calendar programs export one as an .ics file."));
    }
    auto ranges = expansion.take();
    if (ranges.size() > mostRanges) {
        ranges.resize(mostRanges);
    }
    return ranges;
}

} // namespace

Result<std::vector<domain::TimeRange>> ICalendarReader::ranges(
    const QByteArray &calendar, Timestamp from, Timestamp until) const
{
    DOCKERAUTO_TRY(checkShape(calendar));
    const QByteArray hash = QCryptographicHash::hash(calendar, QCryptographicHash::Sha256);
    // The library keeps zones and errors for the whole process, so calls take turns.
    static std::mutex turn;
    const std::scoped_lock lock(turn);
    const auto known = std::ranges::find_if(m_answers, [&](const Answer &answer) {
        return answer.hash == hash && answer.span == domain::TimeRange{from, until};
    });
    if (known != m_answers.end()) {
        return known->ranges;
    }
    DOCKERAUTO_TRY_ASSIGN(ranges, expand(calendar, {from, until}));
    m_answers.push_front({hash, {from, until}, ranges});
    if (m_answers.size() > keptAnswers) {
        m_answers.pop_back();
    }
    return ranges;
}

} // namespace dockerauto::calendar
