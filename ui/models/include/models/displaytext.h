#pragma once

#include <core/time.h>

#include <QString>

#include <chrono>
#include <functional>

/// How data becomes text for people.
namespace dockerauto::ui {

/// Gives the time of now; tests and pictures give a fixed one.
using TimeSource = std::function<core::Timestamp()>;
/// The clock of this computer.
[[nodiscard]] core::Timestamp currentTime();

/// Text that came from a container, a registry or a server, made safe to show on one line: control characters
/// become their visible symbols, marks that turn the direction of writing and line breaks become
/// U+FFFD, and what is longer than `limit` is cut. Never read as rich text.
[[nodiscard]] QString harmless(const QString &text, qsizetype limit = 500);

/// `7c1e0a4` of `sha256:7c1e0a4…`; empty for an empty digest.
[[nodiscard]] QString shortDigest(const QString &digest);

/// `612 MB`, `1.11 GB`: decimal units, as registries and Docker count.
[[nodiscard]] QString byteText(qint64 bytes);
/// `14.1%`.
[[nodiscard]] QString percentText(double percent);
/// For running things: `12 d`, `2 h`, `5 min`, `30 s`.
[[nodiscard]] QString ageText(std::chrono::milliseconds age);
/// For steps: `2 s`, `48 s`, `1:05 min`.
[[nodiscard]] QString durationText(std::chrono::milliseconds duration);
/// `0:46`.
[[nodiscard]] QString minutesText(qint64 seconds);
/// `4 min ago`, `just now`.
[[nodiscard]] QString agoText(core::Timestamp then, core::Timestamp now);
/// Local time of day, `03:07`; with the day when that is not today.
[[nodiscard]] QString momentText(core::Timestamp time, core::Timestamp now);
/// Local time with seconds, `03:08:14`.
[[nodiscard]] QString clockText(core::Timestamp time);
/// True when both lie on the same local day.
[[nodiscard]] bool sameDay(core::Timestamp a, core::Timestamp b);

} // namespace dockerauto::ui
