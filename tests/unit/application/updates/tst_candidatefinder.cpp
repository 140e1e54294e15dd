#include <testsupport/fakeclock.h>
#include <testsupport/fakeregistry.h>

#include <updates/candidatefinder.h>

#include <QTest>

#include <algorithm>

using namespace dockerauto;
using application::CandidateFinder;
using application::FindingReport;
using application::FindingRequest;
using core::Bump;
using core::ErrorCode;
using core::TagLevel;
using testsupport::FakeRegistry;
using Kind = domain::Finding::Kind;

namespace {

const QString repository = QStringLiteral("example.org/app");

core::CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(20)), {}};
}

core::Error error(ErrorCode code)
{
    return {code, QStringLiteral("the registry's reason"), {}, nullptr};
}

/// A registry, an image that runs from it, and a search.
struct Bench
{
    FakeRegistry registry;
    testsupport::FakeClock clock;
    application::RegistryAnswers answers{registry, clock};
    CandidateFinder finder{answers};
    FindingRequest request;

    /// What runs here is what this image was when it was pulled.
    void run(const QString &tag, const FakeRegistry::Image &image, const QString &pulledDigest = {})
    {
        request.reference = domain::ImageReference::parse(repository + u':' + tag).value();
        request.imageId = image.configDigest;
        request.repoDigests = {repository + u'@' + (pulledDigest.isEmpty() ? image.digest : pulledDigest)};
        request.platform = {QStringLiteral("linux"), QStringLiteral("amd64"), {}};
    }
    void publish(const QString &tag, const QString &digest) { registry.tag(repository + u':' + tag, digest); }
    FindingReport find() { return finder.find(request, clock.steadyNow(), soon()); }
};

} // namespace

class TestCandidateFinder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // No false update, whatever form the registry keeps the image in.
    void sameImage_isUpToDate_data()
    {
        QTest::addColumn<QString>("form");
        for (const char *form : {"single manifest", "index", "other platforms rebuilt", "nested index",
                 "attestations", "index that names the manifest that was pulled", "several RepoDigests",
                 "pulled as manifest, published as index"}) {
            QTest::newRow(form) << QString::fromLatin1(form);
        }
    }
    void sameImage_isUpToDate()
    {
        QFETCH(QString, form);
        Bench bench;
        auto &registry = bench.registry;
        const auto mine = registry.single(QStringLiteral("mine"));
        const auto arm = registry.single(QStringLiteral("arm"), QStringLiteral("arm64"));
        const auto arm2 = registry.single(QStringLiteral("arm2"), QStringLiteral("arm64"));
        const FakeRegistry::Entry amd{mine.digest, QStringLiteral("amd64")};
        const FakeRegistry::Entry other{arm.digest, QStringLiteral("arm64")};
        const FakeRegistry::Entry rebuilt{arm2.digest, QStringLiteral("arm64")};
        const QString index = registry.index({amd, other});
        QString published = index;
        QString pulled = index;
        if (form == QLatin1String("single manifest")) {
            published = pulled = mine.digest;
        } else if (form == QLatin1String("other platforms rebuilt")) {
            published = registry.index({amd, rebuilt});
        } else if (form == QLatin1String("nested index")) {
            const FakeRegistry::Entry inner{registry.index({amd}, QStringLiteral("inner")), {}, false, true};
            published = registry.index({inner, other});
        } else if (form == QLatin1String("attestations")) {
            published = registry.index({amd, other, {arm2.digest, {}, true}});
        } else if (form == QLatin1String("index that names the manifest that was pulled")) {
            pulled = mine.digest;
        } else if (form == QLatin1String("pulled as manifest, published as index")) {
            pulled = mine.digest;
            published = registry.index({amd}, QStringLiteral("new"));
        }
        bench.run(QStringLiteral("latest"), mine, pulled);
        if (form == QLatin1String("several RepoDigests")) {
            bench.request.repoDigests.insert(bench.request.repoDigests.begin(),
                {QStringLiteral("other.org/x@") + arm.digest, repository + u'@' + arm2.digest});
        }
        bench.publish(QStringLiteral("latest"), published);
        const auto report = bench.find();
        QVERIFY2(report.finding.kind == Kind::UpToDate, qPrintable(report.finding.why));
    }

    void anotherImage_isNewer_data()
    {
        QTest::addColumn<bool>("asIndex");
        QTest::newRow("single manifest") << false;
        QTest::newRow("index") << true;
    }
    void anotherImage_isNewer()
    {
        QFETCH(bool, asIndex);
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        const auto next = bench.registry.single(QStringLiteral("next"));
        bench.run(QStringLiteral("latest"), mine);
        const QString published =
            asIndex ? bench.registry.index({{next.digest, QStringLiteral("amd64")}}) : next.digest;
        bench.publish(QStringLiteral("latest"), published);
        const auto report = bench.find();
        QVERIFY(report.finding.kind == Kind::Newer);
        QCOMPARE(report.finding.candidateDigest, published);
        QCOMPARE(report.finding.candidateTag, QStringLiteral("latest"));
        QVERIFY(report.finding.bump == Bump::Build);
        QCOMPARE(bench.registry.count("TAGS"), 0);
    }

    void rebuiltForAnotherPlatformOnly_isNoUpdate()
    {
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        const auto arm = bench.registry.single(QStringLiteral("next"), QStringLiteral("arm64"));
        bench.run(QStringLiteral("latest"), mine);
        bench.publish(QStringLiteral("latest"), arm.digest);
        const auto report = bench.find();
        QVERIFY(report.finding.kind == Kind::Unknown);
        QVERIFY2(report.finding.why.contains(QStringLiteral("arm64")), qPrintable(report.finding.why));
    }

    void imageMadeHere_costsNoRequest()
    {
        Bench bench;
        bench.run(QStringLiteral("1.0"), bench.registry.single(QStringLiteral("mine")));
        bench.request.repoDigests.clear();
        QVERIFY(bench.find().finding.kind == Kind::Local);
        QVERIFY(bench.registry.requests.empty());
    }

    void imageGivenAnotherName_isLocal_unlessNobodyCanTell()
    {
        Bench bench;
        bench.run(QStringLiteral("1.0"), bench.registry.single(QStringLiteral("mine")));
        bench.request.repoDigests = {QStringLiteral("other.org/x@sha256:") + QString(64, u'1')};
        bench.publish(QStringLiteral("1.0"), bench.registry.single(QStringLiteral("theirs")).digest);
        bench.publish(QStringLiteral("1.1"), bench.registry.single(QStringLiteral("next")).digest);
        QVERIFY(bench.find().finding.kind == Kind::Local);
        bench.registry.failWith(repository + QStringLiteral(":1.0"), error(ErrorCode::Unavailable));
        bench.clock.advance(std::chrono::seconds(1));
        QVERIFY(bench.find().finding.kind == Kind::Unknown);
    }

    void digestReference_isNeverAnUpdateByDigest()
    {
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        bench.run(QStringLiteral("latest"), mine);
        bench.request.reference = bench.request.reference.withDigest(mine.digest);
        bench.publish(QStringLiteral("latest"), bench.registry.single(QStringLiteral("next")).digest);
        QVERIFY(bench.find().finding.kind == Kind::UpToDate);
        QVERIFY(bench.registry.requests.empty());
    }

    void digestReference_withVersionTag_hasSuccessors()
    {
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        bench.run(QStringLiteral("1.2.3"), mine);
        bench.request.reference = bench.request.reference.withDigest(mine.digest);
        bench.publish(QStringLiteral("1.2.3"), bench.registry.single(QStringLiteral("rebuilt")).digest);
        bench.publish(QStringLiteral("1.2.4"), bench.registry.single(QStringLiteral("next")).digest);
        const auto report = bench.find();
        QVERIFY(report.finding.kind == Kind::Newer);
        QCOMPARE(report.finding.candidateTag, QStringLiteral("1.2.4"));
        QVERIFY(report.finding.bump == Bump::Patch);
    }

    void newerTag_isPreferredToARebuild()
    {
        Bench bench;
        bench.run(QStringLiteral("1.2.3"), bench.registry.single(QStringLiteral("mine")));
        bench.publish(QStringLiteral("1.2.3"), bench.registry.single(QStringLiteral("rebuilt")).digest);
        bench.publish(QStringLiteral("1.3.0"), bench.registry.single(QStringLiteral("next")).digest);
        const auto report = bench.find();
        QCOMPARE(report.finding.candidateTag, QStringLiteral("1.3.0"));
        QVERIFY(report.finding.bump == Bump::Minor);
    }

    void floatingAlias_isNotOffered()
    {
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        bench.run(QStringLiteral("1.2.3"), mine);
        bench.publish(QStringLiteral("1.2.3"), mine.digest);
        bench.publish(QStringLiteral("1.2.4"), mine.digest);
        const auto report = bench.find();
        QVERIFY(report.finding.kind == Kind::UpToDate);
        QVERIFY(std::ranges::any_of(report.rejected, [](const domain::RejectedTag &tag) {
            return tag.tag == QStringLiteral("1.2.4") && tag.why.contains(QStringLiteral("same image"));
        }));
    }

    void tagForAnotherPlatform_isPassedOver_data()
    {
        QTest::addColumn<bool>("asIndex");
        QTest::newRow("single manifest") << false;
        QTest::newRow("index") << true;
    }
    void tagForAnotherPlatform_isPassedOver()
    {
        QFETCH(bool, asIndex);
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        const auto arm = bench.registry.single(QStringLiteral("arm"), QStringLiteral("arm64"));
        bench.run(QStringLiteral("1.2.3"), mine);
        bench.publish(QStringLiteral("1.2.3"), mine.digest);
        bench.publish(QStringLiteral("1.2.4"), bench.registry.single(QStringLiteral("next")).digest);
        bench.publish(QStringLiteral("1.2.5"),
            asIndex ? bench.registry.index({{arm.digest, QStringLiteral("arm64")}}) : arm.digest);
        const auto report = bench.find();
        QCOMPARE(report.finding.candidateTag, QStringLiteral("1.2.4"));
    }

    void skippedTag_isTakenOnlyWhenThereIsNothingElse()
    {
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        bench.run(QStringLiteral("1.2.3"), mine);
        bench.publish(QStringLiteral("1.2.3"), mine.digest);
        bench.publish(QStringLiteral("1.3.0"), bench.registry.single(QStringLiteral("b")).digest);
        bench.request.rules.unwanted = {QStringLiteral("1.3.0")};
        QCOMPARE(bench.find().finding.candidateTag, QStringLiteral("1.3.0"));
        bench.publish(QStringLiteral("1.2.9"), bench.registry.single(QStringLiteral("a")).digest);
        bench.clock.advance(std::chrono::seconds(1));
        QCOMPARE(bench.find().finding.candidateTag, QStringLiteral("1.2.9"));
    }

    void smallSteps_arePreferred_whereOnlyTheyBeginByThemselves()
    {
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        bench.run(QStringLiteral("1.2.3"), mine);
        bench.publish(QStringLiteral("1.2.3"), mine.digest);
        bench.publish(QStringLiteral("2.0.0"), bench.registry.single(QStringLiteral("big")).digest);
        bench.request.rules.preferred = TagLevel::Patch;
        QCOMPARE(bench.find().finding.candidateTag, QStringLiteral("2.0.0"));
        bench.clock.advance(std::chrono::seconds(1));
        bench.publish(QStringLiteral("1.2.4"), bench.registry.single(QStringLiteral("small")).digest);
        QCOMPARE(bench.find().finding.candidateTag, QStringLiteral("1.2.4"));
        bench.clock.advance(std::chrono::seconds(1));
        bench.publish(QStringLiteral("1.2.4"), mine.digest);
        bench.publish(QStringLiteral("1.2.3"), bench.registry.single(QStringLiteral("rebuilt")).digest);
        QCOMPARE(bench.find().finding.candidateTag, QStringLiteral("1.2.3"));
    }

    void levelNone_asksForNoTags()
    {
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        bench.run(QStringLiteral("1.2.3"), mine);
        bench.request.rules.tags.level = TagLevel::None;
        bench.publish(QStringLiteral("1.2.3"), mine.digest);
        bench.publish(QStringLiteral("1.2.4"), bench.registry.single(QStringLiteral("next")).digest);
        QVERIFY(bench.find().finding.kind == Kind::UpToDate);
        QCOMPARE(bench.registry.requests.size(), std::size_t(1));
    }

    void failure_isUnknown_andNeverUpToDate_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<ErrorCode>("code");
        for (const auto code : {ErrorCode::Unavailable, ErrorCode::Timeout, ErrorCode::RateLimited,
                 ErrorCode::Unauthenticated, ErrorCode::Corrupt}) {
            QTest::addRow("manifest %d", static_cast<int>(code))
                << repository + QStringLiteral(":1.2.3") << code;
            QTest::addRow("tags %d", static_cast<int>(code)) << repository << code;
        }
        QTest::newRow("candidate") << repository + QStringLiteral(":1.2.4") << ErrorCode::Unavailable;
    }
    void failure_isUnknown_andNeverUpToDate()
    {
        QFETCH(QString, subject);
        QFETCH(ErrorCode, code);
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        bench.run(QStringLiteral("1.2.3"), mine);
        bench.publish(QStringLiteral("1.2.3"), mine.digest);
        bench.publish(QStringLiteral("1.2.4"), bench.registry.single(QStringLiteral("next")).digest);
        bench.registry.failWith(subject, error(code));
        const auto report = bench.find();
        QVERIFY(report.finding.kind == Kind::Unknown);
        QVERIFY(report.finding.why.contains(QStringLiteral("the registry's reason")));
        bench.registry.recover();
        bench.clock.advance(std::chrono::seconds(1));
        QCOMPARE(bench.find().finding.candidateTag, QStringLiteral("1.2.4"));
    }

    void tagThatIsGone_leavesItsSuccessors()
    {
        Bench bench;
        bench.run(QStringLiteral("1.2.3"), bench.registry.single(QStringLiteral("mine")));
        bench.publish(QStringLiteral("1.2.4"), bench.registry.single(QStringLiteral("next")).digest);
        QCOMPARE(bench.find().finding.candidateTag, QStringLiteral("1.2.4"));
        Bench alone;
        alone.run(QStringLiteral("1.2.3"), alone.registry.single(QStringLiteral("mine")));
        QVERIFY(alone.find().finding.kind == Kind::Unknown);
    }

    void listedTagWithoutManifest_isPassedOver()
    {
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        bench.run(QStringLiteral("1.2.3"), mine);
        bench.publish(QStringLiteral("1.2.3"), mine.digest);
        bench.publish(QStringLiteral("1.2.4"), bench.registry.single(QStringLiteral("next")).digest);
        bench.publish(QStringLiteral("1.2.5"), QStringLiteral("sha256:lost"));
        QCOMPARE(bench.find().finding.candidateTag, QStringLiteral("1.2.4"));
    }

    void oneCheck_asksOnceForWhatManyWantToKnow()
    {
        Bench bench;
        const auto mine = bench.registry.single(QStringLiteral("mine"));
        bench.run(QStringLiteral("1.2.3"), mine);
        bench.publish(QStringLiteral("1.2.3"), mine.digest);
        bench.publish(QStringLiteral("1.2.4"), bench.registry.single(QStringLiteral("next")).digest);
        const auto start = bench.clock.steadyNow();
        for (int i = 0; i < 5; ++i) {
            QVERIFY(bench.finder.find(bench.request, start, soon()).finding.kind == Kind::Newer);
        }
        QCOMPARE(bench.registry.count("HEAD"), 2);
        QCOMPARE(bench.registry.count("TAGS"), 1);
        QCOMPARE(bench.registry.count("GET"), 1);
        // The next check looks again, but manifests under a digest never change.
        bench.clock.advance(std::chrono::seconds(1));
        QVERIFY(bench.find().finding.kind == Kind::Newer);
        QCOMPARE(bench.registry.count("HEAD"), 4);
        QCOMPARE(bench.registry.count("GET"), 1);
    }
};

QTEST_GUILESS_MAIN(TestCandidateFinder)
#include "tst_candidatefinder.moc"
