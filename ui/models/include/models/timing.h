#pragma once

#include <QString>
#include <QTime>

#include <optional>
#include <vector>

/// Cron patterns for people who do not read them.
namespace dockerauto::ui {

enum class Rhythm
{
    Daily,
    /// Monday to Friday.
    Weekdays,
    Weekly,
    Monthly,
    /// Every so many hours.
    Hours
};

/// What can be said without a pattern.
struct PlainTiming
{
    Rhythm rhythm = Rhythm::Daily;
    /// With Hours only its minute counts.
    QTime time = QTime(2, 0);
    /// Weekly: 1 = Monday … 7 = Sunday, in order; at least one.
    std::vector<int> days = {1};
    /// Monthly: 1 to 31, or 0 for the last day.
    int dayOfMonth = 1;
    /// Hours: 1, 2, 3, 4, 6, 8 or 12.
    int hours = 6;

    friend bool operator==(const PlainTiming &, const PlainTiming &) = default;
};

[[nodiscard]] QString cronOf(const PlainTiming &timing);

/// The plain words of a pattern; nothing when only the pattern itself says it. It checks nothing: whether a
/// pattern is right is the backend's to say.
[[nodiscard]] std::optional<PlainTiming> plainTimingOf(const QString &cron);

/// `Every day at 02:00`, `Mon, Wed at 22:30`; a pattern that has no words stays a pattern.
[[nodiscard]] QString timingWords(const QString &cron);

/// `Mon` of 1, in the person's language.
[[nodiscard]] QString shortDay(int day);
/// `Mon, Wed`, `Mon–Fri`, `every day`; `days` in order.
[[nodiscard]] QString daysWords(const std::vector<int> &days);
/// `mon` of 1 and back, as the contract has them; 0 for none.
[[nodiscard]] QString dayName(int day);
[[nodiscard]] int dayOfName(const QString &name);

} // namespace dockerauto::ui
