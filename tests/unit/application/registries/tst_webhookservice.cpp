#include "dispatched.h"

#include <application/registries/webhookservice.h>
#include <security/systemrandomness.h>
#include <testsupport/manualclock.h>
#include <testsupport/memorystorage.h>

#include <QCryptographicHash>
#include <QTest>

using namespace dockerauto;
using namespace std::chrono_literals;
using contracts::CallWebhook;
using contracts::CreateWebhook;
using core::CallContext;
using core::ErrorCode;
using core::Json;
using test::dispatched;

namespace {

CallContext soon()
{
    return {core::Deadline::in(30s), {}};
}

struct World
{
    World() { service.registerOperations(bus); }

    testsupport::MemoryStorage storage;
    security::SystemRandomness randomness;
    testsupport::ManualClock clock;
    std::vector<QString> checks;
    std::optional<ErrorCode> fault;
    application::WebhookService service{storage, randomness, clock,
        [this](const std::vector<QString> &ids, const CallContext &) -> core::Result<> {
            if (fault) {
                return core::fail(*fault, QStringLiteral("fault"));
            }
            checks.push_back(QStringList(ids.begin(), ids.end()).join(u','));
            return {};
        }};
    application::AuditTrail audit{storage, clock};
    application::OperationBus bus{audit, {.threads = 1, .maxQueued = 8, .timeout = 5s}};
};

/// As distribution tells it; without a host when that is empty.
Json push(const char *host, const char *repository, const char *tag)
{
    return Json{{"events",
        Json::array({Json{{"action", "push"}, {"target", {{"repository", repository}, {"tag", tag}}},
            {"request", {{"host", host}}}}})}};
}

} // namespace

class WebhookServiceTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<World> w;
    QString m_token;

    void runContainer(const char *id, const char *image, const char *tag)
    {
        ports::ContainerRecord record;
        record.id = core::ContainerId(QString::fromLatin1(id));
        record.name = QString::fromLatin1(id);
        record.image = QString::fromLatin1(image);
        record.tag = QString::fromLatin1(tag);
        QVERIFY(w->storage.write(
            [&](ports::UnitOfWork &work) { return work.containers().saveObserved(record); }, soon()));
    }

    QString newToken(const char *name)
    {
        const auto created = dispatched<CreateWebhook>(w->bus, {QString::fromLatin1(name)});
        return created && created->path ? created->path->section(u'/', -1) : QString();
    }

    /// The ids of the containers that are checked because of the message.
    QString checkedAfter(const Json &message)
    {
        const std::size_t before = w->checks.size();
        const auto answer = dispatched<CallWebhook>(w->bus, {m_token, message});
        if (!answer) {
            return answer.error().message;
        }
        const QString ids = w->checks.size() == before ? QString() : w->checks.back();
        return ids.count(u',') + (ids.isEmpty() ? 0 : 1) == answer->containers ? ids
                                                                               : QStringLiteral("miscounted");
    }

private Q_SLOTS:
    void init()
    {
        w = std::make_unique<World>();
        m_token = newToken("hub");
        QVERIFY(!m_token.isEmpty());
    }

    void create_showsTheAddressOnce()
    {
        const auto created = dispatched<CreateWebhook>(w->bus, {QStringLiteral(" harbor ")});
        QVERIFY(created);
        QCOMPARE(created->name, QStringLiteral("harbor"));
        QVERIFY(created->path);
        QVERIFY(created->path->startsWith(QLatin1String("/api/v1/webhooks/registry/")));
        const QString token = created->path->section(u'/', -1);
        QCOMPARE(token.size(), 43);
        QVERIFY(token != m_token);
        const auto list = dispatched<contracts::ListWebhooks>(w->bus, {});
        QVERIFY(list);
        QCOMPARE(list->items.size(), 2u);
        QVERIFY(!list->items[0].path && !list->items[1].path);
        const auto state = w->storage.state();
        const auto &record = state.webhooks.at(created->id);
        QCOMPARE(record.tokenHash, QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256));
    }

    void create_refuses_aMissingName()
    {
        const auto created = dispatched<CreateWebhook>(w->bus, {QStringLiteral("  ")});
        QVERIFY(!created);
        QCOMPARE(created.error().path, QStringLiteral("name"));
    }

    void call_isNotFound_withAnotherToken()
    {
        for (const QString &token : {QStringLiteral("x"), m_token.toLower(), m_token.chopped(1), QString()}) {
            const auto answer = dispatched<CallWebhook>(w->bus, {token, Json::object()});
            QVERIFY(!answer);
            QCOMPARE(answer.error().code, ErrorCode::NotFound);
            QVERIFY(token.isEmpty() || !answer.error().text().contains(token) || token.size() == 1);
        }
        QVERIFY(w->checks.empty());
    }

    void call_isNotFound_afterRemoval()
    {
        const auto list = dispatched<contracts::ListWebhooks>(w->bus, {});
        QVERIFY(dispatched<contracts::RemoveWebhook>(w->bus, {list->items.front().id}));
        const auto answer = dispatched<CallWebhook>(w->bus, {m_token, Json::object()});
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::NotFound);
    }

    void call_checksTheContainersOfTheImage_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("repository");
        QTest::addColumn<QByteArray>("tag");
        QTest::addColumn<QString>("ids");
        const auto row = [](const char *name, const char *host, const char *repository, const char *tag,
                             const char *ids) {
            QTest::newRow(name) << QByteArray(host) << QByteArray(repository) << QByteArray(tag)
                                << QString::fromLatin1(ids);
        };
        row("tag and newer version", "docker.io", "library/nginx", "latest", "a-latest,b-version");
        row("another tag", "docker.io", "library/nginx", "mainline", "b-version");
        row("another registry", "r.example:5000", "library/nginx", "latest", "d-other");
        row("unknown registry", "internal:5000", "team/app", "main", "e-app");
        row("unknown registry, another tag", "internal:5000", "team/app", "dev", "");
        row("no registry", "", "library/nginx", "latest", "a-latest,b-version,d-other");
        row("another repository", "docker.io", "library/redis", "latest", "");
        row("upper case in the host", "R.example:5000", "library/nginx", "latest", "d-other");
    }

    void call_checksTheContainersOfTheImage()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, repository);
        QFETCH(QByteArray, tag);
        QFETCH(QString, ids);
        runContainer("a-latest", "nginx", "latest");
        runContainer("b-version", "nginx", "1.25.3");
        runContainer("c-digest", "nginx", "");
        runContainer("d-other", "r.example:5000/library/nginx", "latest");
        runContainer("e-app", "proxy.example/team/app", "main");
        QCOMPARE(checkedAfter(push(host.constData(), repository.constData(), tag.constData())), ids);
    }

    void call_checksNothing_forOtherMessages()
    {
        runContainer("a", "nginx", "latest");
        for (const Json &message :
            {Json(), Json::object({{"zen", "Design for failure."}}), Json::array({1})}) {
            QCOMPARE(checkedAfter(message), QString());
        }
        QVERIFY(w->checks.empty());
    }

    void call_isMerged_withinTwoSeconds()
    {
        runContainer("a", "nginx", "latest");
        runContainer("b", "redis", "latest");
        const Json nginx = push("docker.io", "library/nginx", "latest");
        QCOMPARE(checkedAfter(nginx), QStringLiteral("a"));
        w->clock.advance(1900ms);
        QCOMPARE(checkedAfter(nginx), QString());
        QCOMPARE(checkedAfter(push("docker.io", "library/redis", "latest")), QStringLiteral("b"));
        w->clock.advance(100ms);
        QCOMPARE(checkedAfter(nginx), QStringLiteral("a"));
        QCOMPARE(w->checks.size(), 3u);
    }

    void call_isTriedAgain_afterAFailure()
    {
        runContainer("a", "nginx", "latest");
        const Json nginx = push("docker.io", "library/nginx", "latest");
        w->fault = ErrorCode::Unavailable;
        const auto failed = dispatched<CallWebhook>(w->bus, {m_token, nginx});
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::Unavailable);
        w->fault.reset();
        QCOMPARE(checkedAfter(nginx), QStringLiteral("a"));
    }

    void use_isNoted_onceAMinute()
    {
        const auto lastUse = [this] {
            return dispatched<contracts::ListWebhooks>(w->bus, {})->items.front().lastUsedAt;
        };
        QVERIFY(!lastUse());
        const auto first = w->clock.now();
        checkedAfter(Json::object());
        QVERIFY(lastUse() == first);
        w->clock.advance(59s);
        checkedAfter(Json::object());
        QVERIFY(lastUse() == first);
        w->clock.advance(1s);
        checkedAfter(Json::object());
        QVERIFY(lastUse() == w->clock.now());
    }
};

QTEST_GUILESS_MAIN(WebhookServiceTest)
#include "tst_webhookservice.moc"
