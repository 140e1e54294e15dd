#include "registryfixture.h"

#include <testsupport/evilregistry.h>

#include <QElapsedTimer>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::registrytests;
using namespace std::chrono_literals;
using core::ErrorCode;
using testsupport::EvilRegistry;

namespace {

constexpr int fine = -1;

domain::ImageReference imageAt(const QString &host, const QString &repository)
{
    return {host, repository, QStringLiteral("1"), std::nullopt};
}

} // namespace

// Whatever a registry does: one image has an error in bounded time, no secret goes elsewhere, and no other
// registry is any the worse for it.
class EvilRegistryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trick_isABoundedError_andNothingMore_data()
    {
        QTest::addColumn<QString>("trick");
        QTest::addColumn<int>("head");
        QTest::addColumn<int>("get");
        QTest::addColumn<int>("tags");
        const auto row = [](const char *trick, int head, int get, int tags) {
            QTest::newRow(trick) << QString::fromLatin1(trick) << head << get << tags;
        };
        const auto all = [&](const char *trick, ErrorCode code) {
            row(trick, int(code), int(code), int(code));
        };
        all("endless-401", ErrorCode::Unauthenticated);
        all("foreign-realm", ErrorCode::Unauthenticated);
        row("foreign-redirect", fine, fine, fine);
        all("limit-seconds", ErrorCode::RateLimited);
        all("limit-date", ErrorCode::RateLimited);
        all("limit-text", ErrorCode::RateLimited);
        all("limit-bare", ErrorCode::RateLimited);
        all("status-500", ErrorCode::Unavailable);
        all("status-503", ErrorCode::Unavailable);
        all("hang", ErrorCode::Timeout);
        all("drip", ErrorCode::Timeout);
        all("truncated", ErrorCode::Corrupt);
        all("no-json", ErrorCode::Corrupt);
        row("wrong-digest", int(ErrorCode::Corrupt), int(ErrorCode::Corrupt), int(ErrorCode::Corrupt));
        all("gzip-bomb", ErrorCode::Corrupt);
        all("huge-headers", ErrorCode::Corrupt);
        row("many-tags", fine, fine, fine);
        row("null-tags", fine, fine, fine);
        row("link-loop", fine, fine, int(ErrorCode::Corrupt));
        row("link-elsewhere", fine, fine, int(ErrorCode::Corrupt));
        all("nothing-of-the-kind", ErrorCode::NotFound);
    }
    void trick_isABoundedError_andNothingMore()
    {
        QFETCH(const QString, trick);
        QFETCH(const int, head);
        QFETCH(const int, get);
        QFETCH(const int, tags);
        EvilRegistry evil;
        EvilRegistry good;
        const core::SystemClock clock;
        FixedCredentials anna(annasPassword(), evil.host());
        const auto code = [](const auto &result) { return result ? fine : int(result.error().code); };
        const auto reference = imageAt(evil.host(), QStringLiteral("evil/") + trick);
        HttpImageRegistry registry({&anna}, clock);
        const auto other = imageAt(good.host(), QStringLiteral("good/app"));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(code(registry.head(reference, within(400ms))), head);
        QCOMPARE(code(registry.get(reference, within(400ms))), get);
        QCOMPARE(code(registry.tags(reference, within(tags == fine ? 10s : 400ms))), tags);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        const auto unharmed = registry.head(other, within(5s));
        QVERIFY2(unharmed, unharmed ? "" : qPrintable(unharmed.error().text()));
        QCOMPARE(unharmed->digest.toLatin1(), EvilRegistry::goodDigest());
        QVERIFY2(evil.requests().size() <= 12, qPrintable(QString::number(evil.requests().size())));
        for (const Request &request : evil.atOtherHost()) {
            QVERIFY2(request.field("Authorization").isEmpty(), request.head.constData());
            QVERIFY(!QByteArray(request.target + request.head + request.body).contains("secret"));
        }
    }

    void otherImages_ofTheSameRegistry_goOn_data()
    {
        QTest::addColumn<QString>("trick");
        for (const char *trick : {"endless-401", "foreign-realm", "foreign-redirect", "truncated", "no-json",
                 "wrong-digest", "gzip-bomb", "huge-headers", "link-loop", "link-elsewhere", "hang"}) {
            QTest::newRow(trick) << QString::fromLatin1(trick);
        }
    }
    void otherImages_ofTheSameRegistry_goOn()
    {
        QFETCH(const QString, trick);
        EvilRegistry evil;
        const core::SystemClock clock;
        FixedCredentials anna(annasPassword(), evil.host());
        HttpImageRegistry registry({&anna}, clock);
        for (int i = 0; i < 6; ++i) {
            registry.get(imageAt(evil.host(), QStringLiteral("evil/") + trick), within(100ms));
        }
        const auto found = registry.head(imageAt(evil.host(), QStringLiteral("good/app")), within(5s));
        QVERIFY2(found, found ? "" : qPrintable(found.error().text()));
    }

    void errors_holdNoSecret()
    {
        EvilRegistry evil;
        const core::SystemClock clock;
        FixedCredentials anna(annasPassword("correct-horse"), evil.host());
        HttpImageRegistry registry({&anna}, clock);
        for (const char *trick : {"endless-401", "foreign-realm", "no-json"}) {
            const auto found = registry.get(
                imageAt(evil.host(), QStringLiteral("evil/") + QLatin1String(trick)), within(5s));
            QVERIFY(!found);
            QVERIFY(!found.error().text().contains(QStringLiteral("correct-horse")));
            QVERIFY(!found.error().text().contains(QStringLiteral("useless")));
        }
    }
};

QTEST_GUILESS_MAIN(EvilRegistryTest)
#include "tst_evilregistry.moc"
