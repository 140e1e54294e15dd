#include <domain/imagemanifest.h>

#include <core/json.h>

#include <QTest>

using namespace dockerauto;
using core::Json;
using domain::Platform;

namespace {

const char *ociIndex = "application/vnd.oci.image.index.v1+json";
const char *ociManifest = "application/vnd.oci.image.manifest.v1+json";

Json entry(const char *digest, const char *os, const char *architecture, const char *variant = "")
{
    return {{"digest", digest}, {"mediaType", ociManifest},
        {"platform", {{"os", os}, {"architecture", architecture}, {"variant", variant}}}};
}

domain::ManifestDocument indexOf(std::initializer_list<Json> entries)
{
    const Json body{{"schemaVersion", 2}, {"mediaType", ociIndex}, {"manifests", entries}};
    return domain::readManifest(QByteArray::fromStdString(body.dump())).value();
}

} // namespace

class TestImageManifest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manifest_isRead_withLayersAndConfig()
    {
        const Json body{{"schemaVersion", 2}, {"config", {{"digest", "sha256:c"}, {"size", 7}}},
            {"layers", {{{"digest", "sha256:1"}, {"size", 100}}, {{"digest", "sha256:2"}, {"size", 50}}}},
            {"annotations", {{"org.opencontainers.image.version", "1.2"}}}};
        const auto read = domain::readManifest(QByteArray::fromStdString(body.dump()));
        QVERIFY(read);
        QVERIFY(!read->isIndex);
        QCOMPARE(read->configDigest, QStringLiteral("sha256:c"));
        QCOMPARE(read->configSizeBytes, 7);
        QCOMPARE(read->layers.size(), std::size_t(2));
        QCOMPARE(read->layers.front().sizeBytes, 100);
        QCOMPARE(read->version, QStringLiteral("1.2"));
    }

    void entry_isTheBestForThePlatform_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("variant");
        QTest::addColumn<QString>("digest");
        QTest::newRow("exact") << "amd64"
                               << ""
                               << "sha256:amd64";
        QTest::newRow("default variant") << "arm64"
                                         << "v8"
                                         << "sha256:arm64";
        QTest::newRow("falls back") << "arm"
                                    << "v7"
                                    << "sha256:armv6";
        QTest::newRow("does not climb") << "arm"
                                        << "v5"
                                        << "";
        QTest::newRow("not there") << "riscv64"
                                   << ""
                                   << "";
        QTest::newRow("an attestation is no image") << "unknown"
                                                    << ""
                                                    << "";
    }
    void entry_isTheBestForThePlatform()
    {
        QFETCH(QString, architecture);
        QFETCH(QString, variant);
        QFETCH(QString, digest);
        const auto index = indexOf({entry("sha256:att", "unknown", "unknown"),
            entry("sha256:win", "windows", "amd64"), entry("sha256:amd64", "linux", "amd64"),
            entry("sha256:arm64", "linux", "arm64"), entry("sha256:armv6", "linux", "arm", "v6")});
        const auto found = domain::entryFor(index, Platform{QStringLiteral("linux"), architecture, variant});
        QCOMPARE(found ? found->digest : QString(), digest);
    }

    void entry_isTheNestedIndex_whenNothingElseFits()
    {
        Json nested{{"digest", "sha256:nested"}, {"mediaType", ociIndex}};
        const auto index = indexOf({nested, entry("sha256:amd64", "linux", "amd64")});
        const Platform arm{QStringLiteral("linux"), QStringLiteral("arm64"), {}};
        QCOMPARE(domain::entryFor(index, arm)->digest, QStringLiteral("sha256:nested"));
        const Platform amd{QStringLiteral("linux"), QStringLiteral("amd64"), {}};
        QCOMPARE(domain::entryFor(index, amd)->digest, QStringLiteral("sha256:amd64"));
    }

    void garbage_isCorrupt_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("html") << QByteArray("<html>");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("an object of something else") << QByteArray("{\"a\":1}");
        QTest::newRow("cut") << QByteArray("{\"layers\":[{");
        Json many = Json::array();
        for (int i = 0; i < 2'000; ++i) {
            many.push_back(Json{{"digest", "sha256:x"}});
        }
        QTest::newRow("thousands of layers") << QByteArray::fromStdString(Json{{"layers", many}}.dump());
    }
    void garbage_isCorrupt()
    {
        QFETCH(QByteArray, body);
        const auto read = domain::readManifest(body);
        QVERIFY(!read);
        QCOMPARE(read.error().code, core::ErrorCode::Corrupt);
    }

    void sizes_ofNonsense_areZero()
    {
        const auto read = domain::readManifest(
            R"({"config":{"size":-5},"layers":[{"digest":"a","size":"big"},{"digest":"b","size":1e300}]})");
        QVERIFY(read);
        QCOMPARE(read->configSizeBytes, 0);
        QCOMPARE(read->layers.at(0).sizeBytes, 0);
        QCOMPARE(read->layers.at(1).sizeBytes, 0);
    }
};

QTEST_APPLESS_MAIN(TestImageManifest)
#include "tst_imagemanifest.moc"
