#include "core/logging.h"

#include "core/time.h"

#include <mutex>

namespace dockerauto::core {

Q_LOGGING_CATEGORY(logApi, "dockerauto.api", QtInfoMsg)
Q_LOGGING_CATEGORY(logApp, "dockerauto.app", QtInfoMsg)
Q_LOGGING_CATEGORY(logAuth, "dockerauto.auth", QtInfoMsg)
Q_LOGGING_CATEGORY(logEngine, "dockerauto.engine", QtInfoMsg)
Q_LOGGING_CATEGORY(logRegistry, "dockerauto.registry", QtInfoMsg)
Q_LOGGING_CATEGORY(logStorage, "dockerauto.storage", QtInfoMsg)
Q_LOGGING_CATEGORY(logUpdate, "dockerauto.update", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "dockerauto.ui", QtInfoMsg)

namespace {

// The message handler is a plain function pointer, so what it reads has to be reachable from nowhere.
LogSettings g_settings;
std::mutex g_mutex;
thread_local std::vector<std::pair<std::string, QString>> t_scope;

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
    case QtFatalMsg:
        return "error";
    }
    return "info";
}

/// A message must stay one line, and must not steer the terminal it is read in.
std::string oneLine(const QString &message)
{
    QString line;
    line.reserve(message.size());
    for (const QChar c : message) {
        if (c == u'\n') {
            line += QStringLiteral("\\n");
        } else if (c.category() == QChar::Other_Control) {
            line += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        } else {
            line += c;
        }
    }
    return line.toStdString();
}

std::string formatLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const std::string time =
        toRfc3339(std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()))
            .toStdString();
    const char *category = context.category ? context.category : "default";
    if (g_settings.format == LogFormat::JsonLines) {
        nlohmann::ordered_json line{{"time", time}, {"level", levelName(type)}, {"category", category},
            {"message", message.toStdString()}};
        for (const auto &[name, value] : t_scope) {
            line[name] = value.toStdString();
        }
        return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    }
    std::string line = time + ' ' + levelName(type) + ' ' + category + ": " + oneLine(message);
    for (const auto &[name, value] : t_scope) {
        line += ' ' + name + '=' + oneLine(value);
    }
    return line;
}

void writeMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const std::string line = formatLine(type, context, message) + '\n';
    const std::lock_guard lock(g_mutex);
    std::fwrite(line.data(), 1, line.size(), g_settings.stream);
    std::fflush(g_settings.stream);
}

} // namespace

void startLogging(const LogSettings &settings)
{
    g_settings = settings;
    const char *rules = "";
    switch (settings.level) {
    case LogLevel::Debug:
        rules = "dockerauto.*.debug=true\n";
        break;
    case LogLevel::Info:
        rules = "dockerauto.*.debug=false\n";
        break;
    case LogLevel::Warning:
        rules = "*.debug=false\n*.info=false\n";
        break;
    case LogLevel::Error:
        rules = "*.debug=false\n*.info=false\n*.warning=false\n";
        break;
    }
    QLoggingCategory::setFilterRules(QString::fromLatin1(rules));
    qInstallMessageHandler(&writeMessage);
}

LogScope::LogScope(const char *name, const QString &value)
{
    t_scope.emplace_back(name, value);
}

LogScope::~LogScope()
{
    t_scope.pop_back();
}

} // namespace dockerauto::core
