#include "registryworld.h"

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;
using contracts::ChangeRegistry;
using contracts::CreateRegistry;
using contracts::NewRegistry;
using contracts::RegistryChange;
using core::ErrorCode;
using core::Secret;

Q_DECLARE_METATYPE(dockerauto::contracts::RegistryChange)

class RegistryServiceTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<World> w;

    void runContainer(const char *name, const char *image)
    {
        ports::ContainerRecord record;
        record.id = core::ContainerId(QString::fromLatin1(name));
        record.name = QString::fromLatin1(name);
        record.image = QString::fromLatin1(image);
        QVERIFY(w->storage.write(
            [&](ports::UnitOfWork &work) { return work.containers().saveObserved(record); }, soon()));
    }

private Q_SLOTS:
    void init() { w = std::make_unique<World>(); }

    void create_isAConflict_theSecondTime()
    {
        QVERIFY(dispatched<CreateRegistry>(w->bus, withPassword("a.example")));
        VERIFY_FAILS(dispatched<CreateRegistry>(w->bus, withPassword("https://A.example/")),
            ErrorCode::Conflict, "registry");
    }

    void secret_isSealed_andNeverComesBack()
    {
        const auto created = dispatched<CreateRegistry>(w->bus, withPassword("a.example"));
        QVERIFY(created);
        QCOMPARE(created->username, QStringLiteral("me"));
        QCOMPARE(created->secret, QStringLiteral("password"));
        QCOMPARE(created->credentialsFrom, QStringLiteral("this program"));
        const auto state = w->storage.state();
        const auto &record = state.registries.at(QStringLiteral("a.example"));
        QVERIFY(!record.sealedSecret.contains("hunter2"));
        QVERIFY(w->box.open(record.sealedSecret, "registries/a.example/secret"));
        const auto list = dispatched<contracts::ListRegistries>(w->bus, {});
        QVERIFY(list);
        for (const core::Json &answer : {contracts::encode(*created), contracts::encode(*list)}) {
            QVERIFY(core::writeJson(answer).find("hunter2") == std::string::npos);
        }
        for (const auto &entry : state.audit) {
            QVERIFY(core::writeJson(entry.detail).find("hunter2") == std::string::npos);
        }
    }

    void find_prefersWhatIsKeptHere()
    {
        const auto fromConfig = w->service.find(QStringLiteral("ghcr.io"), soon());
        QVERIFY(fromConfig && *fromConfig);
        QCOMPARE((*fromConfig)->username, QStringLiteral("octocat"));
        QVERIFY(dispatched<CreateRegistry>(w->bus, withPassword("ghcr.io")));
        const auto own = w->service.find(QStringLiteral("ghcr.io"), soon());
        QVERIFY(own && *own);
        QCOMPARE((*own)->username, QStringLiteral("me"));
        QCOMPARE((*own)->password.reveal(), QByteArray("hunter2"));
        QVERIFY((*own)->identityToken.isEmpty());
    }

    void find_givesAnIdentityToken()
    {
        NewRegistry request;
        request.registry = QStringLiteral("a.example");
        request.identityToken = QStringLiteral("token");
        QVERIFY(dispatched<CreateRegistry>(w->bus, request));
        const auto found = w->service.find(QStringLiteral("a.example"), soon());
        QVERIFY(found && *found);
        QCOMPARE((*found)->identityToken.reveal(), QByteArray("token"));
        QVERIFY((*found)->password.isEmpty());
    }

    void find_asksTheConfiguration_whenOnlySettingsAreKept()
    {
        NewRegistry request;
        request.registry = QStringLiteral("ghcr.io");
        request.mirrors = std::vector{QStringLiteral("mirror.example")};
        const auto created = dispatched<CreateRegistry>(w->bus, request);
        QVERIFY(created);
        QCOMPARE(created->secret, QStringLiteral("none"));
        QCOMPARE(created->credentialsFrom, QStringLiteral("config.json"));
    }

    void find_saysWhatToDo_whenTheSecretCannotBeOpened()
    {
        QVERIFY(dispatched<CreateRegistry>(w->bus, withPassword("ghcr.io")));
        security::SodiumSecretBox other({{"k1", Secret(QByteArray(32, 'x'))}}, "k1", w->randomness);
        application::RegistryService service(w->storage, other, w->config, w->feed, w->clock);
        const auto found = service.find(QStringLiteral("ghcr.io"), soon());
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Corrupt);
        QVERIFY(found.error().message.contains(QLatin1String("Give it again")));
    }

    void find_isAnError_whenASecretWasMoved()
    {
        QVERIFY(dispatched<CreateRegistry>(w->bus, withPassword("a.example")));
        QVERIFY(w->storage.write(
            [](ports::UnitOfWork &work) -> core::Result<> {
                DOCKERAUTO_TRY_ASSIGN(record, work.registries().find(QStringLiteral("a.example")));
                record.registry = QStringLiteral("evil.example");
                return work.registries().save(record);
            },
            soon()));
        QVERIFY(!w->service.find(QStringLiteral("evil.example"), soon()));
    }

    void change_keepsTheSecret_whenItGoesNowhereElse()
    {
        NewRegistry request = withPassword("a.example");
        request.realmHosts = std::vector{QStringLiteral("auth.example")};
        request.insecure = true;
        request.caCertificates = pem();
        QVERIFY(dispatched<CreateRegistry>(w->bus, request));
        RegistryChange change = changeOf("a.example");
        change.mirrors = {QStringLiteral("mirror.example"), QStringLiteral("https://mirror.example")};
        const auto changed = dispatched<ChangeRegistry>(w->bus, change);
        QVERIFY2(changed, changed ? "" : qPrintable(changed.error().message));
        QCOMPARE(changed->secret, QStringLiteral("password"));
        QCOMPARE(changed->mirrors, std::vector{QStringLiteral("mirror.example")});
        QVERIFY(changed->realmHosts.empty());
        QVERIFY(!changed->insecure);
        QVERIFY(changed->caCertificates.isEmpty());
        QVERIFY(w->service.find(QStringLiteral("a.example"), soon()));
    }

    void change_wantsTheSecretAgain_data()
    {
        QTest::addColumn<RegistryChange>("change");
        RegistryChange change = changeOf("a.example");
        change.username = QStringLiteral("somebody");
        QTest::newRow("user name") << change;
        change = changeOf("a.example");
        change.realmHosts = {QStringLiteral("auth.example"), QStringLiteral("evil.example")};
        QTest::newRow("another realm") << change;
        change = changeOf("a.example");
        change.insecure = true;
        QTest::newRow("insecure") << change;
        change = changeOf("a.example");
        change.caCertificates = pem('y');
        QTest::newRow("another authority") << change;
    }

    void change_wantsTheSecretAgain()
    {
        QFETCH(RegistryChange, change);
        NewRegistry request = withPassword("a.example");
        request.realmHosts = std::vector{QStringLiteral("auth.example")};
        request.caCertificates = pem('x');
        QVERIFY(dispatched<CreateRegistry>(w->bus, request));
        const auto before = w->service.optionsFor(QStringLiteral("a.example"));
        VERIFY_FAILS(dispatched<ChangeRegistry>(w->bus, change), ErrorCode::InvalidArgument, "password");
        QVERIFY(w->service.optionsFor(QStringLiteral("a.example")) == before);
        change.password = QStringLiteral("new");
        QVERIFY(dispatched<ChangeRegistry>(w->bus, change));
        const auto found = w->service.find(QStringLiteral("a.example"), soon());
        QVERIFY(found && *found);
        QCOMPARE((*found)->password.reveal(), QByteArray("new"));
    }

    void change_forgetsTheSecret_whenNobodyIsLeft()
    {
        QVERIFY(dispatched<CreateRegistry>(w->bus, withPassword("a.example")));
        RegistryChange change = changeOf("a.example");
        change.username.reset();
        const auto changed = dispatched<ChangeRegistry>(w->bus, change);
        QVERIFY(changed);
        QCOMPARE(changed->secret, QStringLiteral("none"));
        QVERIFY(w->storage.state().registries.at(QStringLiteral("a.example")).sealedSecret.isEmpty());
    }

    void change_forgetsTheSecret_whenAnEmptyOneIsGiven()
    {
        NewRegistry request;
        request.registry = QStringLiteral("a.example");
        request.identityToken = QStringLiteral("token");
        QVERIFY(dispatched<CreateRegistry>(w->bus, request));
        RegistryChange change = changeOf("a.example");
        change.identityToken = QString();
        VERIFY_FAILS(dispatched<ChangeRegistry>(w->bus, change), ErrorCode::InvalidArgument, "password");
        change.username.reset();
        const auto changed = dispatched<ChangeRegistry>(w->bus, change);
        QVERIFY(changed);
        QCOMPARE(changed->secret, QStringLiteral("none"));
    }

    void change_isNotFound_withoutSettings()
    {
        RegistryChange change;
        change.id = QStringLiteral("a.example");
        VERIFY_FAILS(dispatched<ChangeRegistry>(w->bus, change), ErrorCode::NotFound, "");
    }

    void remove_forgetsEverything()
    {
        NewRegistry request = withPassword("localhost:5000");
        request.insecure = true;
        QVERIFY(dispatched<CreateRegistry>(w->bus, request));
        QVERIFY(w->service.optionsFor(QStringLiteral("localhost:5000")).insecure);
        QVERIFY(dispatched<contracts::RemoveRegistry>(w->bus, {QStringLiteral("localhost:5000")}));
        QVERIFY(w->storage.state().registries.empty());
        QVERIFY(!w->service.optionsFor(QStringLiteral("localhost:5000")).insecure);
        VERIFY_FAILS(dispatched<contracts::RemoveRegistry>(w->bus, {QStringLiteral("localhost:5000")}),
            ErrorCode::NotFound, "");
        VERIFY_FAILS(dispatched<contracts::GetRegistry>(w->bus, {QStringLiteral("localhost:5000")}),
            ErrorCode::NotFound, "");
    }

    void options_areThere_afterARestart()
    {
        NewRegistry request;
        request.registry = QStringLiteral("a.example");
        request.mirrors = std::vector{QStringLiteral("b.example:5000"), QStringLiteral("c.example")};
        request.insecure = true;
        request.caCertificates = pem();
        request.realmHosts = std::vector{QStringLiteral("auth.example")};
        QVERIFY(dispatched<CreateRegistry>(w->bus, request));
        application::RegistryService again(w->storage, w->box, w->config, w->feed, w->clock);
        QVERIFY(again.optionsFor(QStringLiteral("a.example")) == ports::RegistryOptions());
        QVERIFY(again.load(soon()));
        const auto options = again.optionsFor(QStringLiteral("a.example"));
        QVERIFY(options == w->service.optionsFor(QStringLiteral("a.example")));
        QCOMPARE(
            options.mirrors, (std::vector{QStringLiteral("b.example:5000"), QStringLiteral("c.example")}));
        QVERIFY(options.insecure);
        QVERIFY(options.caCertificates.contains("BEGIN CERTIFICATE"));
        QCOMPARE(options.realmHosts, std::vector{QStringLiteral("auth.example")});
        QVERIFY(again.optionsFor(QStringLiteral("b.example:5000")) == ports::RegistryOptions());
    }

    void list_hasAllThatMatter_once()
    {
        QVERIFY(dispatched<CreateRegistry>(w->bus, withPassword("a.example")));
        runContainer("one", "nginx");
        runContainer("two", "someone/app");
        runContainer("three", "ghcr.io/owner/app");
        runContainer("four", "broken.example/app");
        runContainer("five", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        ports::RegistryTraffic paused = trafficOf("docker.io");
        paused.state = ports::RegistryTraffic::State::Paused;
        paused.detail = QStringLiteral("used up");
        paused.remaining = 0;
        w->registry.known = {paused, trafficOf("mirror.example")};
        const auto list = dispatched<contracts::ListRegistries>(w->bus, {});
        QVERIFY(list);
        QStringList shown;
        for (const auto &item : list->items) {
            shown.append(QStringLiteral("%1 %2 %3 %4 %5")
                             .arg(item.id, item.configured ? QStringLiteral("set") : QStringLiteral("seen"))
                             .arg(item.containers)
                             .arg(item.credentialsFrom, item.budget ? item.budget->state : QString()));
        }
        QCOMPARE(
            shown, (QStringList{QStringLiteral("a.example set 0 this program "),
                       QStringLiteral("broken.example seen 1  "), QStringLiteral("docker.io seen 2  paused"),
                       QStringLiteral("ghcr.io seen 1 config.json "),
                       QStringLiteral("mirror.example seen 0  open")}));
        QCOMPARE(list->items[2].budget->remaining, 0);
        QCOMPARE(list->items[2].budget->detail, QStringLiteral("used up"));
    }

    void test_saysWhatHappened()
    {
        w->registry.known = {trafficOf("docker.io")};
        const auto outcome = dispatched<contracts::TestRegistry>(
            w->bus, {QStringLiteral("index.docker.io"), QStringLiteral("nginx:1")});
        QVERIFY(outcome);
        QCOMPARE(w->registry.tested, QStringLiteral("docker.io library/nginx"));
        QVERIFY(outcome->usable && outcome->signedIn);
        QCOMPARE(outcome->detail, QStringLiteral("It works"));
        QVERIFY(outcome->budget);
        QCOMPARE(outcome->budget->limit, 100);
        VERIFY_FAILS(dispatched<contracts::TestRegistry>(
                         w->bus, {QStringLiteral("docker.io"), QStringLiteral("../x")}),
            ErrorCode::InvalidArgument, "repository");
    }

    void change_isTold()
    {
        std::vector<QString> types;
        const auto subscription = w->feed.subscribe({contracts::topics::updates}, std::nullopt,
            [&types](const contracts::Event &event) { types.push_back(event.type); });
        QVERIFY(dispatched<CreateRegistry>(w->bus, withPassword("a.example")));
        QVERIFY(dispatched<ChangeRegistry>(w->bus, changeOf("a.example")));
        QVERIFY(dispatched<contracts::RemoveRegistry>(w->bus, {QStringLiteral("a.example")}));
        VERIFY_FAILS(dispatched<ChangeRegistry>(w->bus, changeOf("a.example")), ErrorCode::NotFound, "");
        QCOMPARE(types, std::vector<QString>(3, contracts::events::planningChanged));
    }
};

QTEST_GUILESS_MAIN(RegistryServiceTest)
#include "tst_registryservice.moc"
