#include <domain/tagchoice.h>

#include <QTest>

#include <algorithm>

using namespace dockerauto;
using core::Bump;
using core::TagFamily;
using core::TagLevel;
using domain::TagRules;

namespace {

const QString none = QStringLiteral("-");

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

std::vector<QString> wordsOf(const QString &words)
{
    const QStringList list = words.split(u' ', Qt::SkipEmptyParts);
    return {list.begin(), list.end()};
}

domain::TagChoice chosen(const QString &current, const std::vector<QString> &tags, const TagRules &rules = {})
{
    auto choice = domain::chooseTag(current, tags, rules);
    if (!choice) {
        qFatal("%s", qPrintable(choice.error().message));
    }
    return std::move(*choice);
}

QString whyNot(const QString &current, const QString &tag, const TagRules &rules = {})
{
    const auto choice = chosen(current, {tag}, rules);
    return choice.rejected.empty() ? QString() : choice.rejected.front().why;
}

} // namespace

Q_DECLARE_METATYPE(dockerauto::domain::TagRules)

/// The rules of "Choosing a newer tag" in resources/docs/updates.md.
class TestTagchoice : public QObject
{
    Q_OBJECT

private:
    static void choiceColumns();

private Q_SLOTS:
    void choose_takesTheNewestOfTheSameKind_data();
    void choose_takesTheNewestOfTheSameKind();
    void choose_followsTheRules_data();
    void choose_followsTheRules();
    void choose_saysWhy_data();
    void choose_saysWhy();
    void choose_listsEachOtherTagOnce();
    void choose_ordersAllAcceptable_bestFirst();
    void choose_doesNotDependOnTheOrderOfTheList();
    void isVersionTag_tellsVersions_data();
    void isVersionTag_tellsVersions();
    void bump_isTheFirstNumberThatDiffers_data();
    void bump_isTheFirstNumberThatDiffers();
};

void TestTagchoice::choiceColumns()
{
    QTest::addColumn<QString>("current");
    QTest::addColumn<QString>("tags");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<Bump>("bump");
    QTest::addColumn<TagRules>("rules");
}

void TestTagchoice::choose_takesTheNewestOfTheSameKind_data()
{
    choiceColumns();
    const auto row = [](const char *name, const char *current, const char *tags, const char *expected,
                         Bump bump) {
        QTest::newRow(name) << text(current) << text(tags) << text(expected) << bump << TagRules{};
    };
    // Precision and prefix.
    row("postgres", "12.14", "12.15 12.15.0 12 13.0.1 latest alpine", "12.15", Bump::Minor);
    row("one number", "14", "15 15.1 16.0 latest", "15", Bump::Major);
    row("numbers, not texts", "1.9.9", "1.10.0 1.9.10", "1.10.0", Bump::Minor);
    row("four numbers", "1.2.3.4", "1.2.3.5 1.2.3.10 1.2.3.10.1 1.2.4", "1.2.3.10", Bump::Build);
    row("five numbers (collabora)", "24.04.2.1.1", "24.04.2.1.9 24.04.5.2.1", "24.04.5.2.1", Bump::Patch);
    row("v is kept (traefik)", "v2.11.0", "3.1.0 2.12.0 v2.11.2 v2.12.0 v3", "v2.12.0", Bump::Minor);
    row("no v is added", "2.11.0", "v2.12.0", "-", Bump::None);
    row("prefix with a word", "release-1.2", "release-1.3 1.4 version-1.5 release-1.3.1", "release-1.3",
        Bump::Minor);
    row("prefix of linuxserver", "version-1.2.3", "1.2.5 version-1.2.4", "version-1.2.4", Bump::Patch);
    row("architecture in front", "arm64v8-1.2.3-ls7", "arm64v8-1.2.4-ls1 amd64-1.2.5-ls1",
        "arm64v8-1.2.4-ls1", Bump::Patch);
    row("version behind a name with a digit", "k8s-1.28", "k8s-1.29 k9s-1.30", "k8s-1.29", Bump::Minor);
    row("word with a version (nginx)", "alpine3.19", "alpine3.20 alpine stable-alpine3.21", "alpine3.20",
        Bump::Minor);
    row("zero padding is no other version", "1.02", "1.2 1.3", "1.3", Bump::Minor);
    row("leading zeros", "22.04", "22.10 24.04", "24.04", Bump::Major);
    row("very long numbers", "1.99999999999999999999999",
        "1.99999999999999999999998 1.100000000000000000000000", "1.100000000000000000000000", Bump::Minor);

    // Variants.
    row("postgres alpine", "16.3-alpine3.19",
        "16.4-alpine3.19 16.5-alpine3.20 16.6-alpine 16.7 17beta1-alpine3.19", "16.4-alpine3.19",
        Bump::Minor);
    row("redis", "7.2.4-alpine", "7.2.5-alpine 7.4.0 7.4-rc1-alpine 7.4.0-alpine", "7.4.0-alpine",
        Bump::Minor);
    row("nextcloud", "29.0.4-fpm-alpine", "29.0.5-fpm-alpine 30.0.0-rc1-fpm-alpine 29.0.6-fpm 30.0.0-apache",
        "29.0.5-fpm-alpine", Bump::Patch);
    row("rabbitmq", "3.13.2-management-alpine", "3.13.3-alpine 3.13.4-management 3.13.3-management-alpine",
        "3.13.3-management-alpine", Bump::Patch);
    row("python", "3.12-slim-bookworm",
        "3.13-slim-bookworm 3.14-rc-slim-bookworm 3.13-slim-trixie 3.13.1-slim-bookworm",
        "3.13-slim-bookworm", Bump::Minor);
    row("mariadb", "10.11.8-jammy", "10.11.9-jammy 11.4.2-noble 10.11.10-ubi9", "10.11.9-jammy", Bump::Patch);
    row("node", "20-alpine3.19", "21-alpine3.19 22-alpine3.20 22.1-alpine3.19", "21-alpine3.19", Bump::Major);
    row("maven keeps its Java", "3.9.6-eclipse-temurin-17-alpine",
        "3.9.7-eclipse-temurin-21-alpine 3.9.7-eclipse-temurin-17-alpine", "3.9.7-eclipse-temurin-17-alpine",
        Bump::Patch);
    row("wordpress keeps its PHP", "6.5.3-php8.2-fpm", "6.6.0-php8.3-fpm 6.5.4-php8.2-fpm",
        "6.5.4-php8.2-fpm", Bump::Patch);
    row("grafana", "10.4.2-ubuntu", "10.4.3-ubuntu 11.0.0 11.0.0-preview-ubuntu", "10.4.3-ubuntu",
        Bump::Patch);
    row("CUDA is no counter", "2.3.0-cu118", "2.3.0-cu121 2.3.0-cu119", "-", Bump::None);
    row("architecture is no version", "1.2.3-arm32", "1.2.3-arm64", "-", Bump::None);
    row("keycloak Final", "4.8.2.Final", "4.8.3.Final 4.8.4", "4.8.3.Final", Bump::Patch);
    row("floating x", "18.x", "20.x 20", "20.x", Bump::Major);
    row("a suffix is not added", "1.2.3", "1.2.4-alpine 1.2.3-1", "-", Bump::None);

    // Counters of builds.
    row("linuxserver with commit", "1.32.5.7349-8f4248874-ls215",
        "1.32.5.7349-8f4248874-ls216 1.40.0.7998-c29d4c0c8-ls216 1.41.0.1-c29d4c0c8",
        "1.40.0.7998-c29d4c0c8-ls216", Bump::Minor);
    row("counter alone", "1.2.3-ls9", "1.2.3-ls10 1.2.3-ls8 1.2.3", "1.2.3-ls10", Bump::Build);
    row("newer numbers win over a counter", "1.2.3-r9", "1.2.4-r0 1.2.3-r10", "1.2.4-r0", Bump::Patch);
    row("bare counter", "3.5.13-0", "3.5.13-1 3.5.12-9", "3.5.13-1", Bump::Build);
    row("bitnami", "15.4.0-debian-11-r10", "15.4.0-debian-11-r9 15.4.0-debian-11-r12 15.5.0-debian-12-r0",
        "15.4.0-debian-11-r12", Bump::Build);
    row("temurin", "21.0.3_9-jre-alpine",
        "21.0.3_10-jre-alpine 21.0.4_7-jre-alpine 21.0.5_1-jdk 21-jre-alpine", "21.0.4_7-jre-alpine",
        Bump::Patch);
    row("Java 8", "8u412-b08-jre", "8u422-b05-jre 8u402-b09-jre 8u432-b06-jdk", "8u422-b05-jre", Bump::Build);
    row("SQL Server", "2022-CU13-ubuntu-22.04", "2022-CU14-ubuntu-22.04 2019-CU27-ubuntu-20.04",
        "2022-CU14-ubuntu-22.04", Bump::Build);
    row("gitlab", "16.11.2-ce.0", "16.11.3-ce.0 17.0.0-ee.0 17.0.0-rc42.ce.0", "16.11.3-ce.0", Bump::Patch);
    row("k3s", "v1.29.4-k3s1", "v1.29.4-k3s2 v1.30.0-rc1-k3s1", "v1.29.4-k3s2", Bump::Build);
    row("Red Hat", "9.4-949.1714662671", "9.4-1123.1719560047 9.4-1134", "9.4-1123.1719560047", Bump::Build);
    row("day of the build", "17.0-20240501", "17.0-20240601 17.0", "17.0-20240601", Bump::Build);
    row("part with a version (qbittorrent)", "4.6.5_v2.0.10-ls340", "4.6.6_v2.0.11-ls341",
        "4.6.6_v2.0.11-ls341", Bump::Patch);
    row("git describe", "v1.2.3-4-g2414721", "v1.2.3-14-g8f42488", "v1.2.3-14-g8f42488", Bump::Build);

    // Calendars.
    row("semver below years", "5.3", "2021.1 5.4 2021.12", "5.4", Bump::Minor);
    row("years below semver", "2021.4", "5.9 2022.1", "2022.1", Bump::Major);
    row("one number below a day", "7", "20240501 2024 1234567 202405 8", "8", Bump::Major);
    row("Home Assistant", "2025.3.1", "2025.3.4 2025.4.0b2 2025.4 stable dev 2025.3.10", "2025.3.10",
        Bump::Patch);
    row("over the new year", "2023.12.4", "2024.1.0", "2024.1.0", Bump::Major);
    row("days", "20240501", "20240513 7 202406 20241399", "20240513", Bump::Major);
    row("name in front of a day (debian)", "bookworm-20240501-slim",
        "bookworm-20240513-slim trixie-20240701-slim", "bookworm-20240513-slim", Bump::Major);
    row("days with hyphens", "2024-05-01", "2024-06-01 20240701 2024.07.01 2024-05-02", "2024-06-01",
        Bump::Minor);
    row("minio", "RELEASE.2024-05-01T01-11-10Z",
        "RELEASE.2024-05-27T19-17-46Z RELEASE.2024-05-28T17-19-04Z.fips RELEASE.2024-05-07T06-41-25Z latest",
        "RELEASE.2024-05-27T19-17-46Z", Bump::Patch);
    row("minio, the same day", "RELEASE.2024-05-01T01-11-10Z", "RELEASE.2024-05-01T01-11-11Z",
        "RELEASE.2024-05-01T01-11-11Z", Bump::Build);
    row("day within a version (wireguard)", "1.0.20210914-r4-ls38", "1.0.20250521-r0-ls1 1.0.4-r1-ls1",
        "1.0.20250521-r0-ls1", Bump::Patch);
    row("builds", "1234567", "1234568 8", "1234568", Bump::Major);
    row("branch, commit and time", "main-8f42488-1715000000",
        "main-0a1b2c3-1715000001 dev-0a1b2c3-1815000001", "main-0a1b2c3-1715000001", Bump::Major);

    // Pre-releases.
    row("not offered", "1.2.3",
        "1.3.0-rc.1 1.3.0-alpha 1.3.0-next.1 1.3.0-SNAPSHOT 1.3.0-M2 1.3.0rc1 1.3.0-dev", "-", Bump::None);
    row("numbers in words", "1.2.3-rc9", "1.2.3-rc10 1.2.3-rc8 1.3.0-rc1", "1.2.3-rc10", Bump::Build);
    row("its release", "1.2.3-rc9", "1.2.3-rc10 1.2.3", "1.2.3", Bump::Build);
    row("a later release", "1.2.3-rc9", "1.2.3 1.2.4 1.2.5-rc1", "1.2.4", Bump::Patch);
    row("with a variant", "1.2.0-rc1-alpine", "1.2.0-rc2-alpine 1.2.0-alpine 1.2.0", "1.2.0-alpine",
        Bump::Build);
    row("python", "3.13.0b2", "3.13.0a9 3.13.0b10 3.13.0rc1 3.14.0a1", "3.13.0rc1", Bump::Build);
    row("postgres", "17beta1-alpine3.20", "17beta2-alpine3.20 17rc1-alpine3.20 17beta3", "17rc1-alpine3.20",
        Bump::Build);
    row("milestones", "5.0.0-M2", "5.0.0-M10 5.0.0-M9", "5.0.0-M10", Bump::Build);
    row("order of semver", "1.0.0-alpha", "1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta.2 1.0.0-beta.11",
        "1.0.0-beta.11", Bump::Build);
    row("early access", "22-ea-36-jdk-slim", "22-ea-37-jdk-slim 23-ea-1-jdk-slim", "22-ea-37-jdk-slim",
        Bump::Build);
    row("days of a night", "1.2.3-nightly.20240501", "1.2.3-nightly.20240502 1.2.4-nightly.20240503",
        "1.2.3-nightly.20240502", Bump::Build);
    row("letter and dot (adguard)", "v0.107.48", "v0.108.0-b.55 v0.107.49", "v0.107.49", Bump::Patch);

    // No versions.
    row("latest", "latest", "1.2.3 2.0.0", "-", Bump::None);
    row("commit", "8f42488", "1.2.3 8f42489 9f42488", "-", Bump::None);
    row("announced commit", "sha-1234567", "sha-1234568", "-", Bump::None);
    row("pull request", "pr-12", "pr-13", "-", Bump::None);
    row("commits are no candidates", "7", "8f42488 9999999a 8", "8", Bump::Major);
    row("no tags", "1.2.3", "", "-", Bump::None);
    row("only itself", "1.2.3", "1.2.3 1.2.3", "-", Bump::None);
}

void TestTagchoice::choose_takesTheNewestOfTheSameKind()
{
    choose_followsTheRules();
}

void TestTagchoice::choose_followsTheRules_data()
{
    choiceColumns();
    const auto row = [](const char *name, const char *current, const char *tags, const TagRules &rules,
                         const char *expected, Bump bump) {
        QTest::newRow(name) << text(current) << text(tags) << text(expected) << bump << rules;
    };
    const char *steps = "1.2.3-1 1.2.4 1.2.9 1.3.0 1.9.0 2.0.0";
    row("no level", "1.2.3", steps, {.level = TagLevel::None}, "-", Bump::None);
    row("patches", "1.2.3", steps, {.level = TagLevel::Patch}, "1.2.9", Bump::Patch);
    row("minor steps", "1.2.3", steps, {.level = TagLevel::Minor}, "1.9.0", Bump::Minor);
    row("major steps", "1.2.3", steps, {.level = TagLevel::Major}, "2.0.0", Bump::Major);
    row("patches, two numbers", "12.14", "12.15 13.0", {.level = TagLevel::Patch}, "-", Bump::None);
    row("minor steps, two numbers", "12.14", "12.15 13.0", {.level = TagLevel::Minor}, "12.15", Bump::Minor);
    row("minor steps, one number", "14", "15", {.level = TagLevel::Minor}, "-", Bump::None);
    row("builds are below patches", "1.2.3-r1", "1.2.3-r2 1.3.0-r0", {.level = TagLevel::Patch}, "1.2.3-r2",
        Bump::Build);

    const auto within = [](const char *range) { return TagRules{.constraint = text(range)}; };
    row("caret", "1.2.3", steps, within("^1.2"), "1.9.0", Bump::Minor);
    row("tilde", "1.2.3", steps, within("~1.2.3"), "1.2.9", Bump::Patch);
    row("alternatives", "1.2.3", steps, within("1.2.x || 1.3"), "1.3.0", Bump::Minor);
    row("hyphen range", "1.2.3", steps, within("1.2.3 - 1.2.5"), "1.2.4", Bump::Patch);
    row("missing numbers are 0", "14", "15 16", within("<16"), "15", Bump::Major);
    row("two numbers", "12.14", "12.15 13.0", within("12.x"), "12.15", Bump::Minor);
    row("variant does not count", "16.3-alpine", "16.4-alpine 17.0-alpine", within("<17"), "16.4-alpine",
        Bump::Minor);
    row("years", "2024.05.1", "2024.06.0 2025.01.0", within("2024.x"), "2024.06.0", Bump::Minor);
    row("outside of all", "1.2.3", steps, within(">=3"), "-", Bump::None);
    row("a number that is too large for a range", "1", "99999999999999999999999", within("<2"), "-",
        Bump::None);
    row("pre-release must be named", "1.2.3", "1.3.0-rc.1",
        {.constraint = QStringLiteral("^1.2"), .prerelease = true}, "-", Bump::None);
    row("pre-release that is named", "1.2.3", "1.3.0-rc.1 1.4.0-rc.1",
        {.constraint = QStringLiteral(">=1.3.0-rc.0"), .prerelease = true}, "1.3.0-rc.1", Bump::Minor);

    row("include is searched", "1.2.3", steps, {.include = QStringLiteral("[34]")}, "1.3.0", Bump::Minor);
    row("include with anchors", "1.2.3", steps, {.include = QStringLiteral("^1\\.2\\.\\d$")}, "1.2.9",
        Bump::Patch);
    row("exclude", "1.2.3", steps, {.exclude = QStringLiteral("^2|9")}, "1.3.0", Bump::Minor);
    row("exclude wins over include", "1.2.3", steps,
        {.include = QStringLiteral("\\."), .exclude = QStringLiteral("\\.")}, "-", Bump::None);

    row("pre-releases", "1.2.3", "1.2.4 1.3.0-rc1 1.3.0-beta9", {.prerelease = true}, "1.3.0-rc1",
        Bump::Minor);
    row("release above its pre-releases", "1.2.3", "1.3.0 1.3.0-rc1", {.prerelease = true}, "1.3.0",
        Bump::Minor);

    const TagRules loose{.family = TagFamily::Loose};
    row("loose, newer base", "16.3-alpine3.19", "16.4-alpine3.19 16.4-alpine3.20", loose, "16.4-alpine3.20",
        Bump::Minor);
    row("loose, only the base", "16.3-alpine3.19", "16.3-alpine3.20", loose, "16.3-alpine3.20", Bump::Build);
    row("loose, never an older base", "16.3-alpine3.19", "16.4-alpine3.18", loose, "-", Bump::None);
    row("loose, never another variant", "16.3-alpine3.19", "16.4 16.4-bookworm 16.4-alpine 16.4-alpine4",
        loose, "-", Bump::None);
    row("loose, distribution", "15.4.0-debian-11-r10", "15.4.0-debian-12-r0 15.4.0-debian-11-r12", loose,
        "15.4.0-debian-12-r0", Bump::Build);
    row("loose, architecture stays", "1.2.3-arm32v7", "1.2.3-arm64v8 1.2.4-arm64v8", loose, "-", Bump::None);
}

void TestTagchoice::choose_followsTheRules()
{
    QFETCH(QString, current);
    QFETCH(QString, tags);
    QFETCH(QString, expected);
    QFETCH(Bump, bump);
    QFETCH(TagRules, rules);
    const auto choice = chosen(current, wordsOf(tags), rules);
    QCOMPARE(choice.tag.value_or(none), expected);
    QCOMPARE(core::toQString(choice.bump), core::toQString(bump));
    if (choice.tag) {
        QCOMPARE(core::toQString(domain::bumpBetween(current, *choice.tag)), core::toQString(bump));
    }
}

void TestTagchoice::choose_saysWhy_data()
{
    QTest::addColumn<QString>("current");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<TagRules>("rules");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *current, const char *tag, const char *why, const TagRules &rules = {}) {
        QTest::newRow(why) << text(current) << text(tag) << rules << QString::fromUtf8(why);
    };
    row("1.2.3", "", "It is not a valid tag.");
    row("1.2.3", "stable", "It is not a version.");
    row("1.2.3", "8f42488", "It is a commit, not a version.");
    row("latest", "1.2.3", "The current tag is not a version, so none can be told to be newer.");
    row("8f42488", "1.2.3", "The current tag is a commit, so none can be told to be newer.");
    row("1.2.3", "v1.2.4", "It begins with “v” instead of nothing.");
    row("1.2.3", "1.2.4-alpine", "It ends with “-alpine” instead of nothing.");
    row("1.2.3", "2024.5.1", "It counts by date, the current tag does not.");
    row("2024.5.1", "3000.5.1", "It does not count by date, as the current tag does.");
    row("1.2.3", "2", "It has 1 number instead of 3.");
    row("1234567", "7654", "Its numbers are of another kind.");
    row("1.2.3", "1.2.2", "It is older.");
    row("1.2.3", "1.02.3", "It is the same version.");
    row("1.2.3", "1.2.4-rc1", "It is a pre-release.");
    row("1.2.3", "2.0.0", "It is a major step, and the rules allow at most a patch one.",
        {.level = TagLevel::Patch});
    row("1.2.3", "1.2.4", "The rules want no newer tag.", {.level = TagLevel::None});
    row("1.2.3", "2.0.0", "It is outside of “^1.2”.", {.constraint = QStringLiteral("^1.2")});
    row("1.2.3", "2.0.0", "It does not match “^1”.", {.include = QStringLiteral("^1")});
    row("1.2.3", "2.0.0", "“^2” excludes it.", {.exclude = QStringLiteral("^2")});
    row("1.2.3-alpine3.19", "1.2.4-alpine3.18",
        "It is built on something older: “-alpine3.18” instead of “-alpine3.19”.",
        {.family = TagFamily::Loose});
}

void TestTagchoice::choose_saysWhy()
{
    QFETCH(QString, current);
    QFETCH(QString, tag);
    QFETCH(TagRules, rules);
    QFETCH(QString, why);
    QCOMPARE(whyNot(current, tag, rules), why);
}

void TestTagchoice::choose_listsEachOtherTagOnce()
{
    const auto tags =
        wordsOf(QStringLiteral("latest 1.2.4 1.2.3 latest 1.2.5 1.2.4 1.2.5 1.2.2 .bad a+b -x"));
    const auto choice = chosen(QStringLiteral("1.2.3"), tags);
    QCOMPARE(choice.tag.value_or(none), QStringLiteral("1.2.5"));
    QStringList rejected;
    for (const auto &[tag, why] : choice.rejected) {
        rejected.push_back(tag);
        QVERIFY(!why.isEmpty());
    }
    rejected.sort();
    QCOMPARE(rejected.join(u' '), QStringLiteral("-x .bad 1.2.2 1.2.4 a+b latest"));
    const auto passed = std::find_if(choice.rejected.begin(), choice.rejected.end(),
        [](const auto &each) { return each.tag == QStringLiteral("1.2.4"); });
    QCOMPARE(passed->why, QStringLiteral("1.2.5 is newer."));
}

void TestTagchoice::choose_ordersAllAcceptable_bestFirst()
{
    const auto choice =
        chosen(QStringLiteral("1.2.3"), wordsOf(QStringLiteral("1.2.4 1.10.0 1.2.2 2.0.0 1.9.9 2.0.0")));
    QVERIFY(choice.acceptable == wordsOf(QStringLiteral("2.0.0 1.10.0 1.9.9 1.2.4")));
    QVERIFY(chosen(QStringLiteral("2.0.0"), wordsOf(QStringLiteral("1.0.0"))).acceptable.empty());
}

void TestTagchoice::choose_doesNotDependOnTheOrderOfTheList()
{
    auto tags = wordsOf(QStringLiteral("2024.6 2024.06 2024.07 2024.7 2024.5 2024.05"));
    std::sort(tags.begin(), tags.end());
    do {
        QCOMPARE(chosen(QStringLiteral("2024.05"), tags).tag.value_or(none), QStringLiteral("2024.07"));
    } while (std::next_permutation(tags.begin(), tags.end()));
}

void TestTagchoice::isVersionTag_tellsVersions_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<bool>("isVersion");
    for (const char *version : {"1", "1.2", "v1", "V1.2", "1.2.3.4.5", "20240501", "1234567",
             "jammy-20240427", "alpine3.19", "2024-05-01", "1.2.3-8f42488", "release-1.2", "20-bookworm", "0",
             "8u412", "1234567890123456789012345678901234567890", "ltsc2022"}) {
        QTest::newRow(version) << text(version) << true;
    }
    for (const char *other :
        {"", "latest", "stable", "alpine", "8f42488", "deadbeef", "abcdef0123456789abcdef0123456789abcdef01",
            "main-8f42488", "sha-8f42488", "sha-1234567", "git-8f42488", "pr-12", "amd64", "linux-arm64", "x",
            "_", "sha256-0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9.sig", ".1", "-1",
            "1+2", "1 2", "1/2"}) {
        QTest::addRow("not “%s”", other) << text(other) << false;
    }
    QTest::newRow("128 characters") << QStringLiteral("1.") + QString(126, u'0') << true;
    QTest::newRow("129 characters") << QStringLiteral("1.") + QString(127, u'0') << false;
    QTest::newRow("Arabic digit") << QStringLiteral("\u0663") << false;
    QTest::newRow("null") << QString() << false;
}

void TestTagchoice::isVersionTag_tellsVersions()
{
    QFETCH(QString, tag);
    QFETCH(bool, isVersion);
    QCOMPARE(domain::isVersionTag(tag), isVersion);
}

void TestTagchoice::bump_isTheFirstNumberThatDiffers_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<Bump>("bump");
    const auto row = [](const char *from, const char *to, Bump bump) {
        QTest::addRow("%s to %s", from, to) << text(from) << text(to) << bump;
    };
    row("1.2.3", "2.0.0", Bump::Major);
    row("1.2.3", "1.3.0", Bump::Minor);
    row("1.2.3", "1.2.4", Bump::Patch);
    row("1.2.4", "1.2.3", Bump::Patch);
    row("1.2.3.4", "1.2.3.5", Bump::Build);
    row("1.2.3-r1", "1.2.3-r2", Bump::Build);
    row("1.2.3-alpine3.19", "1.2.3-alpine3.20", Bump::Build);
    row("1.2.3-alpine", "1.3.0-slim", Bump::Minor);
    row("1.2", "1.3", Bump::Minor);
    row("1", "2", Bump::Major);
    row("1", "1-alpine", Bump::Build);
    row("1.2.3", "1.2.3", Bump::None);
    row("1.2.3", "1.2", Bump::None);
    row("1.2.3", "v1.2.4", Bump::None);
    row("5.1", "2024.1", Bump::None);
    row("latest", "1.2.3", Bump::None);
    row("1.2.3", "latest", Bump::None);
}

void TestTagchoice::bump_isTheFirstNumberThatDiffers()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(Bump, bump);
    QCOMPARE(core::toQString(domain::bumpBetween(from, to)), core::toQString(bump));
}

QTEST_APPLESS_MAIN(TestTagchoice)
#include "tst_tagchoice.moc"
