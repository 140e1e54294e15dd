#include <models/timing.h>

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <numeric>

namespace dockerauto::ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Timing)
};

constexpr std::array names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
const std::vector<int> weekdays{1, 2, 3, 4, 5};

std::optional<int> number(const QString &text, int from, int to)
{
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    return isNumber && value >= from && value <= to && text.front().isDigit() ? std::optional(value)
                                                                              : std::nullopt;
}

/// 1 to 7 of `MON`, `1`, `0` or `7`.
std::optional<int> dayOfField(const QString &text)
{
    if (const auto day = number(text, 0, 7)) {
        return *day == 0 ? 7 : *day;
    }
    const int day = dayOfName(text);
    return day == 0 ? std::nullopt : std::optional(day);
}

/// `MON-FRI`, `1,3`; nothing for what is no simple list.
std::optional<std::vector<int>> daysOfField(const QString &field)
{
    std::vector<int> days;
    const QStringList parts = field.split(QLatin1Char(','));
    for (const QString &part : parts) {
        const QStringList ends = part.split(QLatin1Char('-'));
        const auto first = dayOfField(ends.first());
        const auto last = dayOfField(ends.last());
        if (ends.size() > 2 || !first || !last || *first > *last) {
            return {};
        }
        for (int day = *first; day <= *last; ++day) {
            days.push_back(day);
        }
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

QString daysField(const std::vector<int> &days)
{
    QStringList list;
    for (const int day : days) {
        list << dayName(day).toUpper();
    }
    return list.join(QLatin1Char(','));
}

QString withoutNickname(const QString &cron)
{
    static constexpr std::pair<const char *, const char *> nicknames[] = {
        {"@hourly", "0 * * * *"},
        {"@daily", "0 0 * * *"},
        {"@midnight", "0 0 * * *"},
        {"@weekly", "0 0 * * 0"},
        {"@monthly", "0 0 1 * *"},
    };
    const QString pattern = cron.simplified();
    for (const auto &[nickname, fields] : nicknames) {
        if (pattern.compare(QLatin1String(nickname), Qt::CaseInsensitive) == 0) {
            return QLatin1String(fields);
        }
    }
    return pattern;
}

/// Of the hour field: 1 for `*`, n for a step that divides the day.
std::optional<int> stepOfHours(const QString &field)
{
    if (field == QLatin1String("*")) {
        return 1;
    }
    if (!field.startsWith(QLatin1String("*/")) || field.size() < 3) {
        return {};
    }
    const auto step = number(field.mid(2), 1, 12);
    return step && 24 % *step == 0 ? step : std::nullopt;
}

} // namespace

QString dayName(int day)
{
    return day >= 1 && day <= 7 ? QString::fromLatin1(names.at(static_cast<std::size_t>(day - 1)))
                                : QString();
}

int dayOfName(const QString &name)
{
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (name.compare(QLatin1String(names.at(index)), Qt::CaseInsensitive) == 0) {
            return static_cast<int>(index) + 1;
        }
    }
    return 0;
}

QString cronOf(const PlainTiming &timing)
{
    const int minute = timing.time.minute();
    const QString clock = QStringLiteral("%1 %2 ").arg(minute).arg(timing.time.hour());
    switch (timing.rhythm) {
    case Rhythm::Daily:
        return clock + QStringLiteral("* * *");
    case Rhythm::Weekdays:
        return clock + QStringLiteral("* * MON-FRI");
    case Rhythm::Weekly:
        return clock + QStringLiteral("* * ") + daysField(timing.days);
    case Rhythm::Monthly:
        return clock + (timing.dayOfMonth == 0 ? QStringLiteral("L") : QString::number(timing.dayOfMonth)) +
               QStringLiteral(" * *");
    case Rhythm::Hours:
        return timing.hours == 1 ? QStringLiteral("%1 * * * *").arg(minute)
                                 : QStringLiteral("%1 */%2 * * *").arg(minute).arg(timing.hours);
    }
    return {};
}

std::optional<PlainTiming> plainTimingOf(const QString &cron)
{
    QStringList fields = withoutNickname(cron).split(QLatin1Char(' '));
    if (fields.size() == 6 && fields.first() == QLatin1String("0")) {
        fields.removeFirst();
    }
    if (fields.size() != 5 || fields.at(3) != QLatin1String("*")) {
        return {};
    }
    const auto isAny = [](const QString &field) {
        return field == QLatin1String("*") || field == QLatin1String("?");
    };
    const auto minute = number(fields.at(0), 0, 59);
    const auto hour = number(fields.at(1), 0, 23);
    if (!minute) {
        return {};
    }
    PlainTiming timing;
    timing.time = QTime(hour.value_or(0), *minute);
    const bool anyDate = isAny(fields.at(2));
    const bool anyDay = isAny(fields.at(4));
    if (!hour) {
        const auto step = stepOfHours(fields.at(1));
        if (!step || !anyDate || !anyDay) {
            return {};
        }
        timing.rhythm = Rhythm::Hours;
        timing.hours = *step;
        return timing;
    }
    if (anyDate && anyDay) {
        return timing;
    }
    if (anyDate) {
        const auto days = daysOfField(fields.at(4));
        if (!days) {
            return {};
        }
        timing.rhythm = *days == weekdays ? Rhythm::Weekdays : Rhythm::Weekly;
        timing.days = *days == weekdays ? timing.days : *days;
        return timing;
    }
    const auto date = fields.at(2) == QLatin1String("L") ? std::optional(0) : number(fields.at(2), 1, 31);
    if (!date || !anyDay) {
        return {};
    }
    timing.rhythm = Rhythm::Monthly;
    timing.dayOfMonth = *date;
    return timing;
}

QString shortDay(int day)
{
    return QLocale().standaloneDayName(day, QLocale::ShortFormat);
}

QString daysWords(const std::vector<int> &days)
{
    if (days.empty() || days.size() == 7) {
        return Text::tr("every day");
    }
    if (days.size() > 2 && days.back() - days.front() + 1 == static_cast<int>(days.size())) {
        return Text::tr("%1–%2", "days, Mon–Fri").arg(shortDay(days.front()), shortDay(days.back()));
    }
    QStringList list;
    for (const int day : days) {
        list << shortDay(day);
    }
    return list.join(Text::tr(", ", "between days"));
}

QString timingWords(const QString &cron)
{
    const auto timing = plainTimingOf(cron);
    if (!timing) {
        return Text::tr("Pattern %1").arg(cron);
    }
    const QString clock = timing->time.toString(QStringLiteral("HH:mm"));
    switch (timing->rhythm) {
    case Rhythm::Daily:
        return Text::tr("Every day at %1").arg(clock);
    case Rhythm::Weekdays:
        return Text::tr("On weekdays at %1").arg(clock);
    case Rhythm::Weekly:
        return timing->days.size() == 7
                   ? Text::tr("Every day at %1").arg(clock)
                   : Text::tr("%1 at %2", "days at time").arg(daysWords(timing->days), clock);
    case Rhythm::Monthly:
        return timing->dayOfMonth == 0
                   ? Text::tr("On the last day of the month at %1").arg(clock)
                   : Text::tr("On day %1 of the month at %2").arg(timing->dayOfMonth).arg(clock);
    case Rhythm::Hours:
        return timing->time.minute() == 0 ? Text::tr("Every %n hour(s)", nullptr, timing->hours)
                                          : Text::tr("Every %n hour(s), %1 min past", nullptr, timing->hours)
                                                .arg(timing->time.minute());
    }
    return {};
}

} // namespace dockerauto::ui
