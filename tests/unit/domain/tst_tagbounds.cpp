#include <domain/tagchoice.h>

#include <QSet>
#include <QTest>

#include <algorithm>
#include <ctime>
#include <random>

using namespace dockerauto;
using core::Bump;
using core::TagFamily;
using domain::TagRules;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

domain::TagChoice chosen(const QString &current, const std::vector<QString> &tags, const TagRules &rules = {})
{
    auto choice = domain::chooseTag(current, tags, rules);
    if (!choice) {
        qFatal("%s", qPrintable(choice.error().message));
    }
    return std::move(*choice);
}

/// Everything is allowed that is of the same kind, so that only the order decides.
const TagRules anyNewer{.prerelease = true, .family = TagFamily::Loose};

bool isNewer(const QString &tag, const QString &than)
{
    return chosen(than, {tag}, anyNewer).tag.has_value();
}

/// Of this process alone: a busy machine is no reason to fail.
class ProcessorTime
{
public:
    [[nodiscard]] double seconds() const
    {
        return static_cast<double>(std::clock() - m_start) / CLOCKS_PER_SEC;
    }

private:
    std::clock_t m_start = std::clock();
};

} // namespace

Q_DECLARE_METATYPE(dockerauto::domain::TagRules)

/// What holds for the choice of a tag whatever the tags and the rules are: refusals, limits, order.
class TestTagbounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rules_refuse_data();
    void rules_refuse();
    void expression_isRefused_whenItTakesTooLong();
    void expressions_areLimitedInTime_allTogether();
    void choose_isQuick_forManyTags();
    void order_isStrict_overRandomTags();
    void choose_survives_randomText();
};

void TestTagbounds::rules_refuse_data()
{
    QTest::addColumn<TagRules>("rules");
    QTest::addColumn<QString>("field");
    const auto include = [](const QString &pattern) { return TagRules{.include = pattern}; };
    QTest::newRow("constraint") << TagRules{.constraint = QStringLiteral("newest")}
                                << QStringLiteral("constraint");
    QTest::newRow("long constraint") << TagRules{.constraint = QString(1'001, u' ')}
                                     << QStringLiteral("constraint");
    QTest::newRow("include") << include(QStringLiteral("a(")) << QStringLiteral("include");
    QTest::newRow("exclude") << TagRules{.exclude = QStringLiteral("[z-a]")} << QStringLiteral("exclude");
    QTest::newRow("long include") << include(QString(1'001, u'a')) << QStringLiteral("include");
    QTest::newRow("settings of the engine")
        << include(QStringLiteral("(*LIMIT_MATCH=4000000000)a")) << QStringLiteral("include");
    QTest::newRow("large when compiled")
        << include(QStringLiteral("((a{9999}){9999}){9999}")) << QStringLiteral("include");
    QTest::newRow("half a character") << include(QString(QChar(0xd800))) << QStringLiteral("include");
}

void TestTagbounds::rules_refuse()
{
    QFETCH(TagRules, rules);
    QFETCH(QString, field);
    const auto checked = domain::checkTagRules(rules);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, core::ErrorCode::InvalidArgument);
    QCOMPARE(checked.error().path, field);
    // Also where there is nothing to choose from.
    QVERIFY(!domain::chooseTag(QStringLiteral("latest"), {}, rules));
    QVERIFY(domain::checkTagRules({.constraint = QStringLiteral("^1"), .include = QStringLiteral("a(b)?")}));
}

void TestTagbounds::expression_isRefused_whenItTakesTooLong()
{
    const QString current = QString(100, u'z') + QStringLiteral("1.0");
    const std::vector<QString> tags{QString(100, u'z') + QStringLiteral("1.1")};
    const QString hostile = QStringLiteral("(z+)+$");
    const ProcessorTime time;
    for (const auto &[rules, field] : {std::pair{TagRules{.include = hostile}, QStringLiteral("include")},
             std::pair{TagRules{.exclude = hostile}, QStringLiteral("exclude")}}) {
        QVERIFY(domain::checkTagRules(rules));
        const auto choice = domain::chooseTag(current, tags, rules);
        QVERIFY(!choice);
        QCOMPARE(choice.error().code, core::ErrorCode::InvalidArgument);
        QCOMPARE(choice.error().path, field);
        QVERIFY(choice.error().message.contains(field));
    }
    QVERIFY(time.seconds() < 0.5);
}

void TestTagbounds::expressions_areLimitedInTime_allTogether()
{
    // Each search stays below the limit of one search.
    const QString prefix(100, u'z');
    std::vector<QString> tags;
    for (int i = 1; i <= 100'000; ++i) {
        tags.push_back(prefix + QString::number(i));
    }
    const TagRules rules{.include = QStringLiteral("^(z+)+!|^z*z*z*z*!|^(?:z|zz){0,16}!|[0-9]")};
    const ProcessorTime time;
    const auto choice = domain::chooseTag(prefix + u'0', tags, rules);
    QVERIFY(time.seconds() < 4);
    QVERIFY(choice || choice.error().path == QStringLiteral("include"));
}

void TestTagbounds::choose_isQuick_forManyTags()
{
    std::vector<QString> tags;
    for (int i = 0; i < 100'000; ++i) {
        tags.push_back(
            QStringLiteral("1.%1.%2-alpine3.%3-r%4").arg(i / 1'000).arg(i % 1'000).arg(i % 3).arg(i % 7));
    }
    const TagRules rules{.constraint = QStringLiteral("^1.2"),
        .include = QStringLiteral("^\\d+\\.\\d+.*-alpine"),
        .exclude = QStringLiteral("(?:beta|rc)\\d*$"),
        .family = TagFamily::Loose};
    const ProcessorTime time;
    const auto choice = chosen(QStringLiteral("1.1.0-alpine3.0-r0"), tags, rules);
#ifdef __SANITIZE_ADDRESS__
    constexpr double limit = 10;
#else
    constexpr double limit = 2;
#endif
    QVERIFY2(time.seconds() < limit, qPrintable(QString::number(time.seconds())));
    QVERIFY(choice.tag);
    QCOMPARE(choice.acceptable.size() + choice.rejected.size(), tags.size() + choice.acceptable.size() - 1);
}

void TestTagbounds::order_isStrict_overRandomTags()
{
    std::mt19937 random(11);
    const auto oneOf = [&random](const QStringList &parts) {
        return parts.at(static_cast<qsizetype>(random() % static_cast<unsigned>(parts.size())));
    };
    const auto split = [](const char *words) { return text(words).split(u' '); };
    QSet<QString> unique;
    while (unique.size() < 90) {
        unique.insert(oneOf(split("1.0 1.1 1.01 2.0 2024.1 10.0")) +
                      oneOf(split(" -rc1 -rc.2 rc10 -beta -alpha.1 b2 -dev-8f42488")) +
                      oneOf(split(" -alpine3.9 -alpine3.10 -alpine3.09")) + oneOf(split(" -r1 -r2 -r10")));
    }
    const std::vector<QString> tags(unique.begin(), unique.end());
    std::vector<std::vector<bool>> newer(tags.size(), std::vector<bool>(tags.size()));
    int pairs = 0;
    for (std::size_t a = 0; a < tags.size(); ++a) {
        for (std::size_t b = 0; b < tags.size(); ++b) {
            newer[a][b] = isNewer(tags[a], tags[b]);
            pairs += newer[a][b] ? 1 : 0;
        }
    }
    QVERIFY(pairs > 100);
    for (std::size_t a = 0; a < tags.size(); ++a) {
        for (std::size_t b = 0; b < tags.size(); ++b) {
            QVERIFY2(!(newer[a][b] && newer[b][a]), qPrintable(tags[a] + u' ' + tags[b]));
            for (std::size_t c = 0; newer[a][b] && c < tags.size(); ++c) {
                QVERIFY2(!newer[b][c] || newer[a][c], qPrintable(tags[a] + u' ' + tags[b] + u' ' + tags[c]));
            }
        }
        const auto choice = chosen(tags[a], tags, anyNewer);
        for (const QString &tag : choice.acceptable) {
            QVERIFY(isNewer(tag, tags[a]));
            QVERIFY(!isNewer(tag, *choice.tag));
        }
    }
}

void TestTagbounds::choose_survives_randomText()
{
    std::mt19937 random(3);
    static const QString letters =
        QStringLiteral("0123456789.-_.-_vabcdefrlsuT0Z1p20240501") + QChar(0x663) + QChar(0xd800) + u'+';
    const auto someTag = [&random] {
        QString tag;
        for (auto length = random() % 20; length > 0; --length) {
            tag += letters.at(static_cast<qsizetype>(random() % static_cast<unsigned>(letters.size())));
        }
        return tag;
    };
    int found = 0;
    for (int i = 0; i < 3'000; ++i) {
        const QString current = someTag();
        std::vector<QString> tags;
        for (int k = 0; k < 12; ++k) {
            QString tag = k % 3 == 0 ? someTag() : current;
            for (QChar &c : tag) {
                c = c.isDigit() && random() % 2 == 0 ? QChar(u'9') : c;
            }
            tags.push_back(tag);
        }
        const auto choice = chosen(current, tags, anyNewer);
        found += choice.tag ? 1 : 0;
        QCOMPARE(choice.tag.has_value(), choice.bump != Bump::None);
        QCOMPARE(choice.tag.has_value(), !choice.acceptable.empty());
        QVERIFY(!choice.tag || !isNewer(current, *choice.tag));
    }
    QVERIFY(found > 100);
}

QTEST_APPLESS_MAIN(TestTagbounds)
#include "tst_tagbounds.moc"
