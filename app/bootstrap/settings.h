#pragma once

#include <core/logging.h>
#include <core/result.h>

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <chrono>

namespace dockerauto::app {

/// What the program was told to do, after defaults, settings file, environment and command line, each above
/// the one before.
struct Settings
{
    enum class Mode
    {
        Desktop,
        Server,
        ShowVersion,
        ShowHelp
    };

    Mode mode = Mode::Desktop;
    QString listenAddress = QStringLiteral("127.0.0.1");
    quint16 listenPort = 8484;
    QString dataDir;
    /// Empty: `docker-auto.db` in the data folder.
    QString database;
    /// Empty: what Docker's own client would use.
    QString dockerHost;
    /// Empty: `secrets.key` in the data folder.
    QString keyFile;
    QString adminEmail;
    QString adminPasswordFile;
    core::LogLevel logLevel = core::LogLevel::Info;
    core::LogFormat logFormat = core::LogFormat::Text;
    /// Zero: only when asked.
    std::chrono::seconds checkInterval{6 * 3600};
    std::chrono::seconds firstCheckAfter{15};
    std::chrono::seconds stableFor{10};
    std::chrono::seconds healthSlack{10};
    int parallelUpdates = 4;

    [[nodiscard]] QString databasePath() const;
    [[nodiscard]] QString keyPath() const;
};

/// Reads everything. `arguments` without the name of the program. InvalidArgument names the file and line,
/// the variable or the option that is wrong, and what was expected.
core::Result<Settings> readSettings(const QStringList &arguments, const QProcessEnvironment &environment);

/// The text of --help.
QString helpText();

} // namespace dockerauto::app
