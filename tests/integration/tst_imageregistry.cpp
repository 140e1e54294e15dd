#include <testsupport/testimages.h>
#include <testsupport/testlab.h>

#include <core/clock.h>
#include <core/json.h>
#include <registry/httpimageregistry.h>

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>

using namespace dockerauto;
using namespace std::chrono_literals;
using core::ErrorCode;
using domain::ImageReference;
using registry::HttpImageRegistry;

namespace {

core::CallContext soon()
{
    return {core::Deadline::in(20s), {}};
}

class Anna final : public ports::CredentialStore
{
public:
    explicit Anna(const char *password) : m_password(password) {}
    core::Result<std::optional<ports::RegistryCredentials>> find(
        const QString &, const core::CallContext &) override
    {
        return ports::RegistryCredentials{QStringLiteral("anna"), m_password};
    }

private:
    core::Secret m_password;
};

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool runOpenssl(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("openssl"), arguments);
    return process.waitForFinished(20'000) && process.exitCode() == 0;
}

/// A registry of its own.
class OwnRegistry
{
public:
    /// One that lets in only anna, with the password `secret`.
    bool startGuarded()
    {
        const QString users = m_folder.filePath(QStringLiteral("htpasswd"));
        return write(users, "anna:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n") &&
               start(QStringLiteral("http: {addr: '127.0.0.1:0'}\n"
                                    "auth: {htpasswd: {realm: guarded, path: %1}}\n")
                         .arg(users));
    }
    /// One that speaks TLS, with a certificate that only its own authority vouches for.
    bool startWithTls()
    {
        const auto path = [this](const char *name) { return m_folder.filePath(QLatin1String(name)); };
        const auto text = [](const char *literal) { return QString::fromLatin1(literal); };
        return write(path("names"), "subjectAltName=IP:127.0.0.1\n") &&
               runOpenssl({text("req"), text("-x509"), text("-newkey"), text("ec"), text("-pkeyopt"),
                   text("ec_paramgen_curve:P-256"), text("-nodes"), text("-subj"), text("/CN=Test authority"),
                   text("-keyout"), path("ca.key"), text("-out"), path("ca.pem")}) &&
               runOpenssl({text("req"), text("-newkey"), text("ec"), text("-pkeyopt"),
                   text("ec_paramgen_curve:P-256"), text("-nodes"), text("-subj"), text("/CN=registry"),
                   text("-keyout"), path("key.pem"), text("-out"), path("request.pem")}) &&
               runOpenssl({text("x509"), text("-req"), text("-in"), path("request.pem"), text("-CA"),
                   path("ca.pem"), text("-CAkey"), path("ca.key"), text("-CAcreateserial"), text("-extfile"),
                   path("names"), text("-out"), path("cert.pem")}) &&
               start(QStringLiteral("http: {addr: '127.0.0.1:0', tls: {certificate: %1, key: %2}}\n")
                         .arg(path("cert.pem"), path("key.pem")));
    }
    [[nodiscard]] QByteArray authority() const { return read(m_folder.filePath(QStringLiteral("ca.pem"))); }
    ~OwnRegistry()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    [[nodiscard]] QString address() const { return m_address; }

private:
    bool start(const QString &options)
    {
        const QString config = m_folder.filePath(QStringLiteral("config.yml"));
        const QString text = QStringLiteral("version: 0.1\n"
                                            "log: {level: info}\n"
                                            "storage: {filesystem: {rootdirectory: %1/data}}\n")
                                 .arg(m_folder.path()) +
                             options;
        if (!write(config, text.toUtf8())) {
            return false;
        }
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("OTEL_TRACES_EXPORTER"), QStringLiteral("none"));
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral("docker-registry"), {QStringLiteral("serve"), config});
        return waitForAddress();
    }
    bool waitForAddress()
    {
        static const QRegularExpression form(QStringLiteral(R"(listening on (127\.0\.0\.1:[0-9]+))"));
        QByteArray log;
        while (m_process.waitForReadyRead(20'000)) {
            log += m_process.readAll();
            const auto match = form.match(QString::fromUtf8(log));
            if (match.hasMatch()) {
                m_address = match.captured(1);
                return true;
            }
        }
        qWarning("%s", log.constData());
        return false;
    }

    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_address;
};

} // namespace

#define VERIFY_RESULT(result)                                                                                \
    QVERIFY2(result.has_value(), qPrintable(result ? QString() : result.error().text()))

// Against the distribution project's own registry.
class ImageRegistryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto lab = testsupport::TestLab::fromEnvironment();
        VERIFY_RESULT(lab);
        m_lab = *lab;
    }

    void head_and_get_agree_withWhatWasPublished()
    {
        const auto published = publish(QStringLiteral("one"));
        VERIFY_RESULT(published);
        const auto reference = ImageReference::parse(published->reference);
        VERIFY_RESULT(reference);
        HttpImageRegistry registry({}, m_clock);
        const auto head = registry.head(*reference, soon());
        VERIFY_RESULT(head);
        QCOMPARE(head->digest, published->digest);
        const auto get = registry.get(*reference, soon());
        VERIFY_RESULT(get);
        QCOMPARE(get->digest, published->digest);
        QCOMPARE(get->mediaType, head->mediaType);
        QVERIFY(get->body.contains("schemaVersion"));
        const auto byDigest = registry.head(reference->withDigest(published->digest), soon());
        VERIFY_RESULT(byDigest);
        QCOMPARE(byDigest->digest, published->digest);
    }

    void head_noticesANewVersion_underTheSameTag()
    {
        const auto first = publish(QStringLiteral("one"));
        VERIFY_RESULT(first);
        HttpImageRegistry registry({}, m_clock);
        const auto reference = ImageReference::parse(first->reference);
        VERIFY_RESULT(registry.head(*reference, soon()));
        const auto second = publish(QStringLiteral("two"));
        VERIFY_RESULT(second);
        const auto head = registry.head(*reference, soon());
        VERIFY_RESULT(head);
        QVERIFY(head->digest != first->digest);
        QCOMPARE(head->digest, second->digest);
    }

    void head_isNotFound_forUnknownTagsAndNames()
    {
        const auto published = publish(QStringLiteral("one"));
        VERIFY_RESULT(published);
        HttpImageRegistry registry({}, m_clock);
        const auto known = ImageReference::parse(published->reference);
        const auto noTag = registry.head(known->withTag(QStringLiteral("no-such-tag")), soon());
        QVERIFY(!noTag);
        QCOMPARE(int(noTag.error().code), int(ErrorCode::NotFound));
        const auto noName =
            registry.head(*ImageReference::parse(m_lab->registry() + QStringLiteral("/no/such:1")), soon());
        QVERIFY(!noName);
        QCOMPARE(int(noName.error().code), int(ErrorCode::NotFound));
    }

    void signIn_decides_atAGuardedRegistry()
    {
        OwnRegistry guarded;
        QVERIFY(guarded.startGuarded());
        const auto reference = ImageReference::parse(guarded.address() + QStringLiteral("/team/app:1"));
        VERIFY_RESULT(reference);
        const auto codes = [&](ports::CredentialStore *credentials) {
            HttpImageRegistry registry({credentials}, m_clock);
            const auto head = registry.head(*reference, soon());
            const auto tags = registry.tags(*reference, soon());
            return std::pair(head ? -1 : int(head.error().code), tags ? -1 : int(tags.error().code));
        };
        const auto both = [](ErrorCode code) { return std::pair(int(code), int(code)); };
        Anna wrong("wrong");
        Anna right("secret");
        QCOMPARE(codes(nullptr), both(ErrorCode::Unauthenticated));
        QCOMPARE(codes(&wrong), both(ErrorCode::Unauthenticated));
        // Let in, to find nothing there.
        QCOMPARE(codes(&right), both(ErrorCode::NotFound));
    }

    void test_says_whoMaySignIn()
    {
        OwnRegistry guarded;
        QVERIFY(guarded.startGuarded());
        Anna wrong("wrong");
        Anna right("secret");
        const auto open = HttpImageRegistry({}, m_clock).test(m_lab->registry(), {}, soon());
        VERIFY_RESULT(open);
        QVERIFY2(open->usable && !open->signedIn, qPrintable(open->detail));
        const auto refused = HttpImageRegistry({&wrong}, m_clock).test(guarded.address(), {}, soon());
        VERIFY_RESULT(refused);
        QVERIFY2(!refused->usable && !refused->signedIn, qPrintable(refused->detail));
        const auto welcome = HttpImageRegistry({&right}, m_clock).test(guarded.address(), {}, soon());
        VERIFY_RESULT(welcome);
        QVERIFY2(welcome->usable && welcome->signedIn, qPrintable(welcome->detail));
        const auto missing =
            HttpImageRegistry({&right}, m_clock).test(guarded.address(), QStringLiteral("no/such"), soon());
        VERIFY_RESULT(missing);
        QVERIFY2(!missing->usable && missing->signedIn, qPrintable(missing->detail));
    }

    void certificate_mustBeTrusted_orExcused()
    {
        OwnRegistry guarded;
        QVERIFY(guarded.startWithTls());
        const auto reference = ImageReference::parse(guarded.address() + QStringLiteral("/team/app:1"));
        VERIFY_RESULT(reference);
        const auto headWith = [&](const ports::RegistryOptions &options) {
            return HttpImageRegistry({nullptr, [=](const QString &) { return options; }}, m_clock)
                .head(*reference, soon());
        };
        const auto stranger = headWith({});
        QVERIFY(!stranger);
        QCOMPARE(int(stranger.error().code), int(ErrorCode::Unavailable));
        QVERIFY2(stranger.error().message.contains(QStringLiteral("not trusted")),
            qPrintable(stranger.error().message));
        // Let in, to find nothing there.
        const auto vouched = headWith({.caCertificates = guarded.authority()});
        QVERIFY2(!vouched && vouched.error().code == ErrorCode::NotFound,
            vouched ? "" : qPrintable(vouched.error().message));
        const auto excused = headWith({.insecure = true});
        QVERIFY2(!excused && excused.error().code == ErrorCode::NotFound,
            excused ? "" : qPrintable(excused.error().message));
        const auto wrong = headWith({.caCertificates = "-----BEGIN CERTIFICATE-----\nAAAA\n"});
        QVERIFY2(!wrong && wrong.error().code == ErrorCode::Unavailable, "");
    }

    void certificate_isTrusted_asSoonAsItsAuthorityIsGiven()
    {
        OwnRegistry guarded;
        QVERIFY(guarded.startWithTls());
        const auto reference = ImageReference::parse(guarded.address() + QStringLiteral("/team/app:1"));
        ports::RegistryOptions options;
        HttpImageRegistry registry({nullptr, [&](const QString &) { return options; }}, m_clock);
        const auto code = [&] {
            const auto head = registry.head(*reference, soon());
            return head ? ErrorCode::Internal : head.error().code;
        };
        QCOMPARE(int(code()), int(ErrorCode::Unavailable));
        options.caCertificates = guarded.authority();
        QCOMPARE(int(code()), int(ErrorCode::NotFound));
        // Neither the connection nor the session that was made under it outlives it.
        options.caCertificates.clear();
        QCOMPARE(int(code()), int(ErrorCode::Unavailable));
    }

    void tags_areAllRead_inPagesOrNot()
    {
        const QString repository = QStringLiteral("registry-test/tags");
        std::vector<QString> expected;
        for (int i = 0; i < 5; ++i) {
            expected.push_back(QStringLiteral("v%1").arg(i));
            testsupport::ImageOptions options;
            options.repository = repository;
            options.tag = expected.back();
            VERIFY_RESULT(testsupport::TestImages(*m_lab).publish(options));
        }
        const auto reference = ImageReference::parse(m_lab->registry() + QLatin1Char('/') + repository);
        VERIFY_RESULT(reference);
        HttpImageRegistry registry({.tagsPerPage = 2}, m_clock);
        const auto tags = registry.tags(*reference, soon());
        VERIFY_RESULT(tags);
        auto sorted = *tags;
        std::ranges::sort(sorted);
        QCOMPARE(sorted, expected);
    }

    void blob_isTheConfig_ofTheImage()
    {
        const auto published = publish(QStringLiteral("one"));
        VERIFY_RESULT(published);
        const auto reference = ImageReference::parse(published->reference);
        HttpImageRegistry registry({}, m_clock);
        const auto manifest = registry.get(*reference, soon());
        VERIFY_RESULT(manifest);
        const auto json = core::parsePeerJson(manifest->body.toStdString());
        VERIFY_RESULT(json);
        const QString digest = core::textOf(core::memberOf(*json, "config"), "digest");
        const auto config = registry.blob(*reference, digest, 1'000'000, soon());
        VERIFY_RESULT(config);
        QVERIFY(config->contains("architecture"));
        const auto tooLong = registry.blob(*reference, digest, 10, soon());
        QVERIFY(!tooLong);
        QCOMPARE(int(tooLong.error().code), int(ErrorCode::Corrupt));
        const auto missing =
            registry.blob(*reference, QStringLiteral("sha256:") + QString(64, QLatin1Char('0')), 100, soon());
        QVERIFY(!missing);
        QCOMPARE(int(missing.error().code), int(ErrorCode::NotFound));
    }

private:
    core::Result<testsupport::PublishedImage> publish(const QString &marker)
    {
        testsupport::ImageOptions options;
        options.repository = QStringLiteral("registry-test/app");
        options.marker = marker;
        return testsupport::TestImages(*m_lab).publish(options);
    }

    core::SystemClock m_clock;
    std::optional<testsupport::TestLab> m_lab;
};

QTEST_GUILESS_MAIN(ImageRegistryTest)
#include "tst_imageregistry.moc"
