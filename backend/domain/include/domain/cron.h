#pragma once

#include <core/result.h>
#include <core/time.h>

#include <QString>
#include <QTimeZone>

#include <memory>
#include <optional>
#include <vector>

namespace dockerauto::domain {

/// A pattern of the Open Cron Pattern Specification 1.4: five fields, with seconds in front six, with a year
/// behind seven; names, ranges, steps, lists, `?`, `L`, `W`, `#`, `+`, and nicknames such as `@daily`.
/// `@reboot` is refused: it names no time.
class CronPattern
{
public:
    /// InvalidArgument says which field is wrong, what is allowed there, and shows an example.
    static core::Result<CronPattern> parse(const QString &text);

    CronPattern(const CronPattern &);
    CronPattern(CronPattern &&) noexcept;
    CronPattern &operator=(const CronPattern &);
    CronPattern &operator=(CronPattern &&) noexcept;
    ~CronPattern();

    /// The first moment after `after` at which the pattern matches in the zone; none when there is none
    /// within the years that the specification knows. Across changes of daylight saving time the rule of
    /// Vixie cron holds: a fixed time inside a gap runs once, as far after the gap's beginning as the pattern
    /// says or at its end, and inside an overlap once, the first time; a pattern with `*` in second, minute
    /// or hour keeps its interval.
    [[nodiscard]] std::optional<core::Timestamp> next(core::Timestamp after, const QTimeZone &zone) const;
    /// Up to `count` moments.
    [[nodiscard]] std::vector<core::Timestamp> next(
        core::Timestamp after, const QTimeZone &zone, int count) const;

private:
    struct Fields;
    explicit CronPattern(std::unique_ptr<Fields> fields);
    std::unique_ptr<Fields> m_fields;
};

/// The zone of an IANA name. InvalidArgument, with an example, for what is none.
core::Result<QTimeZone> timeZoneNamed(const QString &name);

} // namespace dockerauto::domain
