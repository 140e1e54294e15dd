#include <application/eventfeed.h>
#include <application/operationbus.h>
#include <contracts/operations.h>
#include <testsupport/fakeclock.h>
#include <testsupport/memorystorage.h>

#include <QTest>

#include <future>

using namespace dockerauto;
using application::CallEnvironment;
using application::OperationBus;
using contracts::Principal;
using core::ErrorCode;

class TestOperationBus : public QObject
{
    Q_OBJECT

private:
    struct Bench
    {
        Bench()
            : audit(storage, clock)
            , bus(audit, {.threads = 2, .maxQueued = 8, .timeout = std::chrono::seconds(5)})
        {
            bus.handle<contracts::GetContainer>(
                [this](const contracts::ContainerRef &request, const CallEnvironment &) {
                    ++handled;
                    contracts::Container container;
                    container.id = request.id;
                    return core::Result<contracts::Container>(container);
                });
            bus.handle<contracts::StopContainer>(
                [this](const contracts::ContainerRef &, const CallEnvironment &) {
                    ++handled;
                    auditedBefore = storage.state().audit.size();
                    return core::Result<contracts::Container>(
                        core::fail(ErrorCode::Conflict, QStringLiteral("it is being updated")));
                });
            bus.handle<contracts::GetMeta>(
                [](const contracts::Nothing &, const CallEnvironment &) -> core::Result<contracts::Meta> {
                    throw std::runtime_error("an inner detail");
                });
        }

        core::Result<core::Json> call(const char *operation, core::Json request, Principal principal)
        {
            std::promise<core::Result<core::Json>> answer;
            bus.dispatch(*contracts::findOperation(operation), std::move(request),
                {std::move(principal), QStringLiteral("r1"), QStringLiteral("127.0.0.1")},
                [&answer](core::Result<core::Json> result) { answer.set_value(std::move(result)); });
            return answer.get_future().get();
        }

        testsupport::MemoryStorage storage;
        testsupport::FakeClock clock;
        application::AuditTrail audit;
        std::atomic<int> handled = 0;
        std::atomic<std::size_t> auditedBefore = 0;
        OperationBus bus;
    };
    static Principal user(core::Role role)
    {
        return {Principal::Kind::User, core::UserId(QStringLiteral("u")), QStringLiteral("u@example.org"),
            role, {}};
    }

private Q_SLOTS:
    void call_isRefused_withoutTheRight_data()
    {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<int>("who");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("nobody reads") << QStringLiteral("containers.get") << -1 << ErrorCode::Unauthenticated;
        QTest::newRow("nobody stops")
            << QStringLiteral("containers.stop") << -1 << ErrorCode::Unauthenticated;
        QTest::newRow("nobody asks who it is")
            << QStringLiteral("auth.me") << -1 << ErrorCode::Unauthenticated;
        QTest::newRow("a viewer stops")
            << QStringLiteral("containers.stop") << static_cast<int>(core::Role::Viewer)
            << ErrorCode::PermissionDenied;
        QTest::newRow("a user without grants reads")
            << QStringLiteral("containers.get") << static_cast<int>(core::Role::User)
            << ErrorCode::PermissionDenied;
    }
    void call_isRefused_withoutTheRight()
    {
        QFETCH(QString, operation);
        QFETCH(int, who);
        QFETCH(ErrorCode, code);
        Bench bench;
        const auto answer = bench.call(operation.toUtf8().constData(), {{"id", "c"}},
            who < 0 ? Principal::anonymous() : user(static_cast<core::Role>(who)));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, code);
        QCOMPARE(bench.handled, 0);
        QVERIFY(bench.storage.state().audit.empty());
    }

    void call_reachesTheHandler_withTheRight()
    {
        Bench bench;
        for (const auto &who :
            {user(core::Role::Viewer), user(core::Role::Admin), Principal::localAdministrator()}) {
            const auto answer = bench.call("containers.get", {{"id", "c1"}}, who);
            QVERIFY(answer);
            QVERIFY((*answer)["id"] == "c1");
        }
        QCOMPARE(bench.handled, 3);
    }

    void call_isRefused_whenAFieldIsWrong()
    {
        Bench bench;
        const auto unknown =
            bench.call("containers.get", {{"id", "c"}, {"more", 1}}, user(core::Role::Admin));
        QCOMPARE(unknown.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(unknown.error().path, QStringLiteral("more"));
        const auto missing = bench.call("containers.get", core::Json::object(), user(core::Role::Admin));
        QCOMPARE(missing.error().path, QStringLiteral("id"));
        QCOMPARE(bench.handled, 0);
    }

    void change_isWrittenToTheAudit_beforeAndAfter()
    {
        Bench bench;
        QVERIFY(!bench.call("containers.stop", {{"id", "c1"}}, user(core::Role::Operator)));
        QCOMPARE(bench.auditedBefore, 1U);
        const auto audit = bench.storage.state().audit;
        QCOMPARE(audit.size(), 2U);
        QCOMPARE(audit[0].outcome, QStringLiteral("intent"));
        QCOMPARE(audit[1].outcome, QStringLiteral("Conflict"));
        QCOMPARE(audit[0].operation, QStringLiteral("containers.stop"));
        QCOMPARE(audit[0].resource, QStringLiteral("c1"));
        QCOMPARE(audit[0].actor, QStringLiteral("u@example.org"));
        QCOMPARE(audit[0].requestId, QStringLiteral("r1"));
    }

    void change_isNotMade_whenTheAuditCannotBeWritten()
    {
        Bench bench;
        bench.storage.setFault([] {
            return core::Result<>(core::fail(ErrorCode::Unavailable, QStringLiteral("the disk is full")));
        });
        const auto stopped = bench.call("containers.stop", {{"id", "c1"}}, user(core::Role::Admin));
        QCOMPARE(stopped.error().code, ErrorCode::Unavailable);
        QCOMPARE(bench.handled, 0);
        QVERIFY(bench.call("containers.get", {{"id", "c1"}}, user(core::Role::Admin)));
    }

    void handler_thatThrows_isAnInternalErrorWithoutItsWords()
    {
        Bench bench;
        const auto answer = bench.call("meta.get", core::Json::object(), user(core::Role::Admin));
        QCOMPARE(answer.error().code, ErrorCode::Internal);
        QCOMPARE(answer.error().text(), QStringLiteral("The program made a mistake"));
    }

    void missingHandlers_areNamed()
    {
        Bench bench;
        const auto missing = bench.bus.missingHandlers();
        QVERIFY(std::ranges::find(missing, QStringLiteral("updates.start")) != missing.end());
        QVERIFY(std::ranges::find(missing, QStringLiteral("containers.get")) == missing.end());
    }

    void feed_repeatsWhatWasMissed_orSaysResync()
    {
        testsupport::FakeClock clock;
        application::EventFeed feed(clock, 4);
        std::vector<contracts::Event> seen;
        std::optional<quint64> first;
        {
            const auto all = feed.subscribe({}, std::nullopt, [&](const contracts::Event &event) {
                first = first.value_or(event.seq);
                seen.push_back(event);
            });
            for (int i = 0; i < 3; ++i) {
                feed.publish(contracts::topics::updates, contracts::events::updateChanged, i);
            }
        }
        QCOMPARE(seen.size(), 3U);
        feed.publish(contracts::topics::containers, contracts::events::hostChanged, 3);
        QCOMPARE(seen.size(), 3U);
        const auto since = [&](quint64 seq) {
            std::vector<QString> types;
            const auto subscription = feed.subscribe({contracts::topics::updates}, seq,
                [&](const contracts::Event &event) { types.push_back(event.type); });
            return types;
        };
        QCOMPARE(since(*first).size(), 2U);
        QCOMPARE(since(seen.back().seq).size(), 0U);
        for (int i = 0; i < 4; ++i) {
            feed.publish(contracts::topics::updates, contracts::events::updateChanged, i);
        }
        QCOMPARE(since(*first), std::vector{contracts::events::resync});
        QCOMPARE(since(*first + 1'000'000), std::vector{contracts::events::resync});
        QCOMPARE(since(1), std::vector{contracts::events::resync});
    }

    void feed_knowsWhatIsWanted()
    {
        testsupport::FakeClock clock;
        application::EventFeed feed(clock);
        QVERIFY(!feed.isWanted(contracts::topics::monitoring));
        {
            const auto metrics = feed.subscribe(
                {contracts::topics::monitoring}, std::nullopt, [](const contracts::Event &) {});
            QVERIFY(feed.isWanted(contracts::topics::monitoring));
        }
        QVERIFY(!feed.isWanted(contracts::topics::monitoring));
    }
};

QTEST_GUILESS_MAIN(TestOperationBus)
#include "tst_operationbus.moc"
