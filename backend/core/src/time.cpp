#include "core/time.h"

#include "core/clock.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <condition_variable>
#include <mutex>
#include <optional>

namespace dockerauto::core {

QString toRfc3339(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC)
        .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzzZ"));
}

Result<Timestamp> fromRfc3339(const QString &text)
{
    // RFC 3339 section 5.6. QDateTime reads more than that, and rounds fractions.
    static const QRegularExpression form(
        QStringLiteral("^(\\d{4}-\\d{2}-\\d{2})[Tt "
                       "](\\d{2}:\\d{2}:\\d{2})(?:\\.(\\d{1,9})\\d*)?(?:[Zz]|([+-])(\\d{2}):(\\d{2}))$"));
    const auto match = form.match(text);
    const auto refused = [&] {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("“%1” is not a time. Write it like 2025-03-01T10:00:00Z.").arg(text.left(64)));
    };
    if (!match.hasMatch()) {
        return refused();
    }
    const QDate date = QDate::fromString(match.captured(1), Qt::ISODate);
    const QTime time = QTime::fromString(match.captured(2), QStringLiteral("HH:mm:ss"));
    if (!date.isValid() || !time.isValid()) {
        return refused();
    }
    const int offsetMinutes = match.captured(5).toInt() * 60 + match.captured(6).toInt();
    if (offsetMinutes > 24 * 60) {
        return refused();
    }
    const int milliseconds = match.captured(3).leftJustified(3, u'0', true).toInt();
    const qint64 sign = match.captured(4) == QStringLiteral("-") ? -1 : 1;
    const qint64 base = QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch();
    return Timestamp(std::chrono::milliseconds(base + milliseconds - sign * offsetMinutes * 60'000));
}

std::optional<Timestamp> fromEngineTime(const QString &text)
{
    if (text.isEmpty() || text.startsWith(QStringLiteral("0001-"))) {
        return std::nullopt;
    }
    if (auto time = fromRfc3339(text)) {
        return *time;
    }
    return std::nullopt;
}

Timestamp SystemClock::now() const
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::steady_clock::time_point SystemClock::steadyNow() const
{
    return std::chrono::steady_clock::now();
}

bool SystemClock::sleep(std::chrono::milliseconds duration, const std::stop_token &stop) const
{
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wake;
    return !wake.wait_for(lock, stop, duration, [&stop] { return stop.stop_requested(); });
}

} // namespace dockerauto::core
