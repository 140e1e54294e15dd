#include "registryfixture.h"

#include <QElapsedTimer>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::registrytests;
using namespace std::chrono_literals;
using core::ErrorCode;

class MirrorsTest : public QObject
{
    Q_OBJECT

private:
    /// A registry that asks these mirrors first.
    static HttpImageRegistry::Settings with(const QString &registry, const std::vector<QString> &mirrors,
        ports::CredentialStore *credentials = nullptr)
    {
        return {credentials, [=](const QString &asked) {
                    return asked == registry ? ports::RegistryOptions{.mirrors = mirrors}
                                             : ports::RegistryOptions();
                }};
    }

private Q_SLOTS:
    void mirror_isAskedFirst_andAlone()
    {
        ScriptedHttpServer mirror(goodManifest);
        ScriptedHttpServer origin(goodManifest);
        HttpImageRegistry registry(with(origin.host(), {mirror.host()}), m_clock);
        QVERIFY(registry.head(image(origin.host()), within(10s)));
        QVERIFY(registry.get(image(origin.host()), within(10s)));
        QCOMPARE(mirror.requests().size(), 2U);
        QCOMPARE(mirror.requests().at(0).target, QByteArray("/v2/team/app/manifests/1.0"));
        QVERIFY(origin.requests().empty());
    }

    void next_isAsked_whenAMirrorHasNoAnswer_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {401, 403, 404, 500, 502, 503}) {
            QTest::newRow(qPrintable(QString::number(status))) << status;
        }
    }
    void next_isAsked_whenAMirrorHasNoAnswer()
    {
        QFETCH(const int, status);
        ScriptedHttpServer first([&](const Request &) { return answer(status); });
        ScriptedHttpServer second([&](const Request &) { return answer(status); });
        ScriptedHttpServer origin(goodManifest);
        HttpImageRegistry registry(with(origin.host(), {first.host(), second.host()}), m_clock);
        QVERIFY(registry.head(image(origin.host()), within(10s)));
        QCOMPARE(first.requests().size(), 1U);
        QCOMPARE(second.requests().size(), 1U);
        QCOMPARE(origin.requests().size(), 1U);
    }

    void registryItself_hasTheLastWord()
    {
        ScriptedHttpServer mirror([](const Request &) { return answer(500); });
        ScriptedHttpServer origin([](const Request &) { return answer(404); });
        const auto found = HttpImageRegistry(with(origin.host(), {mirror.host()}), m_clock)
                               .head(image(origin.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::NotFound));
        QVERIFY(found.error().message.contains(origin.host()));
    }

    void silentMirror_leavesTimeForTheOthers()
    {
        ScriptedHttpServer mirror([](const Request &) { return Reply{{}, Reply::Then::Hang}; });
        ScriptedHttpServer origin(goodManifest);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(HttpImageRegistry(with(origin.host(), {mirror.host()}), m_clock)
                    .head(image(origin.host()), within(1s)));
        QVERIFY(timer.elapsed() < 1000);
    }

    void deadMirror_isSkipped()
    {
        int port = 0;
        {
            ScriptedHttpServer gone(goodManifest);
            port = gone.port();
        }
        ScriptedHttpServer origin(goodManifest);
        HttpImageRegistry registry(with(origin.host(), {QStringLiteral("127.0.0.1:%1").arg(port)}), m_clock);
        for (int i = 0; i < 8; ++i) {
            QVERIFY(registry.head(image(origin.host()), within(10s)));
        }
        QCOMPARE(registry.traffic().size(), 2U);
        const auto broken = std::ranges::count(
            registry.traffic(), ports::RegistryTraffic::State::Broken, &ports::RegistryTraffic::state);
        QCOMPARE(int(broken), 1);
    }

    void credentials_ofTheRegistry_areNotTheMirrors()
    {
        const auto guarded = [](const Request &request) {
            return request.field("Authorization") == annasBasic
                       ? goodManifest(request)
                       : answer(401, {"WWW-Authenticate: Basic realm=x"});
        };
        ScriptedHttpServer mirror(guarded);
        ScriptedHttpServer origin(guarded);
        FixedCredentials annasOrigin(annasPassword(), origin.host());
        QVERIFY(HttpImageRegistry(with(origin.host(), {mirror.host()}, &annasOrigin), m_clock)
                    .head(image(origin.host()), within(10s)));
        for (const Request &request : mirror.requests()) {
            QVERIFY(request.field("Authorization").isEmpty());
        }
        FixedCredentials annasMirror(annasPassword(), mirror.host());
        const auto before = origin.requests().size();
        QVERIFY(HttpImageRegistry(with(origin.host(), {mirror.host()}, &annasMirror), m_clock)
                    .head(image(origin.host()), within(10s)));
        QCOMPARE(origin.requests().size(), before);
    }

    void tags_andBlobs_comeFromTheMirror()
    {
        const QByteArray body = "{}";
        ScriptedHttpServer mirror([&](const Request &request) {
            return request.target.contains("/blobs/") ? answer(200, {}, body)
                                                      : answer(200, {}, R"({"tags":["a"]})");
        });
        ScriptedHttpServer origin(goodManifest);
        HttpImageRegistry registry(with(origin.host(), {mirror.host()}), m_clock);
        QVERIFY(registry.tags(image(origin.host()), within(10s)));
        QVERIFY(registry.blob(image(origin.host()), QString::fromLatin1(digestOf(body)), 10, within(10s)));
        QVERIFY(origin.requests().empty());
    }

    void cancelled_isNotAskedElsewhere()
    {
        std::stop_source stop;
        ScriptedHttpServer mirror([&](const Request &) {
            stop.request_stop();
            return Reply{{}, Reply::Then::Hang};
        });
        ScriptedHttpServer origin(goodManifest);
        const auto found = HttpImageRegistry(with(origin.host(), {mirror.host()}), m_clock)
                               .head(image(origin.host()), {core::Deadline::in(30s), stop.get_token()});
        QCOMPARE(int(found.error().code), int(ErrorCode::Cancelled));
        QVERIFY(origin.requests().empty());
    }

private:
    testsupport::ManualClock m_clock;
};

QTEST_GUILESS_MAIN(MirrorsTest)
#include "tst_mirrors.moc"
