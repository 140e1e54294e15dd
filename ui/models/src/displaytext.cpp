#include <models/displaytext.h>

#include <core/clock.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace dockerauto::ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DisplayText)
};

// Marks that change the direction of what stands around them, and characters that are not seen at all.
bool misleads(char16_t c)
{
    return c == 0x061C || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

QDateTime local(core::Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
}

} // namespace

core::Timestamp currentTime()
{
    return core::SystemClock().now();
}

QString harmless(const QString &text, qsizetype limit)
{
    QString shown = text.left(limit);
    for (QChar &c : shown) {
        const char16_t code = c.unicode();
        if (code < 0x20) {
            c = QChar(static_cast<char16_t>(0x2400 + code));
        } else if (code == 0x7F) {
            c = QChar(static_cast<char16_t>(0x2421));
        } else if ((code >= 0x80 && code <= 0x9F) || misleads(code)) {
            c = QChar(QChar::ReplacementCharacter);
        }
    }
    if (text.size() > limit) {
        shown += QChar(static_cast<char16_t>(0x2026));
    }
    return shown;
}

QString shortDigest(const QString &digest)
{
    const qsizetype colon = digest.indexOf(QLatin1Char(':'));
    return harmless(digest.mid(colon + 1).left(7));
}

QString byteText(qint64 bytes)
{
    constexpr std::array units{"B", "kB", "MB", "GB", "TB", "PB"};
    double value = static_cast<double>(std::max<qint64>(bytes, 0));
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    // Three digits that mean something above a gigabyte, whole numbers below.
    const int digits = unit < 3 ? 0 : value < 10 ? 2 : value < 100 ? 1 : 0;
    return QLocale().toString(value, 'f', digits) + QLatin1Char(' ') + QLatin1String(units.at(unit));
}

QString percentText(double percent)
{
    return QLocale().toString(percent, 'f', 1) + QLatin1Char('%');
}

QString ageText(std::chrono::milliseconds age)
{
    const auto seconds = std::max<qint64>(std::chrono::duration_cast<std::chrono::seconds>(age).count(), 0);
    if (seconds < 60) {
        return Text::tr("%1 s", "seconds").arg(seconds);
    }
    if (seconds < 3600) {
        return Text::tr("%1 min", "minutes").arg(seconds / 60);
    }
    if (seconds < 86400) {
        return Text::tr("%1 h", "hours").arg(seconds / 3600);
    }
    return Text::tr("%1 d", "days").arg(seconds / 86400);
}

QString durationText(std::chrono::milliseconds duration)
{
    const auto milliseconds = std::max<qint64>(duration.count(), 0);
    if (milliseconds < 9'950) {
        // A step of an update often takes a fraction of a second; "0 s" would look as if it had not happened.
        const double tenths = std::ceil(static_cast<double>(milliseconds) / 100) / 10;
        return Text::tr("%1 s", "seconds").arg(QLocale().toString(tenths, 'f', 1));
    }
    if (milliseconds < 59'500) {
        return Text::tr("%1 s", "seconds").arg((milliseconds + 500) / 1000);
    }
    return Text::tr("%1 min", "minutes and seconds, 1:05").arg(minutesText(milliseconds / 1000));
}

QString minutesText(qint64 seconds)
{
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString agoText(core::Timestamp then, core::Timestamp now)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - then).count();
    if (seconds < 60) {
        return Text::tr("just now");
    }
    if (seconds < 3600) {
        return Text::tr("%n min ago", nullptr, static_cast<int>(seconds / 60));
    }
    if (seconds < 86400) {
        return Text::tr("%n h ago", nullptr, static_cast<int>(seconds / 3600));
    }
    return Text::tr("%n day(s) ago", nullptr, static_cast<int>(seconds / 86400));
}

QString momentText(core::Timestamp time, core::Timestamp now)
{
    const QString clock = local(time).toString(QStringLiteral("HH:mm"));
    if (sameDay(time, now)) {
        return clock;
    }
    return QLocale().toString(local(time).date(), QLocale::ShortFormat) + QLatin1Char(' ') + clock;
}

QString clockText(core::Timestamp time)
{
    return local(time).toString(QStringLiteral("HH:mm:ss"));
}

bool sameDay(core::Timestamp a, core::Timestamp b)
{
    return local(a).date() == local(b).date();
}

} // namespace dockerauto::ui
