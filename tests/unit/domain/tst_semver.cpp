#include <domain/semver.h>

#include <QTest>

#include <algorithm>
#include <array>
#include <random>

using dockerauto::domain::SemanticVersion;
using dockerauto::domain::VersionRange;
using Prereleases = VersionRange::Prereleases;

namespace {

SemanticVersion version(const QString &text)
{
    auto parsed = SemanticVersion::parse(text);
    if (!parsed) {
        qFatal("%s", qPrintable(parsed.error().message));
    }
    return *parsed;
}

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

} // namespace

/// Semantic Versioning 2.0.0 in the strict reading of node-semver, and its ranges.
class TestSemver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_reads_allParts();
    void parse_tellsVersions_data();
    void parse_tellsVersions();
    void parse_namesTheText_whenItIsNoVersion();
    void precedence_rises_alongTheList();
    void precedence_ignoresBuilds_andLeadingV();
    void precedence_isAnOrder_overRandomVersions();
    void range_contains_data();
    void range_contains();
    void range_refuses_data();
    void range_refuses();
    void range_isRead_inLinearTime();
    void range_survives_randomText();
};

void TestSemver::parse_reads_allParts()
{
    const SemanticVersion parsed = version(QStringLiteral(" v1.20.300-rc.1.x-y+build.007 "));
    QCOMPARE(parsed.major, quint64(1));
    QCOMPARE(parsed.minor, quint64(20));
    QCOMPARE(parsed.patch, quint64(300));
    const std::vector<QString> identifiers{QStringLiteral("rc"), QStringLiteral("1"), QStringLiteral("x-y")};
    QVERIFY(parsed.prerelease == identifiers);
    QCOMPARE(parsed.build, QStringLiteral("build.007"));
}

void TestSemver::parse_tellsVersions_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<bool>("isVersion");
    for (const char *good :
        {"0.0.0", "1.2.3", "v1.2.3", " 1.2.3", "1.2.3\t", "9007199254740991.0.0", "1.2.3-0", "1.2.3-alpha",
            "1.2.3--", "1.2.3---1.-", "1.2.3-0a", "1.2.3-01a", "1.2.3-a.b.c.10.d.5", "1.2.3+0",
            "1.2.3+001.-.a", "1.2.3-rc.1+b", "1.0.0-99999999999999999999"}) {
        QTest::newRow(good) << text(good) << true;
    }
    for (const char *bad :
        {"", " ", "1", "1.2", "1.2.3.4", "01.2.3", "1.02.3", "1.2.03", "1.2.x", "V1.2.3", "vv1.2.3",
            "v 1.2.3", "=1.2.3", " =v1.2.3", "1.2.3-", "1.2.3-01", "1.2.3-a.00", "1.2.3-a..b", "1.2.3-.a",
            "1.2.3-a.", "1.2.3+", "1.2.3+a..b", "1.2.3+a+b", "1.2.3-a_b", "1.2.3beta", "1.2.3 4", "1. 2.3",
            "-1.2.3", "9007199254740992.0.0", "0.99999999999999999999999.0", "hello", "1.2.3-\xe9"}) {
        QTest::addRow("not %s", *bad == '\0' ? "empty" : bad) << text(bad) << false;
    }
    QTest::newRow("line breaks") << text("\n v1.2.3 \r\n") << true;
    const QString longest = QStringLiteral("1.2.3-") + QString(250, u'a');
    QTest::newRow("256 characters") << longest << true;
    QTest::newRow("257 characters") << longest + u'a' << false;
    QTest::newRow("256 characters and a blank") << longest + u' ' << false;
    QTest::newRow("Arabic digits") << QStringLiteral("1.2.\u0663") << false;
}

void TestSemver::parse_tellsVersions()
{
    QFETCH(QString, input);
    QFETCH(bool, isVersion);
    QCOMPARE(SemanticVersion::parse(input).has_value(), isVersion);
}

void TestSemver::parse_namesTheText_whenItIsNoVersion()
{
    const auto refused = SemanticVersion::parse(QStringLiteral("1.2.3-a..b"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, dockerauto::core::ErrorCode::InvalidArgument);
    QVERIFY(refused.error().message.contains(QStringLiteral("1.2.3-a..b")));
}

void TestSemver::precedence_rises_alongTheList()
{
    static constexpr std::array rising{"0.0.0-0", "0.0.0-a", "0.0.0", "0.0.1", "0.9.0", "0.10.0", "1.0.0-0",
        "1.0.0-5", "1.0.0-99999999999999999998", "1.0.0-99999999999999999999", "1.0.0-5-foo", "1.0.0-R2",
        "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.9", "1.0.0-alpha.10", "1.0.0-alpha.beta", "1.0.0-beta",
        "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0-rc100", "1.0.0-rc2", "1.0.0", "1.0.1-0",
        "2.0.0"};
    for (std::size_t i = 0; i < rising.size(); ++i) {
        for (std::size_t k = 0; k < rising.size(); ++k) {
            const auto order = version(text(rising.at(i))).precedence(version(text(rising.at(k))));
            QVERIFY2(order == (i <=> k), qPrintable(text(rising.at(i)) + u' ' + text(rising.at(k))));
        }
    }
}

void TestSemver::precedence_ignoresBuilds_andLeadingV()
{
    const auto first = version(QStringLiteral("1.2.3-beta+one"));
    QVERIFY(first.precedence(version(QStringLiteral("  v1.2.3-beta+two.3"))) == 0);
}

void TestSemver::precedence_isAnOrder_overRandomVersions()
{
    std::mt19937 random(42);
    const auto below = [&random](unsigned limit) { return static_cast<int>(random() % limit); };
    static const QStringList identifiers{QStringLiteral("0"), QStringLiteral("2"), QStringLiteral("10"),
        QStringLiteral("a"), QStringLiteral("rc1"), QStringLiteral("B"), QStringLiteral("-")};
    std::vector<SemanticVersion> versions;
    for (int i = 0; i < 60; ++i) {
        QString input = QStringLiteral("%1.%2.%3").arg(below(2)).arg(below(2)).arg(below(2));
        for (int k = below(4); k > 0; --k) {
            input += (input.contains(u'-') ? u'.' : u'-') + identifiers.at(below(6));
        }
        versions.push_back(version(input));
    }
    for (const auto &a : versions) {
        for (const auto &b : versions) {
            QVERIFY((a.precedence(b) < 0) == (b.precedence(a) > 0));
            for (const auto &c : versions) {
                QVERIFY(!(a.precedence(b) <= 0 && b.precedence(c) <= 0) || a.precedence(c) <= 0);
            }
        }
    }
}

void TestSemver::range_contains_data()
{
    QTest::addColumn<QString>("range");
    QTest::addColumn<QString>("inside");
    QTest::addColumn<QString>("outside");
    QTest::addColumn<bool>("withPrereleases");
    const auto row = [](const char *range, const char *inside, const char *outside) {
        QTest::newRow(*range == '\0' ? "empty" : range)
            << text(range) << text(inside) << text(outside) << false;
    };
    const auto preRow = [](const char *range, const char *inside, const char *outside) {
        QTest::addRow("%s, pre-releases included", range)
            << text(range) << text(inside) << text(outside) << true;
    };
    row("", "0.0.0 1.2.3", "1.2.3-rc.1 0.0.0-0");
    row("*", "0.0.0 1.2.3", "1.2.3-rc.1");
    row("||", "9.9.9", "9.9.9-0");
    row(">=*", "0.0.1", "0.0.1-0");
    row("1.2.3", "1.2.3 1.2.3+b", "1.2.4 1.2.3-rc.1");
    row("= v1.2.3", "1.2.3", "1.2.4");
    row(">1.2.3", "1.2.4 2.0.0", "1.2.3 1.2.4-rc.1");
    row(">= \t1.2.3", "1.2.3 2.0.0", "1.2.2 1.2.3-rc.1");
    row("<2.0.0", "1.9999.9999", "2.0.0 2.0.0-0");
    row("<=2.0.0", "2.0.0", "2.0.1");
    row(">1", "2.0.0", "1.0.0 1.9.9 2.0.0-rc.1");
    row(">1.2", "1.3.0", "1.2.9 1.3.0-beta");
    row("<1.2", "1.1.9", "1.2.0 1.2.0-beta");
    row("<=1.2.x", "1.2.9 0.1.0", "1.3.0");
    row("<=7", "7.9.9", "8.0.0");
    row(">=1.2", "1.2.0 3.0.0", "1.1.9");
    row("=0.7.x", "0.7.2", "0.8.0 0.7.0-a");
    row("1", "1.0.0 1.9.9", "2.0.0 0.9.9 2.0.0-0");
    row("1.X.*", "1.0.0 1.9.9", "2.0.0 0.9.9");
    row("1.2.x-beta", "1.2.0", "1.3.0 1.2.0-beta");
    row("<x", "", "0.0.0 0.0.0-0 1.0.0");
    row(">*", "", "0.0.0 99.0.0");
    row("~1.2.3", "1.2.3 1.2.9", "1.3.0 1.2.2 1.3.0-0");
    row("~1.2", "1.2.0 1.2.9", "1.3.0 1.1.9");
    row("~1", "1.0.0 1.9.9", "2.0.0");
    row("~> 1.2", "1.2.5", "1.3.0");
    row("~ v1.2.3-beta.2", "1.2.3-beta.2 1.2.3-beta.4 1.2.3 1.2.9", "1.2.3-beta.1 1.2.4-beta.2 1.3.0");
    row("~x", "0.0.9", "0.0.9-a");
    row("^1.2.3", "1.2.3 1.8.1", "1.2.2 2.0.0 1.2.3-beta 2.0.0-alpha");
    row("^0.2.3", "0.2.3 0.2.9", "0.3.0 0.2.2");
    row("^0.0.3", "0.0.3", "0.0.4 0.0.4-a");
    row("^0.0", "0.0.0 0.0.9", "0.1.0");
    row("^0", "0.0.0 0.9.9", "1.0.0");
    row("^ 1.x", "1.0.0 1.9.0", "2.0.0");
    row("^0.0.1-beta", "0.0.1-beta 0.0.1-rc 0.0.1", "0.0.1-alpha 0.0.2");
    row("^1.2.3-beta.2", "1.2.3-beta.2 1.2.3 1.9.0", "1.2.4-beta.2 1.2.3-alpha 2.0.0");
    row("^1.2.3+build", "1.2.3 1.3.0", "1.2.0 2.0.0");
    row("1.2.3 - 2.3.4", "1.2.3 2.3.4", "1.2.2 2.3.5 2.3.4-a");
    row("1.2 - 2.3.4", "1.2.0", "1.1.9");
    row("1.2.3 - 2.3", "2.3.9", "2.4.0");
    row("1 - 2", "1.0.0 2.9.9", "3.0.0 0.9.9");
    row("x - 1.0.0", "0.0.0 1.0.0", "1.0.1");
    row("1.0.0 - x", "1.0.0 99.0.0", "0.9.9");
    row("1.2.3-pre+a - 2.4.3-pre+b", "1.2.3 1.2.3-pre.2 2.4.3-alpha", "2.4.3 1.2.4-pre.2");
    row("~1.2.1 >=1.2.3", "1.2.3", "1.2.2 1.3.0");
    row("1.2.3 >=1.2.1", "1.2.3", "1.2.1");
    row("1.2.x || >=2.1 <3", "1.2.9 2.1.0", "1.3.0 2.0.9 3.0.0");
    row("0.1.20||1.2.4", "0.1.20 1.2.4", "1.2.3");
    row(">=0.0.0-0", "0.0.0-a 0.0.0 1.0.0", "1.0.0-a");
    row("* || 1.2.3-beta.1", "1.2.3", "1.2.3-beta.1");
    row(">x 2.x || 3", "3.1.0", "2.1.0");

    preRow("*", "1.0.0-rc1 0.0.0-0 1.0.0", "");
    preRow("2.x", "2.0.0-pre.0 2.1.0-pre.0 2.0.0", "3.0.0-pre.0 1.9.9");
    preRow("1.2.3", "1.2.3", "1.2.3-rc.1");
    preRow("^1.0.0", "1.0.1-rc1 1.1.0-rc1 1.0.0", "1.0.0-rc1 2.0.0-rc1");
    preRow("^1.2", "1.2.0-rc1", "1.1.9");
    preRow("~1.2", "1.2.0-rc1", "1.3.0-rc1");
    preRow(">=1.2", "1.2.0-rc1", "1.1.9");
    preRow(">=1.2.3", "1.2.4-rc1 1.2.3", "1.2.3-rc1");
    preRow(">1.2", "1.3.0-rc1", "1.2.9");
    preRow("<1.2", "1.1.9", "1.2.0-rc1");
    preRow("1.0.0 - 2.0.0", "1.0.0-rc1 2.0.0-rc1 2.0.0", "2.0.1-rc1 2.0.1");
    preRow("1.0 - 2.0", "1.0.0-rc1 2.0.9", "2.1.0-rc1");
}

void TestSemver::range_contains()
{
    QFETCH(QString, range);
    QFETCH(QString, inside);
    QFETCH(QString, outside);
    QFETCH(bool, withPrereleases);
    const auto parsed = VersionRange::parse(range);
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
    const auto prereleases = withPrereleases ? Prereleases::Include : Prereleases::OnlyNamed;
    for (const QString &each : inside.split(u' ', Qt::SkipEmptyParts)) {
        QVERIFY2(parsed->contains(version(each), prereleases), qPrintable(each));
    }
    for (const QString &each : outside.split(u' ', Qt::SkipEmptyParts)) {
        QVERIFY2(!parsed->contains(version(each), prereleases), qPrintable(each));
    }
}

void TestSemver::range_refuses_data()
{
    QTest::addColumn<QString>("range");
    for (const char *bad : {"blerg", ">01.02.03", "~1.2.3beta", "1.2.3.4", "1.2-beta", "1.x.3", "*.1",
             "x.x.1", ">", "1.2.3 >", "^", "~", "^>1.2", "><1", ">==1.2.3", "= = 1.2", "1.2.3 -2.0.0",
             "- 1.2.3", "1.2.3 - ", "1 - 2 - 3", "1.2.3 || nope", "1.2.3 | 2", "9007199254740992.x",
             "^9007199254740991", "1.2.3,1.2.4", ">=1.2<2", "v 1.2.3", "latest"}) {
        QTest::newRow(bad) << text(bad);
    }
}

void TestSemver::range_refuses()
{
    QFETCH(QString, range);
    const auto parsed = VersionRange::parse(range);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, dockerauto::core::ErrorCode::InvalidArgument);
}

void TestSemver::range_isRead_inLinearTime()
{
    const QString blanks(200'000, u' ');
    QVERIFY(VersionRange::parse(QStringLiteral("1.2.3") + blanks + u'-' + blanks + QStringLiteral("2")));
    QVERIFY(VersionRange::parse(QStringLiteral(">") + blanks + QStringLiteral("1")));
    QVERIFY(VersionRange::parse(QString(100'000, u'|')));
    QVERIFY(VersionRange::parse(QStringLiteral("1.2.3+") + QString(200'000, u'a')));
    QVERIFY(!VersionRange::parse(QStringLiteral("^").repeated(200'000)));
}

void TestSemver::range_survives_randomText()
{
    std::mt19937 random(7);
    static const QString letters = QStringLiteral("0123xX*.-+~^<>=v| ab\u00e9\n");
    const SemanticVersion some = version(QStringLiteral("1.2.3"));
    int good = 0;
    for (int i = 0; i < 50'000; ++i) {
        QString input;
        for (auto length = random() % 12; length > 0; --length) {
            input += letters.at(static_cast<qsizetype>(random() % static_cast<unsigned>(letters.size())));
        }
        SemanticVersion::parse(input);
        if (const auto range = VersionRange::parse(input)) {
            ++good;
            // What holds without pre-releases also holds with them, for a release.
            QCOMPARE(range->contains(some, Prereleases::Include), range->contains(some));
        }
    }
    QVERIFY(good > 100);
}

QTEST_APPLESS_MAIN(TestSemver)
#include "tst_semver.moc"
