#include "jsontext.h"

#include <domain/imagereference.h>

#include <QTest>

using dockerauto::domain::ImageReference;
using Naming = ImageReference::Naming;

namespace {

const QString none = QStringLiteral("-");
const QString hex64(64, u'f');
const QString sha256 = QStringLiteral("sha256:") + hex64;

QString orNone(const std::optional<QString> &text)
{
    return text.value_or(none);
}

} // namespace

/// The grammar and the short names of the distribution project's reference package.
class ImageReferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exact_splits_data();
    void exact_splits();
    void exact_refuses_data();
    void exact_refuses();
    void familiar_completes_data();
    void familiar_completes();
    void familiar_refuses_data();
    void familiar_refuses();
    void request_isDigestThenTagThenLatest();
    void withTag_dropsTheDigest_withDigestKeepsTheTag();
};

void ImageReferenceTest::exact_splits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("digest");
    const auto row = [](const char *name, const QString &text, const QString &domain, const QString &path,
                         const QString &tag = none, const QString &digest = none) {
        QTest::newRow(name) << text << domain << path << tag << digest;
    };
    const auto at = [](const char *text) { return QString::fromLatin1(text); };
    row("lone name", at("test_com"), none, at("test_com"));
    row("lone name with dots is no domain", at("test.com:tag"), none, at("test.com"), at("tag"));
    row("port-like tag", at("test.com:5000"), none, at("test.com"), at("5000"));
    row("domain", at("test.com/repo:tag"), at("test.com"), at("repo"), at("tag"));
    row("port", at("test:5000/repo"), at("test:5000"), at("repo"));
    row("port and tag", at("test:5000/repo:1"), at("test:5000"), at("repo"), at("1"));
    row("digest", at("test:5000/repo@") + sha256, at("test:5000"), at("repo"), none, sha256);
    row("tag and digest", at("test:5000/repo:tag@") + sha256, at("test:5000"), at("repo"), at("tag"), sha256);
    row("first component that fits is the domain", at("foo/bar"), at("foo"), at("bar"));
    row("first component that does not fit", at("foo_bar/baz"), none, at("foo_bar/baz"));
    row("upper-case domain", at("Uppercase/lowercase:tag"), at("Uppercase"), at("lowercase"), at("tag"));
    row("upper-case tag", at("lowercase:Uppercase"), none, at("lowercase"), at("Uppercase"));
    row("several components", at("sub-dom1.foo.com/bar/baz/quux:x"), at("sub-dom1.foo.com"),
        at("bar/baz/quux"), at("x"));
    row("domain within the path", at("b.gcr.io/test.example.com/my-app:test.example.com"), at("b.gcr.io"),
        at("test.example.com/my-app"), at("test.example.com"));
    row("punycode", at("xn--n3h.com/myimage:xn--n3h.com"), at("xn--n3h.com"), at("myimage"),
        at("xn--n3h.com"));
    row("underscore before the dot", at("foo/foo_bar.com:8080"), at("foo"), at("foo_bar.com"), at("8080"));
    row("address alone", at("192.168.1.1:5000"), none, at("192.168.1.1"), at("5000"));
    row("address", at("192.168.1.1:5000/repo:5050"), at("192.168.1.1:5000"), at("repo"), at("5050"));
    row("IPv6", at("[2001:db8::1]/repo"), at("[2001:db8::1]"), at("repo"));
    row("IPv6 with port and tag", at("[2001:db8::1]:5000/repo:tag"), at("[2001:db8::1]:5000"), at("repo"),
        at("tag"));
    row("IPv6 with digest", at("[::1]:5000/repo@") + sha256, at("[::1]:5000"), at("repo"), none, sha256);
    row("separators", at("a.b_c__d---e/x"), none, at("a.b_c__d---e/x"));
    row("tag of 128 characters", at("a:") + QString(128, u'x'), none, at("a"), QString(128, u'x'));
    row("tag that starts with _", at("a:_x.-Y"), none, at("a"), at("_x.-Y"));
    row("path of 255 characters", at("a/") + QString(255, u'x'), at("a"), QString(255, u'x'));
    row("sha384", at("a@sha384:") + QString(96, u'0'), none, at("a"), none,
        at("sha384:") + QString(96, u'0'));
    row("sha512", at("a@sha512:") + QString(128, u'0'), none, at("a"), none,
        at("sha512:") + QString(128, u'0'));
    row("64 hexadecimal digits", hex64, none, hex64);
    row("digest without a name reads as a tag", sha256, none, at("sha256"), hex64);
}

void ImageReferenceTest::exact_splits()
{
    QFETCH(QString, text);
    const auto reference = ImageReference::parse(text, Naming::Exact);
    QVERIFY2(reference, reference ? "" : qPrintable(reference.error().message));
    QTEST(orNone(reference->domain), "domain");
    QTEST(reference->path, "path");
    QTEST(orNone(reference->tag), "tag");
    QTEST(orNone(reference->digest), "digest");
}

void ImageReferenceTest::exact_refuses_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    const auto at = [](const char *text) { return QString::fromUtf8(text); };
    row("empty", QString());
    row("tag alone", at(":justtag"));
    row("digest alone", at("@") + sha256);
    row("short sha256", at("repo@sha256:") + QString(34, u'f'));
    row("long sha256", at("repo@sha256:") + QString(65, u'f'));
    row("upper-case digits in a digest", at("repo@sha256:") + QString(64, u'F'));
    row("upper-case algorithm", at("repo@SHA256:") + hex64);
    row("unknown algorithm", at("repo@md5:") + QString(32, u'f'));
    row("unknown algorithm of the right length", at("validname@invaliddigest:") + hex64);
    row("upper-case name", at("Uppercase:tag"));
    row("upper case in the path", at("test:5000/Uppercase/lowercase:tag"));
    row("other characters", at("aa/asdf$$^/aa"));
    row("path of 256 characters", at("a/") + QString(256, u'x'));
    row("IPv6 alone", at("[2001:db8::1]"));
    row("IPv6 and port alone", at("[2001:db8::1]:5000"));
    row("IPv6 without brackets", at("fc00::1:5000/debian"));
    row("IPv6 zone", at("[fe80::1%eth0]:5000/repo"));
    row("IPv6 with IPv4", at("[2001:db8:3:4::192.0.2.33]:5000/debian"));
    row("empty brackets", at("[]:5000/debian"));
    row("open bracket", at("[::1/debian"));
    row("empty port", at("host:/x"));
    row("port of letters", at("host:abc/x"));
    row("tag of 129 characters", at("a:") + QString(129, u'x'));
    row("empty tag", at("a:"));
    row("tag that starts with a dot", at("a:.x"));
    row("tag that starts with a dash", at("a:-x"));
    row("empty digest", at("a@"));
    row("two digests", at("a@") + sha256 + at("@") + sha256);
    row("leading dash", at("-a"));
    row("trailing dash", at("a-/b_"));
    row("two dots", at("a..b"));
    row("three underscores", at("a___b"));
    row("mixed separators", at("a.-b"));
    row("leading slash", at("/a"));
    row("trailing slash", at("a/"));
    row("double slash", at("a//b"));
    row("blank", at(" a"));
    row("line end", at("a\n"));
    row("line end after the tag", at("a:b\n"));
    row("digits of another script", at("a:\u0661"));
    row("letters of another script", at("b\u00e4r"));
    row("scheme", at("https://github.com/docker/docker"));
}

void ImageReferenceTest::exact_refuses()
{
    QFETCH(QString, text);
    const auto reference = ImageReference::parse(text, Naming::Exact);
    QVERIFY(!reference);
    QCOMPARE(reference.error().code, dockerauto::core::ErrorCode::InvalidArgument);
    QVERIFY(!reference.error().message.isEmpty());
}

void ImageReferenceTest::familiar_completes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("repository");
    QTest::addColumn<QString>("familiarName");
    const auto row = [](const char *text, const char *repository, const char *familiar) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(repository)
                            << QString::fromLatin1(familiar);
    };
    row("ubuntu", "docker.io/library/ubuntu", "ubuntu");
    row("ubuntu:22.04", "docker.io/library/ubuntu", "ubuntu");
    row("library/ubuntu", "docker.io/library/ubuntu", "ubuntu");
    row("docker.io/ubuntu", "docker.io/library/ubuntu", "ubuntu");
    row("index.docker.io/ubuntu", "docker.io/library/ubuntu", "ubuntu");
    row("index.docker.io/fooo/bar", "docker.io/fooo/bar", "fooo/bar");
    row("nonlibrary/ubuntu", "docker.io/nonlibrary/ubuntu", "nonlibrary/ubuntu");
    row("library/foo/bar", "docker.io/library/foo/bar", "library/foo/bar");
    row("test_com/foo", "docker.io/test_com/foo", "test_com/foo");
    row("127.0.0.1:8000/private/moonbase", "127.0.0.1:8000/private/moonbase",
        "127.0.0.1:8000/private/moonbase");
    row("example.com/x", "example.com/x", "example.com/x");
    row("host:5000/x:1", "host:5000/x", "host:5000/x");
    row("localhost/x", "localhost/x", "localhost/x");
    row("localhost", "docker.io/library/localhost", "localhost");
    row("192.168.0.1:80", "docker.io/library/192.168.0.1", "192.168.0.1");
    row("Foo/bar", "Foo/bar", "Foo/bar");
    row("FOO/bar", "FOO/bar", "FOO/bar");
    row("[fc00::1]:5000/docker", "[fc00::1]:5000/docker", "[fc00::1]:5000/docker");
    row("lscr.io/linuxserver/sonarr", "lscr.io/linuxserver/sonarr", "lscr.io/linuxserver/sonarr");
    row("docker.io/1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a",
        "docker.io/library/1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a",
        "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a");
    row("dbcc1", "docker.io/library/dbcc1", "dbcc1");
}

void ImageReferenceTest::familiar_completes()
{
    QFETCH(QString, text);
    const auto reference = ImageReference::parse(text);
    QVERIFY2(reference, reference ? "" : qPrintable(reference.error().message));
    QTEST(reference->repository(), "repository");
    QTEST(reference->familiarName(), "familiarName");
    // What is shown means the same when it is read again, but for bare ids.
    if (reference->familiarName().size() != 64) {
        const auto again = ImageReference::parse(reference->familiar());
        QVERIFY(again);
        QVERIFY(*again == *reference);
    }
}

void ImageReferenceTest::familiar_refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "docker/Docker", "-docker", "-docker/docker", "docker///docker",
             "docker.io/docker/Docker", "[fc00::1]", "[fc00::1]:5000", "____/____", "_docker/_docker",
             "dock..er/docker", "dock_.er/docker", "docker/",
             "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
    QTest::newRow("too long with library/") << QString(248, u'x');
}

void ImageReferenceTest::familiar_refuses()
{
    QFETCH(QString, text);
    QVERIFY(!ImageReference::parse(text));
}

void ImageReferenceTest::request_isDigestThenTagThenLatest()
{
    const auto ask = [](const QString &text) { return ImageReference::parse(text)->requestReference(); };
    QCOMPARE(ask(QStringLiteral("a")), QStringLiteral("latest"));
    QCOMPARE(ask(QStringLiteral("a:1")), QStringLiteral("1"));
    QCOMPARE(ask(QStringLiteral("a:1@") + sha256), sha256);
    QCOMPARE(
        ImageReference::parse(QStringLiteral("a:1@") + sha256)->familiar(), QStringLiteral("a:1@") + sha256);
    QCOMPARE(orNone(ImageReference::parse(QStringLiteral("a@") + sha256)->tag), none);
}

void ImageReferenceTest::withTag_dropsTheDigest_withDigestKeepsTheTag()
{
    const auto reference = ImageReference::parse(QStringLiteral("a:1@") + sha256);
    QCOMPARE(reference->withTag(QStringLiteral("2")).familiar(), QStringLiteral("a:2"));
    const QString other = QStringLiteral("sha256:") + QString(64, u'0');
    QCOMPARE(reference->withDigest(other).familiar(), QStringLiteral("a:1@") + other);
}

QTEST_APPLESS_MAIN(ImageReferenceTest)
#include "tst_imagereference.moc"
