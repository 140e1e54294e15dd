#include "jsontext.h"

#include <domain/injectedfiles.h>

#include <QTest>

using namespace dockerauto;
using core::Json;

namespace {

/// A container of compose, overlaid with `patch` (RFC 7396).
Json container(const char *patch = "{}")
{
    Json inspect = json(R"({"Created":"2025-03-01T10:00:00.9Z","RestartCount":0,
        "State":{"StartedAt":"2025-03-01T10:00:02.2Z","FinishedAt":"0001-01-01T00:00:00Z"},
        "Config":{"Labels":{"com.docker.compose.project":"p"}},
        "Mounts":[{"Destination":"/data"}],
        "HostConfig":{"Tmpfs":{"/tmp":""},"Mounts":[{"Type":"tmpfs","Target":"/cache/"}]}})");
    inspect.merge_patch(json(patch));
    return inspect;
}

Json changed(std::initializer_list<const char *> paths)
{
    Json changes = Json::array();
    for (const char *path : paths) {
        changes.push_back({{"Path", path}, {"Kind", 1}});
    }
    return changes;
}

QString joined(const std::vector<QString> &paths)
{
    QString text;
    for (const QString &path : paths) {
        text += path + QLatin1Char(' ');
    }
    return text.trimmed();
}

} // namespace

class InjectedFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void candidates_areChangedPaths_ofTheContainersOwnLayer();
    void candidates_areNone_withoutCompose();
    void candidates_areAtMostTwoHundred_likelyOnesFirst();
    void file_isInjected_whenItIsAsOldAsTheContainer_data();
    void file_isInjected_whenItIsAsOldAsTheContainer();
    void file_isNotInjected_whenItIsNoSmallFile();
};

void InjectedFilesTest::candidates_areChangedPaths_ofTheContainersOwnLayer()
{
    Json changes = changed({"/run", "/run/secrets", "/run/secrets/token", "/etc", "/etc/app.conf", "/app.yml",
        "/data", "/data/x", "/tmp", "/tmp/x", "/cache/x", "/proc/x", "/dev/y", "/sys", "/database"});
    changes.push_back({{"Path", "/gone"}, {"Kind", 2}});
    changes.push_back({{"Path", "/usr/changed"}, {"Kind", 0}});
    changes.push_back({{"Path", "/usr"}, {"Kind", 0}});
    QCOMPARE(joined(domain::possiblyInjected(container(), changes)),
        QStringLiteral("/run/secrets/token /app.yml /database /etc/app.conf /usr/changed"));
    QVERIFY(domain::possiblyInjected(container(), Json()).empty());
}

void InjectedFilesTest::candidates_areNone_withoutCompose()
{
    const Json inspect = container(R"({"Config":{"Labels":null}})");
    QVERIFY(domain::possiblyInjected(inspect, changed({"/a"})).empty());
    QVERIFY(domain::injectedFiles(inspect,
        {{QStringLiteral("/a"), true, 1, *core::fromRfc3339(QStringLiteral("2025-03-01T10:00:01Z"))}})
                .empty());
}

void InjectedFilesTest::candidates_areAtMostTwoHundred_likelyOnesFirst()
{
    Json changes = Json::array();
    for (int i = 0; i < 300; ++i) {
        changes.push_back({{"Path", "/var/lib/" + std::to_string(i)}, {"Kind", 1}});
    }
    changes.push_back({{"Path", "/run/secrets/s"}, {"Kind", 1}});
    changes.push_back({{"Path", "/config"}, {"Kind", 1}});
    const auto paths = domain::possiblyInjected(container(), changes);
    QCOMPARE(paths.size(), 200u);
    QCOMPARE(paths[0], QStringLiteral("/run/secrets/s"));
    QCOMPARE(paths[1], QStringLiteral("/config"));
}

void InjectedFilesTest::file_isInjected_whenItIsAsOldAsTheContainer_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QString>("time");
    QTest::addColumn<bool>("injected");
    const auto row = [](const char *name, const char *patch, const char *time, bool injected) {
        QTest::newRow(name) << QByteArray(patch) << QString::fromLatin1(time) << injected;
    };
    const char *const restarted =
        R"({"State":{"StartedAt":"2025-03-05T10:00:00.7Z","FinishedAt":"2025-03-05T09:59:00Z"}})";
    const char *const restartedByEngine =
        R"({"RestartCount":2,"State":{"StartedAt":"2025-03-05T10:00:00Z"}})";
    row("in the second of the creation", "{}", "2025-03-01T10:00:00Z", true);
    row("between creation and start", "{}", "2025-03-01T10:00:02Z", true);
    row("long before the creation", "{}", "2025-03-01T09:59:59Z", false);
    row("at the start, rounded up", R"({"State":{"StartedAt":"2025-03-01T10:00:02.6Z"}})",
        "2025-03-01T10:00:03Z", true);
    row("after the start, though soon", "{}", "2025-03-01T10:00:03Z", false);
    row("by a program, which writes fractions", "{}", "2025-03-01T10:00:02.100Z", false);
    row("made first and started later", R"({"State":{"StartedAt":"2025-03-02T10:00:02.2Z"}})",
        "2025-03-02T10:00:02Z", true);
    row("while it waited", R"({"State":{"StartedAt":"2025-03-02T10:00:02.2Z"}})", "2025-03-01T20:00:00Z",
        false);
    row("restarted, before the first start", restarted, "2025-03-01T10:00:05Z", true);
    row("restarted, after the first start", restarted, "2025-03-01T10:00:06Z", false);
    row("restarted, before the last start", restarted, "2025-03-05T10:00:00Z", true);
    row("restarted, after the last start", restarted, "2025-03-05T10:00:02Z", false);
    row("restarted by the engine", restartedByEngine, "2025-03-01T10:00:05Z", true);
    row("never started", R"({"State":{"StartedAt":"0001-01-01T00:00:00Z"}})", "2020-01-01T00:00:00.5Z", true);
}

void InjectedFilesTest::file_isInjected_whenItIsAsOldAsTheContainer()
{
    QFETCH(QByteArray, patch);
    QFETCH(QString, time);
    QFETCH(bool, injected);
    const auto files = domain::injectedFiles(container(patch.constData()),
        {{QStringLiteral("/conf"), true, 1024 * 1024, *core::fromRfc3339(time)}});
    QCOMPARE(joined(files), injected ? QStringLiteral("/conf") : QString());
}

void InjectedFilesTest::file_isNotInjected_whenItIsNoSmallFile()
{
    const auto time = *core::fromRfc3339(QStringLiteral("2025-03-01T10:00:01Z"));
    const auto files = domain::injectedFiles(container(),
        {{QStringLiteral("/folder"), false, 0, time}, {QStringLiteral("/large"), true, 1024 * 1024 + 1, time},
            {QStringLiteral("/unknown"), true, 1, std::nullopt}, {QStringLiteral("/empty"), true, 0, time}});
    QCOMPARE(joined(files), QStringLiteral("/empty"));
}

QTEST_APPLESS_MAIN(InjectedFilesTest)
#include "tst_injectedfiles.moc"
