#include <credentials/dockerconfig.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace dockerauto;
using core::ErrorCode;
using credentials::DockerConfig;
using credentials::HelperAnswer;

class DockerConfigTest : public QObject
{
    Q_OBJECT

private:
    void write(const QByteArray &text)
    {
        QFile file(m_folder->filePath(QStringLiteral("config.json")));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
    }

    DockerConfig &config()
    {
        if (!m_config) {
            m_config = std::make_unique<DockerConfig>(
                m_environment, [this](const QString &, const QString &, const core::CallContext &) {
                    ++m_runs;
                    return core::Result<HelperAnswer>(m_answer);
                });
        }
        return *m_config;
    }

    core::Result<std::optional<ports::RegistryCredentials>> find(const char *registry = "example.com")
    {
        return config().find(
            QString::fromLatin1(registry), {core::Deadline::in(std::chrono::seconds(5)), {}});
    }

    static QByteArray entry(const QByteArray &user)
    {
        const QByteArray pair = user + ":secret";
        return QByteArray("{'auths': {'example.com': {'auth': '" + pair.toBase64() + "'}}}")
            .replace('\'', '"');
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_environment;
    std::unique_ptr<DockerConfig> m_config;
    HelperAnswer m_answer;
    int m_runs = 0;

private Q_SLOTS:
    void init()
    {
        m_config.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_environment = QProcessEnvironment();
        m_environment.insert(QStringLiteral("DOCKER_CONFIG"), m_folder->path());
        m_answer = {R"({"Username": "helped", "Secret": "s"})", 0};
        m_runs = 0;
    }

    void find_isAnonymous_withoutAFile()
    {
        const auto found = find();
        QVERIFY(found);
        QVERIFY(!*found);
    }

    void find_readsTheFile_inTheHomeFolder()
    {
        m_environment.clear();
        m_environment.insert(QStringLiteral("HOME"), m_folder->path());
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral(".docker")));
        QFile file(m_folder->filePath(QStringLiteral(".docker/config.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(entry("me"));
        file.close();
        const auto found = find();
        QVERIFY(found && *found);
        QCOMPARE((*found)->username, QStringLiteral("me"));
        QCOMPARE((*found)->source, QStringLiteral("config.json"));
    }

    void find_readsTheFileAgain_whenItHasChanged()
    {
        write(entry("first"));
        QCOMPARE((**find()).username, QStringLiteral("first"));
        write(entry("another"));
        QCOMPARE((**find()).username, QStringLiteral("another"));
        QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("config.json"))));
        QVERIFY(!*find());
    }

    void find_namesTheFile_whenItCannotBeUsed()
    {
        write("{");
        const auto broken = find();
        QVERIFY(!broken);
        QCOMPARE(broken.error().code, ErrorCode::Corrupt);
        QVERIFY(broken.error().message.contains(m_folder->path()));
    }

    void find_isAnError_whenTheFileCannotBeRead()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("config.json")));
        const auto found = find();
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Unavailable);
        QVERIFY(found.error().message.contains(m_folder->path()));
    }

    void find_prefersTheVariable_forRegistriesThatItNames()
    {
        write(R"({"auths": {"example.com": {"auth": "YTpi"}, "b.example": {"auth": "ZmlsZTpi"}}})");
        m_environment.insert(QStringLiteral("DOCKER_AUTH_CONFIG"), QString::fromUtf8(entry("preset")));
        const auto named = find();
        QVERIFY(named && *named);
        QCOMPARE((*named)->username, QStringLiteral("preset"));
        QCOMPARE((*named)->source, QStringLiteral("DOCKER_AUTH_CONFIG"));
        const auto other = find("b.example");
        QVERIFY(other && *other);
        QCOMPARE((*other)->username, QStringLiteral("file"));
    }

    void find_honoursOnlyAuth_inTheVariable()
    {
        m_environment.insert(QStringLiteral("DOCKER_AUTH_CONFIG"),
            QStringLiteral(R"({"credsStore": "x", "auths": {"example.com":
                {"username": "me", "password": "p", "identitytoken": "t"}}})"));
        const auto found = find();
        QVERIFY(found);
        QVERIFY(!*found);
        QCOMPARE(m_runs, 0);
    }

    void find_namesTheVariable_whenItCannotBeUsed()
    {
        m_environment.insert(QStringLiteral("DOCKER_AUTH_CONFIG"), QStringLiteral("{"));
        const auto found = find();
        QVERIFY(!found);
        QVERIFY(found.error().message.contains(QLatin1String("DOCKER_AUTH_CONFIG")));
    }

    void helper_isAskedOnce_whileTheFileStays()
    {
        write(R"({"credsStore": "pass"})");
        const auto found = find();
        QVERIFY(found && *found);
        QCOMPARE((*found)->username, QStringLiteral("helped"));
        QCOMPARE((*found)->source, QStringLiteral("docker-credential-pass"));
        QVERIFY(find());
        QCOMPARE(m_runs, 1);
        QVERIFY(find("b.example"));
        QCOMPARE(m_runs, 2);
        write(R"({"credsStore": "secretservice"})");
        QVERIFY(find());
        QCOMPARE(m_runs, 3);
    }

    void helper_isAskedOnce_whenItHasNone()
    {
        write(R"({"credsStore": "pass"})");
        m_answer = {"credentials not found in native keychain", 1};
        QVERIFY(find());
        QVERIFY(find());
        QCOMPARE(m_runs, 1);
    }

    void helper_isAskedAgain_whenItFailed()
    {
        write(R"({"credsStore": "pass"})");
        m_answer = {"locked", 1};
        QVERIFY(!find());
        m_answer = {R"({"Username": "helped", "Secret": "s"})", 0};
        const auto found = find();
        QVERIFY(found && *found);
    }
};

QTEST_APPLESS_MAIN(DockerConfigTest)
#include "tst_dockerconfig.moc"
