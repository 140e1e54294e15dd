#include <application/audittrail.h>
#include <application/settings/settingsservice.h>
#include <contracts/operations.h>
#include <testsupport/fakeclock.h>
#include <testsupport/memorystorage.h>

#include <QTest>

#include <future>

using namespace dockerauto;
using core::ErrorCode;
using core::Json;

class TestSettingsService : public QObject
{
    Q_OBJECT

private:
    static core::CallContext soon() { return {core::Deadline::in(std::chrono::seconds(20)), {}}; }

    struct Bench
    {
        Bench()
            : settings(storage)
            , audit(storage, clock)
            , bus(audit, {.threads = 1, .maxQueued = 8, .timeout = std::chrono::seconds(5)})
        {
            settings.registerOperations(bus);
        }
        core::Result<Json> call(const char *operation, Json request, core::Role role = core::Role::Admin)
        {
            std::promise<core::Result<Json>> answer;
            const contracts::Principal caller{contracts::Principal::Kind::User,
                core::UserId(QStringLiteral("u")), QStringLiteral("u@example.org"), role, {}};
            bus.dispatch(*contracts::findOperation(operation), std::move(request),
                {caller, QStringLiteral("r1"), {}},
                [&answer](core::Result<Json> result) { answer.set_value(std::move(result)); });
            return answer.get_future().get();
        }
        core::Result<Json> change(Json request) { return call("settings.change", std::move(request)); }
        core::Result<Json> get() { return call("settings.get", Json::object()); }
        void store(const Json &value)
        {
            QVERIFY(storage.write(
                [&](ports::UnitOfWork &work) { return work.settings().set(QStringLiteral("server"), value); },
                soon()));
        }

        testsupport::MemoryStorage storage;
        testsupport::FakeClock clock;
        application::SettingsService settings;
        application::AuditTrail audit;
        application::OperationBus bus;
    };

private Q_SLOTS:
    void hooks_areOff_untilSomebodyAllowsThem()
    {
        Bench bench;
        const auto read = bench.get();
        QVERIFY(read);
        QVERIFY(*read == (Json{{"hooksEnabled", false}}));
        const auto current = bench.settings.current(soon());
        QVERIFY(current);
        QVERIFY(!current->hooksEnabled);
    }

    void change_isKept_andLeavesWhatIsAbsent()
    {
        Bench bench;
        const auto changed = bench.change({{"hooksEnabled", true}});
        QVERIFY(changed);
        QVERIFY(*changed == (Json{{"hooksEnabled", true}}));
        const auto untouched = bench.change(Json::object());
        QVERIFY(untouched);
        QVERIFY(*untouched == (Json{{"hooksEnabled", true}}));
        QVERIFY(*bench.get() == (Json{{"hooksEnabled", true}}));
        QVERIFY(bench.settings.current(soon())->hooksEnabled);
        QVERIFY(bench.change({{"hooksEnabled", false}}));
        QVERIFY(!bench.settings.current(soon())->hooksEnabled);
    }

    void change_refusesWhatItDoesNotKnow()
    {
        Bench bench;
        for (const Json &request : {Json{{"hooksEnabled", "yes"}}, Json{{"hooks", true}}}) {
            const auto refused = bench.change(request);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        }
        QVERIFY(!bench.settings.current(soon())->hooksEnabled);
    }

    void settings_areForAdministrators_data()
    {
        QTest::addColumn<core::Role>("role");
        QTest::addColumn<bool>("mayRead");
        QTest::addColumn<bool>("mayWrite");
        QTest::newRow("admin") << core::Role::Admin << true << true;
        QTest::newRow("operator") << core::Role::Operator << false << false;
        QTest::newRow("viewer") << core::Role::Viewer << true << false;
        QTest::newRow("user") << core::Role::User << false << false;
    }
    void settings_areForAdministrators()
    {
        QFETCH(core::Role, role);
        QFETCH(bool, mayRead);
        QFETCH(bool, mayWrite);
        Bench bench;
        QCOMPARE(bench.call("settings.get", Json::object(), role).has_value(), mayRead);
        QCOMPARE(bench.call("settings.change", {{"hooksEnabled", true}}, role).has_value(), mayWrite);
        QCOMPARE(bench.settings.current(soon())->hooksEnabled, mayWrite);
    }

    void settings_ofANewerVersion_areUnderstood()
    {
        Bench bench;
        bench.store({{"hooksEnabled", true}, {"later", 1}});
        QVERIFY(bench.settings.current(soon())->hooksEnabled);
    }

    void settings_thatAreDamaged_areAnErrorAndNoPermission()
    {
        Bench bench;
        bench.store({{"hooksEnabled", "true"}});
        QVERIFY(!bench.settings.current(soon()));
        QVERIFY(!bench.get());
    }
};

QTEST_GUILESS_MAIN(TestSettingsService)
#include "tst_settingsservice.moc"
