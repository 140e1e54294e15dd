#include "jsontext.h"

#include <domain/digestcomparison.h>

#include <QCryptographicHash>
#include <QTest>

using namespace dockerauto;
using core::Json;
using domain::DigestVerdict;
using domain::ImageReference;
using domain::Platform;
using domain::RemoteImage;

namespace {

const QString indexType = QStringLiteral("application/vnd.oci.image.index.v1+json");
const QString manifestType = QStringLiteral("application/vnd.oci.image.manifest.v1+json");

QString digest(char letter)
{
    return QStringLiteral("sha256:") + QString(64, QLatin1Char(letter));
}

Json child(char letter, const char *os, const char *architecture, const char *variant = "")
{
    Json platform{{"os", os}, {"architecture", architecture}};
    if (*variant != '\0') {
        platform["variant"] = variant;
    }
    return {{"mediaType", manifestType}, {"digest", digest(letter)}, {"platform", platform}};
}

RemoteImage remoteOf(const Json &document, const QString &mediaType = indexType)
{
    const QByteArray body = QByteArray::fromStdString(document.dump());
    const QByteArray hash = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
    return {QStringLiteral("sha256:") + QString::fromLatin1(hash), mediaType, body};
}

RemoteImage index(const std::vector<Json> &children)
{
    return remoteOf({{"schemaVersion", 2}, {"mediaType", indexType}, {"manifests", children}});
}

Platform platform(const char *os, const char *architecture, const char *variant = "")
{
    return {QString::fromLatin1(os), QString::fromLatin1(architecture), QString::fromLatin1(variant)};
}

QString in(const char *repository, char letter)
{
    return QString::fromLatin1(repository) + QLatin1Char('@') + digest(letter);
}

domain::DigestComparison compare(const char *image, const std::vector<QString> &repoDigests,
    const QString &imageId, const RemoteImage &remote, const Platform &wanted = platform("linux", "amd64"))
{
    return domain::compareDigests(
        *ImageReference::parse(QString::fromLatin1(image)), repoDigests, imageId, remote, wanted);
}

} // namespace

class DigestComparisonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digest_isLookedForInTheOwnRepository_data();
    void digest_isLookedForInTheOwnRepository();
    void index_isComparedByThePlatformsManifest_data();
    void index_isComparedByThePlatformsManifest();
    void index_skipsAttestations();
    void index_nested_isFollowed();
    void manifest_isComparedByItsConfig();
    void imageId_isADigest_withContainerd();
    void pinned_isNeverNewer();
    void body_mustMatchItsDigest();
    void body_givesTheDigest_whereNoneWasSent();
    void nothingKnown_isUnknown_neverCurrent();
    void next_isSaid_whereTheVerdictIsNotFinal();
};

void DigestComparisonTest::digest_isLookedForInTheOwnRepository_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QStringList>("repoDigests");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char *name, const char *image, const QStringList &repoDigests,
                         DigestVerdict verdict) {
        QTest::newRow(name) << QByteArray(image) << repoDigests << static_cast<int>(verdict);
    };
    row("same", "nginx:1", {in("nginx", 'a')}, DigestVerdict::Current);
    row("other", "nginx:1", {in("nginx", 'b')}, DigestVerdict::Newer);
    row("same, not the first", "nginx:1", {in("nginx", 'b'), in("nginx", 'a')}, DigestVerdict::Current);
    row("same, behind another repository", "nginx:1", {in("mirror.io/nginx", 'c'), in("nginx", 'a')},
        DigestVerdict::Current);
    row("same, written in full", "nginx:1", {in("docker.io/library/nginx", 'a')}, DigestVerdict::Current);
    row("same, by the old name of the hub", "nginx:1", {in("index.docker.io/library/nginx", 'a')},
        DigestVerdict::Current);
    row("only in another repository", "nginx:1", {in("mirror.io/library/nginx", 'a')}, DigestVerdict::Local);
    row("other here, same elsewhere", "nginx:1", {in("nginx", 'b'), in("mirror.io/nginx", 'a')},
        DigestVerdict::Newer);
    row("none", "nginx:1", {}, DigestVerdict::Local);
    row("not readable", "nginx:1", {QStringLiteral("<none>@<none>")}, DigestVerdict::Local);
    row("own registry", "host:5000/x", {in("host:5000/x", 'a')}, DigestVerdict::Current);
    row("same name, other port", "host:5000/x", {in("host:5001/x", 'a')}, DigestVerdict::Local);
}

void DigestComparisonTest::digest_isLookedForInTheOwnRepository()
{
    QFETCH(QByteArray, image);
    QFETCH(QStringList, repoDigests);
    const auto result = compare(image.constData(), {repoDigests.begin(), repoDigests.end()}, digest('9'),
        {digest('a'), manifestType, {}});
    QTEST(static_cast<int>(result.verdict), "verdict");
    QVERIFY(result.why.endsWith(u'.'));
}

void DigestComparisonTest::index_isComparedByThePlatformsManifest_data()
{
    QTest::addColumn<QByteArray>("children");
    QTest::addColumn<QByteArray>("architecture");
    QTest::addColumn<QByteArray>("variant");
    QTest::addColumn<int>("verdict");
    // The image that runs is known by the digest of its own manifest, a.
    const auto row = [](const char *name, const std::vector<Json> &children, const char *architecture,
                         const char *variant, DigestVerdict verdict) {
        QTest::newRow(name) << QByteArray::fromStdString(Json(children).dump()) << QByteArray(architecture)
                            << QByteArray(variant) << static_cast<int>(verdict);
    };
    using enum DigestVerdict;
    row("same for this platform", {child('b', "linux", "arm64"), child('a', "linux", "amd64")}, "amd64", "",
        Current);
    row("other for this platform", {child('b', "linux", "amd64"), child('a', "linux", "arm64")}, "amd64", "",
        Newer);
    row("same for another system", {child('a', "windows", "amd64"), child('b', "linux", "amd64")}, "amd64",
        "", Newer);
    row("not offered", {child('b', "linux", "arm64")}, "amd64", "", Unknown);
    row("empty index", {}, "amd64", "", Unknown);
    row("arm64 is v8", {child('a', "linux", "arm64", "v8")}, "arm64", "", Current);
    row("v8 is arm64", {child('a', "linux", "arm64")}, "arm64", "v8", Current);
    row("aarch64 is arm64", {child('a', "linux", "arm64")}, "aarch64", "", Current);
    row("arm is v7", {child('b', "linux", "arm", "v6"), child('a', "linux", "arm", "v7")}, "arm", "",
        Current);
    row("amd64 is v1", {child('b', "linux", "amd64", "v3"), child('a', "linux", "amd64", "v1")}, "amd64", "",
        Current);
    row("arm v7 takes v6 before v5", {child('b', "linux", "arm", "v5"), child('a', "linux", "arm", "v6")},
        "arm", "v7", Current);
    row("arm v8 takes v7", {child('b', "linux", "arm", "v6"), child('a', "linux", "arm", "v7")}, "arm", "v8",
        Current);
    row("arm v6 does not take v7", {child('a', "linux", "arm", "v7")}, "arm", "v6", Unknown);
    row("the better one counts", {child('a', "linux", "arm", "v6"), child('b', "linux", "arm", "v7")}, "arm",
        "v7", Newer);
    row("either of two that fit alike", {child('b', "linux", "amd64"), child('a', "linux", "amd64")}, "amd64",
        "", Current);
}

void DigestComparisonTest::index_isComparedByThePlatformsManifest()
{
    QFETCH(QByteArray, children);
    QFETCH(QByteArray, architecture);
    QFETCH(QByteArray, variant);
    const auto result = compare("nginx:1", {in("nginx", 'a')}, digest('9'),
        index(json(children.constData()).get<std::vector<Json>>()),
        platform("linux", architecture.constData(), variant.constData()));
    QTEST(static_cast<int>(result.verdict), "verdict");
}

void DigestComparisonTest::index_skipsAttestations()
{
    Json annotated = child('a', "linux", "amd64");
    annotated["annotations"] = {{"vnd.docker.reference.type", "attestation-manifest"}};
    const auto attested = compare("x", {in("x", 'a')}, digest('9'),
        index({child('b', "linux", "amd64"), child('a', "unknown", "unknown"), annotated}));
    QCOMPARE(attested.verdict, DigestVerdict::Newer);
    const auto only = compare("x", {in("x", 'a')}, digest('9'), index({child('a', "unknown", "unknown")}),
        platform("unknown", "unknown"));
    QCOMPARE(only.verdict, DigestVerdict::Unknown);
}

void DigestComparisonTest::index_nested_isFollowed()
{
    Json nested{{"mediaType", indexType}, {"digest", digest('c')}};
    QCOMPARE(compare("x", {in("x", 'a')}, digest('9'), index({nested})).verdict, DigestVerdict::Unknown);
    QCOMPARE(compare("x", {in("x", 'c')}, digest('9'), index({nested})).verdict, DigestVerdict::Current);
    const std::string inner = Json{{"manifests", {child('a', "linux", "amd64")}}}.dump();
    nested["data"] = QByteArray::fromStdString(inner).toBase64().toStdString();
    QCOMPARE(compare("x", {in("x", 'a')}, digest('9'), index({nested})).verdict, DigestVerdict::Current);
    QCOMPARE(compare("x", {in("x", 'b')}, digest('9'), index({nested})).verdict, DigestVerdict::Newer);
}

void DigestComparisonTest::manifest_isComparedByItsConfig()
{
    const RemoteImage manifest =
        remoteOf({{"config", {{"digest", digest('9')}}}, {"layers", Json::array()}}, manifestType);
    QCOMPARE(compare("x", {in("x", 'a')}, digest('9'), manifest).verdict, DigestVerdict::Current);
    QCOMPARE(compare("x", {in("x", 'a')}, digest('8'), manifest).verdict, DigestVerdict::Newer);
    QCOMPARE(compare("x", {in("x", 'a')}, QString(), manifest).verdict, DigestVerdict::Newer);
}

void DigestComparisonTest::imageId_isADigest_withContainerd()
{
    QCOMPARE(compare("x", {in("x", 'b')}, digest('a'), {digest('a'), indexType, {}}).verdict,
        DigestVerdict::Current);
    QCOMPARE(compare("x", {in("x", 'b')}, digest('a'), index({child('a', "linux", "amd64")})).verdict,
        DigestVerdict::Current);
}

void DigestComparisonTest::pinned_isNeverNewer()
{
    for (const QString &image : {in("x", 'b'), in("x:1", 'b')}) {
        const auto result =
            compare(image.toLatin1().constData(), {in("x", 'b')}, digest('9'), {digest('a'), indexType, {}});
        QCOMPARE(result.verdict, DigestVerdict::Current);
        QVERIFY(result.why.contains(QStringLiteral("pinned")));
    }
}

void DigestComparisonTest::body_mustMatchItsDigest()
{
    RemoteImage remote = index({child('a', "linux", "amd64")});
    remote.digest = digest('c');
    QCOMPARE(compare("x", {in("x", 'a')}, digest('9'), remote).verdict, DigestVerdict::Unknown);
    remote.digest = digest('a');
    QCOMPARE(compare("x", {in("x", 'a')}, digest('9'), remote).verdict, DigestVerdict::Unknown);
}

void DigestComparisonTest::body_givesTheDigest_whereNoneWasSent()
{
    RemoteImage remote = index({child('b', "linux", "amd64")});
    const QString real = remote.digest;
    remote.digest.clear();
    QCOMPARE(
        compare("x", {QStringLiteral("x@") + real}, digest('9'), remote).verdict, DigestVerdict::Current);
    QCOMPARE(compare("x", {in("x", 'a')}, digest('9'), remote).verdict, DigestVerdict::Newer);
}

void DigestComparisonTest::nothingKnown_isUnknown_neverCurrent()
{
    QCOMPARE(compare("x", {in("x", 'a')}, digest('9'), {}).verdict, DigestVerdict::Unknown);
    RemoteImage remote{{}, indexType, QByteArray("no JSON")};
    QCOMPARE(compare("x", {in("x", 'a')}, digest('9'), remote).verdict, DigestVerdict::Unknown);
    QCOMPARE(compare("x", {in("x", 'a')}, QString(), {}).verdict, DigestVerdict::Unknown);
}

void DigestComparisonTest::next_isSaid_whereTheVerdictIsNotFinal()
{
    const auto ask = [](const RemoteImage &remote) {
        return compare("x", {in("x", 'a')}, digest('9'), remote);
    };
    QVERIFY(ask({digest('b'), indexType, {}}).wantsBody);
    QVERIFY(ask({digest('b'), QString(), {}}).wantsBody);
    QVERIFY(!ask({digest('b'), manifestType, {}}).wantsBody);
    QVERIFY(!ask({digest('a'), indexType, {}}).wantsBody);
    QCOMPARE(ask(index({child('b', "linux", "amd64")})).wantsManifest, digest('b'));
    QVERIFY(!ask(index({child('b', "linux", "amd64")})).wantsBody);
    QVERIFY(ask(index({child('a', "linux", "amd64")})).wantsManifest.isEmpty());
}

QTEST_APPLESS_MAIN(DigestComparisonTest)
#include "tst_digestcomparison.moc"
