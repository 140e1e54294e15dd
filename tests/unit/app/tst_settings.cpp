#include <bootstrap/settings.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace dockerauto;
using app::Settings;

class TestSettings : public QObject
{
    Q_OBJECT

private:
    QString write(const QByteArray &text)
    {
        QFile file(m_folder.filePath(QStringLiteral("docker-auto.toml")));
        [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
        file.write(text);
        return file.fileName();
    }
    core::Result<Settings> read(const QStringList &arguments, const QProcessEnvironment &environment = {})
    {
        return app::readSettings(arguments, environment);
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void settings_haveSafeDefaults()
    {
        const auto settings = read({});
        QVERIFY(settings);
        QCOMPARE(settings->mode, Settings::Mode::Desktop);
        QCOMPARE(settings->listenAddress, QStringLiteral("127.0.0.1"));
        QVERIFY(settings->databasePath().startsWith(settings->dataDir));
    }

    void settings_commandLineWins_overEnvironment_overFile()
    {
        const QString file = write("[server]\nlisten = \"127.0.0.1:1001\"\n[log]\nlevel = \"error\"\n"
                                   "[checks]\ninterval-seconds = 100\n");
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("DOCKER_AUTO_LISTEN"), QStringLiteral("127.0.0.1:1002"));
        environment.insert(QStringLiteral("DOCKER_AUTO_CHECK_INTERVAL"), QStringLiteral("200"));
        environment.insert(QStringLiteral("DOCKER_AUTO_CONFIG"), file);
        const auto settings =
            read({QStringLiteral("--server"), QStringLiteral("--check-interval=300")}, environment);
        QVERIFY2(settings, settings ? "" : qPrintable(settings.error().message));
        QCOMPARE(settings->mode, Settings::Mode::Server);
        QCOMPARE(settings->listenPort, 1002);
        QCOMPARE(settings->checkInterval, std::chrono::seconds(300));
        QCOMPARE(settings->logLevel, core::LogLevel::Error);
    }

    void settings_nameFileAndLine_ofWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const char *text, const char *line, const char *word) {
            QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(line) << QString::fromUtf8(word);
        };
        row("no TOML", "[server\nlisten = 1\n", ":1:", "");
        row("unknown key", "[server]\n\nlisen = \"127.0.0.1:1\"\n", ":3:", "is not a setting");
        row("unknown table", "[servr]\nlisten = \"127.0.0.1:1\"\n", ":2:", "is not a setting");
        row("port too large", "[server]\nlisten = \"127.0.0.1:70000\"\n", ":2:", "127.0.0.1:8484");
        row("no port", "[server]\nlisten = \"127.0.0.1\"\n", ":2:", "127.0.0.1:8484");
        row("level", "[log]\nlevel = \"loud\"\n", ":2:", "debug, info, warning or error");
        row("format", "[log]\nformat = \"xml\"\n", ":2:", "json or text");
        row("negative", "[checks]\ninterval-seconds = -5\n", ":2:", "whole number");
        row("text for a number", "[updates]\nparallel = \"many\"\n", ":2:", "whole number");
        row("list", "[server]\nlisten = [1, 2]\n", ":2:", "must be a text");
        row("database", "[storage]\ndatabase = \"postgresql://db\"\n", ":2:", "sqlite:///");
    }
    void settings_nameFileAndLine_ofWhatIsWrong()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, line);
        QFETCH(QString, word);
        const QString file = write(text);
        const auto settings = read({QStringLiteral("--config"), file});
        QVERIFY(!settings);
        QCOMPARE(settings.error().code, core::ErrorCode::InvalidArgument);
        QVERIFY2(settings.error().message.contains(file % line), qPrintable(settings.error().message));
        QVERIFY2(settings.error().message.contains(word), qPrintable(settings.error().message));
    }

    void settings_refuseUnknownOptions_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown") << QStringList{QStringLiteral("--lissten"), QStringLiteral("1")};
        QTest::newRow("no dashes") << QStringList{QStringLiteral("server")};
        QTest::newRow("no value") << QStringList{QStringLiteral("--listen")};
        QTest::newRow("missing file")
            << QStringList{QStringLiteral("--config"), QStringLiteral("/nowhere.toml")};
        QTest::newRow("wrong value") << QStringList{QStringLiteral("--log-level"), QStringLiteral("x")};
    }
    void settings_refuseUnknownOptions()
    {
        QFETCH(QStringList, arguments);
        const auto settings = read(arguments);
        QVERIFY(!settings);
        QVERIFY(!settings.error().message.isEmpty());
    }

    void help_listsEveryOption()
    {
        for (const char *option : {"--server", "--listen", "--data-dir", "--config", "--database",
                 "--docker-host", "--log-level", "--log-format", "--version", "--help"}) {
            QVERIFY2(app::helpText().contains(QLatin1String(option)), option);
        }
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
