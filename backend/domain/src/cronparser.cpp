#include "cronfields.h"

#include <QRegularExpression>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace dockerauto::domain {

using core::ErrorCode;
using core::Result;

namespace {

/// What a field may hold, and how to say so.
struct FieldRule
{
    QString name;
    int low = 0;
    int high = 0;
    /// In upper case, the first one stands for `low`.
    QStringList names;
    QString example;
};

enum Field
{
    Second,
    Minute,
    Hour,
    Day,
    Month,
    Weekday,
    Year
};

const FieldRule &ruleOf(Field field)
{
    static const std::array<FieldRule, 7> rules{{
        {QStringLiteral("second"), 0, 59, {}, QStringLiteral("30 0 4 * * *")},
        {QStringLiteral("minute"), 0, 59, {}, QStringLiteral("*/15 * * * *")},
        {QStringLiteral("hour"), 0, 23, {}, QStringLiteral("30 4 * * *")},
        {QStringLiteral("day of month"), 1, 31, {}, QStringLiteral("0 4 1,15 * *")},
        {QStringLiteral("month"), 1, 12,
            QStringLiteral("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC").split(u' '),
            QStringLiteral("0 4 1 JAN,JUL *")},
        {QStringLiteral("day of week"), 0, 7, QStringLiteral("SUN MON TUE WED THU FRI SAT").split(u' '),
            QStringLiteral("0 4 * * MON-FRI")},
        {QStringLiteral("year"), firstCronYear, lastCronYear, {}, QStringLiteral("0 0 4 1 1 * 2030-2035")},
    }};
    return rules[field];
}

core::Failure refuse(const QString &message)
{
    return core::fail(ErrorCode::InvalidArgument, message, QStringLiteral("cron"));
}

core::Failure refuse(Field field, const QString &item, const QString &problem)
{
    const FieldRule &rule = ruleOf(field);
    QString allowed = QStringLiteral("%1 to %2").arg(rule.low).arg(rule.high);
    if (!rule.names.isEmpty()) {
        allowed += QStringLiteral(" or %1 to %2").arg(rule.names.first(), rule.names.last());
    }
    return refuse(QStringLiteral("The %1 “%2” %3. Allowed are %4, for example “%5”.")
                      .arg(rule.name, item.left(40), problem, allowed, rule.example));
}

std::optional<int> numberIn(const QString &text)
{
    int number = 0;
    if (text.isEmpty() || text.size() > 6) {
        return std::nullopt;
    }
    for (const QChar digit : text) {
        if (digit < u'0' || digit > u'9') {
            return std::nullopt;
        }
        number = number * 10 + (digit.unicode() - u'0');
    }
    return number;
}

/// A number or a name, within what the field allows.
Result<int> valueIn(Field field, const QString &text, const QString &item)
{
    const FieldRule &rule = ruleOf(field);
    if (const auto name = rule.names.indexOf(text); name >= 0) {
        return rule.low + static_cast<int>(name);
    }
    const auto number = numberIn(text);
    if (!number) {
        return refuse(field, item,
            text.isEmpty() ? QStringLiteral("is not complete") : QStringLiteral("is not understood"));
    }
    if (*number < rule.low || *number > rule.high) {
        return refuse(field, item, QStringLiteral("is out of range"));
    }
    return *number;
}

/// The values of `*`, `5`, `1-5`, `*/2` or `1-9/2`, in order.
Result<std::vector<int>> valuesIn(Field field, const QString &item)
{
    const FieldRule &rule = ruleOf(field);
    const auto slash = item.indexOf(u'/');
    const QString range = slash < 0 ? item : item.left(slash);
    const auto dash = range.indexOf(u'-');
    int low = rule.low;
    int high = rule.high;
    if (range != QStringLiteral("*")) {
        DOCKERAUTO_TRY_ASSIGN(first, valueIn(field, dash < 0 ? range : range.left(dash), item));
        low = high = first;
        if (dash >= 0) {
            DOCKERAUTO_TRY_ASSIGN(last, valueIn(field, range.mid(dash + 1), item));
            // Sunday is both ends of the week: FRI-SUN.
            const bool sundayEnds = field == Weekday && last == 0 && low > 0 && !range.endsWith(u'0');
            high = sundayEnds ? 7 : last;
        }
        if (low > high) {
            return refuse(field, item, QStringLiteral("runs backwards"));
        }
    }
    int step = 1;
    if (slash >= 0) {
        if (range != QStringLiteral("*") && dash < 0) {
            return refuse(field, item,
                QStringLiteral("has a step without a range: write “*/N” or “%1-%2/N”")
                    .arg(low)
                    .arg(rule.high));
        }
        const auto number = numberIn(item.mid(slash + 1));
        if (!number || *number == 0) {
            return refuse(field, item, QStringLiteral("has a step that is not a number above 0"));
        }
        step = *number;
    }
    std::vector<int> values;
    for (int value = low; value <= high; value += step) {
        values.push_back(value);
    }
    return values;
}

/// Splits at commas and hands each part on; true when the first one is `*`.
template <class Take>
Result<bool> parts(Field field, const QString &text, const Take &take)
{
    const QStringList items = text.split(u',');
    for (const QString &item : items) {
        if (item.isEmpty()) {
            return refuse(field, text, QStringLiteral("has an empty part"));
        }
        DOCKERAUTO_TRY(take(item));
    }
    return items.first() == QStringLiteral("*");
}

template <class Set>
Result<bool> parseSimple(Field field, const QString &text, Set &set, int offset = 0)
{
    return parts(field, text, [&](const QString &item) -> Result<> {
        DOCKERAUTO_TRY_ASSIGN(values, valuesIn(field, item));
        for (const int value : values) {
            set.set(static_cast<std::size_t>(value - offset));
        }
        return {};
    });
}

/// True when every day is allowed.
Result<bool> parseDays(const QString &text, CronFields &fields)
{
    return parts(Day, text, [&](const QString &item) -> Result<> {
        if (item == QStringLiteral("L")) {
            fields.lastDay = true;
            return {};
        }
        if (item.endsWith(u'W')) {
            if (item != text) {
                return refuse(
                    Day, text, QStringLiteral("has a W in a list; it goes with one day alone, “15W”"));
            }
            if (item == QStringLiteral("LW")) {
                fields.lastWorkday = true;
                return {};
            }
            DOCKERAUTO_TRY_ASSIGN(day, valueIn(Day, item.chopped(1), item));
            fields.nearWorkday = day;
            return {};
        }
        DOCKERAUTO_TRY_ASSIGN(values, valuesIn(Day, item));
        for (const int value : values) {
            fields.days.set(static_cast<std::size_t>(value));
        }
        return {};
    });
}

/// `FRI#2`, `FRI#L` or `FRIL`: which weekday, and which ones of the month. Nothing when it is none of them.
Result<std::optional<std::pair<int, std::uint8_t>>> nthWeekday(const QString &item)
{
    const auto hash = item.indexOf(u'#');
    if (hash < 0 && (!item.endsWith(u'L') || item.contains(u'-'))) {
        return std::nullopt;
    }
    const QString nth = hash < 0 ? QStringLiteral("L") : item.mid(hash + 1);
    DOCKERAUTO_TRY_ASSIGN(day, valueIn(Weekday, hash < 0 ? item.chopped(1) : item.left(hash), item));
    if (nth == QStringLiteral("L")) {
        return std::pair(day % 7, CronFields::lastWeek);
    }
    const auto number = numberIn(nth);
    if (!number || *number < 1 || *number > 5) {
        return refuse(
            Weekday, item, QStringLiteral("does not say which one of the month: after # comes 1 to 5 or L"));
    }
    return std::pair(day % 7, static_cast<std::uint8_t>(1U << *number));
}

/// True when every weekday is allowed.
Result<bool> parseWeekdays(const QString &text, CronFields &fields)
{
    return parts(Weekday, text, [&](const QString &item) -> Result<> {
        DOCKERAUTO_TRY_ASSIGN(nth, nthWeekday(item));
        if (nth) {
            fields.weekdays[static_cast<std::size_t>(nth->first)] |= nth->second;
            return {};
        }
        DOCKERAUTO_TRY_ASSIGN(values, valuesIn(Weekday, item));
        for (const int value : values) {
            fields.weekdays[static_cast<std::size_t>(value % 7)] |= CronFields::everyWeek;
        }
        return {};
    });
}

/// The five fields that a nickname stands for, or the text itself. Nicknames are lower case (OCPS 1.1, 7.1).
Result<QString> withoutNickname(const QString &text)
{
    static const std::vector<std::pair<QString, QString>> nicknames{
        {QStringLiteral("@yearly"), QStringLiteral("0 0 1 1 *")},
        {QStringLiteral("@annually"), QStringLiteral("0 0 1 1 *")},
        {QStringLiteral("@monthly"), QStringLiteral("0 0 1 * *")},
        {QStringLiteral("@weekly"), QStringLiteral("0 0 * * 0")},
        {QStringLiteral("@daily"), QStringLiteral("0 0 * * *")},
        {QStringLiteral("@midnight"), QStringLiteral("0 0 * * *")},
        {QStringLiteral("@hourly"), QStringLiteral("0 * * * *")},
    };
    if (!text.startsWith(u'@')) {
        return text;
    }
    for (const auto &[name, pattern] : nicknames) {
        if (text == name) {
            return pattern;
        }
    }
    if (text == QStringLiteral("@reboot")) {
        return refuse(
            QStringLiteral("“@reboot” names no time, so nothing can be planned by it. Use a time, for "
                           "example “@daily” or “30 4 * * *”."));
    }
    return refuse(
        QStringLiteral("“%1” is no nickname. There are @yearly, @annually, @monthly, @weekly, @daily, "
                       "@midnight and @hourly, in lower case and alone.")
            .arg(text.left(40)));
}

/// `?` stands for `*`, in the two fields of days alone (OCPS 1.4, 4.2).
QString withoutQuestionMark(QString text)
{
    return text == QStringLiteral("?") ? QStringLiteral("*") : std::move(text);
}

Result<CronFields> parseFields(QStringList texts)
{
    if (texts.size() == 5) {
        texts.prepend(QStringLiteral("0"));
    }
    if (texts.size() == 6) {
        texts.append(QStringLiteral("*"));
    }
    CronFields fields;
    DOCKERAUTO_TRY(parseSimple(Second, texts[Second], fields.seconds));
    DOCKERAUTO_TRY(parseSimple(Minute, texts[Minute], fields.minutes));
    DOCKERAUTO_TRY(parseSimple(Hour, texts[Hour], fields.hours));
    for (const Field field : {Second, Minute, Hour}) {
        fields.wildcard = fields.wildcard || texts[field].contains(u'*');
    }
    DOCKERAUTO_TRY_ASSIGN(everyDay, parseDays(withoutQuestionMark(texts[Day]), fields));
    DOCKERAUTO_TRY(parseSimple(Month, texts[Month], fields.months));
    QString weekdays = texts[Weekday];
    const bool plus = weekdays.startsWith(u'+');
    if (plus) {
        weekdays.remove(0, 1);
    }
    DOCKERAUTO_TRY_ASSIGN(everyWeekday, parseWeekdays(withoutQuestionMark(weekdays), fields));
    DOCKERAUTO_TRY(parseSimple(Year, texts[Year], fields.years, firstCronYear));
    // Two restricted fields of days are alternatives, unless + asks for both (OCPS 1.0, 6.1 and 1.4, 4.1).
    fields.bothDays = plus || everyDay || everyWeekday;
    return fields;
}

} // namespace

Result<CronFields> parseCron(const QString &text)
{
    static const QRegularExpression blanks(QStringLiteral("[ \\t]+"));
    const QString trimmed = text.trimmed();
    if (trimmed.size() > 500) {
        return refuse(QStringLiteral("The pattern is too long. An example is “30 4 * * MON-FRI”."));
    }
    DOCKERAUTO_TRY_ASSIGN(pattern, withoutNickname(trimmed));
    const QStringList texts = pattern.toUpper().split(blanks, Qt::SkipEmptyParts);
    if (texts.size() < 5 || texts.size() > 7) {
        return refuse(
            QStringLiteral("A pattern has five fields (minute, hour, day of month, month, day of week), "
                           "six with seconds in front, seven with the year behind; this one has %1. An "
                           "example is “30 4 * * MON-FRI”.")
                .arg(texts.size()));
    }
    return parseFields(texts);
}

} // namespace dockerauto::domain
