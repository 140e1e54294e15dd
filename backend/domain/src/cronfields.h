#pragma once

#include <core/result.h>

#include <QString>

#include <array>
#include <bitset>
#include <cstdint>

namespace dockerauto::domain {

/// The portable years of the specification.
inline constexpr int firstCronYear = 1970;
inline constexpr int lastCronYear = 2199;

/// What a cron pattern allows, field by field.
struct CronFields
{
    std::bitset<60> seconds;
    std::bitset<60> minutes;
    std::bitset<24> hours;
    /// 1 … 31
    std::bitset<32> days;
    bool lastDay = false;
    /// `LW`: the last one of Monday to Friday.
    bool lastWorkday = false;
    /// `15W`: the one of Monday to Friday that is nearest to this day; 0 for none.
    int nearWorkday = 0;
    /// 1 … 12
    std::bitset<13> months;
    /// From Sunday; bit n of the value is the nth of the month, the highest one is the last.
    std::array<std::uint8_t, 7> weekdays{};
    /// From firstCronYear.
    std::bitset<lastCronYear - firstCronYear + 1> years;
    /// Day of month and day of week must both match, not only one of them.
    bool bothDays = false;
    /// `*` in second, minute or hour.
    bool wildcard = false;

    static constexpr std::uint8_t everyWeek = 0b0011'1110;
    static constexpr std::uint8_t lastWeek = 0b0100'0000;
};

core::Result<CronFields> parseCron(const QString &text);

} // namespace dockerauto::domain
