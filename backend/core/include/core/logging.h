#pragma once

#include "core/json.h"

#include <QLoggingCategory>
#include <QString>

#include <cstdio>
#include <initializer_list>
#include <utility>

namespace dockerauto::core {

enum class LogLevel
{
    Debug,
    Info,
    Warning,
    Error
};
enum class LogFormat
{
    Text,
    JsonLines
};

struct LogSettings
{
    LogLevel level = LogLevel::Info;
    LogFormat format = LogFormat::Text;
    /// Not owned; stays open.
    std::FILE *stream = stderr;
};

/// Sends everything that Qt and this program log to one place, a line each, in one form: time, level,
/// category, message, and the ids of the work that is being done (see LogScope). Call once, before other
/// threads start.
void startLogging(const LogSettings &settings);

/// While it lives, lines logged by this thread carry `name: value`: the request or the operation they belong
/// to.
class LogScope
{
public:
    LogScope(const char *name, const QString &value);
    ~LogScope();
    LogScope(const LogScope &) = delete;
    LogScope &operator=(const LogScope &) = delete;
};

Q_DECLARE_LOGGING_CATEGORY(logApi)
Q_DECLARE_LOGGING_CATEGORY(logApp)
Q_DECLARE_LOGGING_CATEGORY(logAuth)
Q_DECLARE_LOGGING_CATEGORY(logEngine)
Q_DECLARE_LOGGING_CATEGORY(logRegistry)
Q_DECLARE_LOGGING_CATEGORY(logStorage)
Q_DECLARE_LOGGING_CATEGORY(logUpdate)
Q_DECLARE_LOGGING_CATEGORY(logUi)

} // namespace dockerauto::core
