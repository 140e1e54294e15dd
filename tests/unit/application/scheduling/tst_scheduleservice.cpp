#include "planningworld.h"

#include <application/operationbus.h>
#include <contracts/codec.h>

#include <future>

using namespace dockerauto;
using namespace dockerauto::tests;
using application::OperationBus;
using core::Json;

/// The service behind the only door, as its callers see it.
struct Service
{
    explicit Service(World &world)
        : audit(world.storage, world.clock)
        , bus(audit, {.threads = 1})
        , feed(world.clock)
        , service(world.storage, world.calendars, feed, world.clock, happened.actions())
        , subscription(feed.subscribe({}, std::nullopt,
              [this](const contracts::Event &event) { events.append(event.topic + u' ' + event.type); }))
    {
        service.registerOperations(bus);
    }
    ~Service()
    {
        service.stop();
        bus.stop();
    }

    core::Result<Json> call(const char *operation, const Json &request)
    {
        const contracts::Principal principal{contracts::Principal::Kind::User,
            core::UserId(QStringLiteral("u")), QStringLiteral("u@example.org"), core::Role::Admin, {}};
        std::promise<core::Result<Json>> answer;
        bus.dispatch(*contracts::findOperation(operation), request,
            {principal, QStringLiteral("r1"), QStringLiteral("127.0.0.1")},
            [&answer](core::Result<Json> result) { answer.set_value(std::move(result)); });
        return answer.get_future().get();
    }
    /// The reply, which must be none of failure.
    Json reply(const char *operation, const Json &request)
    {
        const auto result = call(operation, request);
        if (!result) {
            qWarning("%s: %s", operation, qPrintable(result.error().text()));
            return {};
        }
        return *result;
    }
    /// `code path`
    QString refusal(const char *operation, const Json &request)
    {
        const auto result = call(operation, request);
        return result
                   ? QStringLiteral("accepted")
                   : QString::fromUtf8(core::toText(result.error().code).data()) + u' ' + result.error().path;
    }

    Happened happened;
    application::AuditTrail audit;
    OperationBus bus;
    application::EventFeed feed;
    application::ScheduleService service;
    QStringList events;
    std::unique_ptr<contracts::EventSource::Subscription> subscription;
};

class TestScheduleService : public QObject
{
    Q_OBJECT

private:
    static QString shown(const Json &value) { return QString::fromStdString(value.dump()); }
    static Json nightly() { return {{"name", " Nightly "}, {"action", "check"}, {"cron", "0 3 * * *"}}; }

private Q_SLOTS:
    void schedule_isMade_withDefaults();
    void schedule_isReplacedAndRemoved();
    void schedule_forgetsOldSlots_whenItsTimesChange();
    void schedule_isRefused_withTheFieldThatIsWrong_data();
    void schedule_isRefused_withTheFieldThatIsWrong();
    void schedule_runsSoon_whenAsked();
    void preview_showsRuns();
    void preview_isRefused_withTheFieldThatIsWrong_data();
    void preview_isRefused_withTheFieldThatIsWrong();
    void window_isMadeReplacedAndRemoved();
    void window_keepsItsCalendar_whenNoneIsGiven();
    void window_isRefused_withTheFieldThatIsWrong_data();
    void window_isRefused_withTheFieldThatIsWrong();
    void change_concernsTheContainersOfOldAndNewScope();
    void upcoming_showsWhatHappens_andWhy();
    void upcoming_isBounded();
};

void TestScheduleService::schedule_isMade_withDefaults()
{
    World world;
    world.add(QStringLiteral("a"));
    Service service(world);
    const Json made = service.reply("schedules.create", nightly());
    QCOMPARE(shown(made["name"]), QStringLiteral("\"Nightly\""));
    QCOMPARE(shown(made["zone"]), QStringLiteral("\"UTC\""));
    QCOMPARE(shown(made["enabled"]), QStringLiteral("true"));
    QCOMPARE(shown(made["missed"]), QStringLiteral("\"run_once\""));
    QCOMPARE(shown(made["jitterSeconds"]), QStringLiteral("0"));
    QCOMPARE(shown(made["scope"]), QStringLiteral(R"({"kind":"all","value":null})"));
    QCOMPARE(shown(made["containers"]), QStringLiteral("1"));
    QCOMPARE(made["nextRuns"].size(), 5u);
    QCOMPARE(shown(made["nextRuns"][0]), QStringLiteral("\"2025-06-02T03:00:00.000Z\""));
    QCOMPARE(shown(made["lastRunAt"]), QStringLiteral("null"));
    QVERIFY(service.events.contains(QStringLiteral("updates planning.changed")));
    QCOMPARE(shown(service.reply("schedules.get", {{"id", made["id"]}})), shown(made));
    QCOMPARE(shown(service.reply("schedules.list", Json::object())["items"]), shown(Json::array({made})));
}

void TestScheduleService::schedule_isReplacedAndRemoved()
{
    World world;
    Service service(world);
    const Json made = service.reply("schedules.create", nightly());
    Json change{{"id", made["id"]}, {"name", "Weekly"}, {"enabled", false}, {"action", "update"},
        {"cron", "@weekly"}, {"zone", "Europe/Berlin"}, {"scope", {{"kind", "project"}, {"value", "shop"}}},
        {"jitterSeconds", 60}, {"missed", "skip"}};
    const Json changed = service.reply("schedules.change", change);
    QCOMPARE(shown(changed["name"]), QStringLiteral("\"Weekly\""));
    QCOMPARE(shown(changed["nextRuns"]), QStringLiteral("[]"));
    QCOMPARE(shown(changed["scope"]["value"]), QStringLiteral("\"shop\""));
    QCOMPARE(shown(changed["containers"]), QStringLiteral("0"));
    QVERIFY(service.call("schedules.remove", {{"id", made["id"]}}));
    QCOMPARE(service.refusal("schedules.get", {{"id", made["id"]}}), QStringLiteral("NotFound "));
    QCOMPARE(service.refusal("schedules.change", change), QStringLiteral("NotFound "));
    QCOMPARE(service.refusal("schedules.remove", {{"id", made["id"]}}), QStringLiteral("NotFound "));
    QCOMPARE(service.refusal("schedules.run", {{"id", made["id"]}}), QStringLiteral("NotFound "));
}

void TestScheduleService::schedule_forgetsOldSlots_whenItsTimesChange()
{
    World world;
    world.add(QStringLiteral("a"));
    Service service(world);
    const Json made = service.reply("schedules.create", nightly());
    const QString id = made["id"].get<QString>();
    Json change{{"id", id}, {"name", "Nightly"}, {"enabled", true}, {"action", "check"},
        {"cron", "0 3 * * *"}, {"zone", "UTC"}, {"scope", {{"kind", "all"}}}, {"jitterSeconds", 0},
        {"missed", "run_once"}};
    world.clock.set(QStringLiteral("2025-06-02T12:00:00Z"));
    change["jitterSeconds"] = 5;
    service.reply("schedules.change", change);
    QVERIFY(!world.stored(id).lastSlot);
    change["cron"] = "0 4 * * *";
    service.reply("schedules.change", change);
    QCOMPARE(tests::shown(world.stored(id).lastSlot), QStringLiteral("2025-06-02T12:00:00.000Z"));
}

void TestScheduleService::schedule_isRefused_withTheFieldThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *patch, const char *expected) {
        QTest::newRow(name) << QByteArray(patch) << QString::fromUtf8(expected);
    };
    row("no name", R"({"name":"  "})", "InvalidArgument name");
    row("cron", R"({"cron":"0 25 * * *"})", "InvalidArgument cron");
    row("reboot", R"({"cron":"@reboot"})", "InvalidArgument cron");
    row("zone", R"({"zone":"Mars/Olympus"})", "InvalidArgument zone");
    row("empty zone", R"({"zone":""})", "InvalidArgument zone");
    row("jitter", R"({"jitterSeconds":-1})", "InvalidArgument jitterSeconds");
    row("more jitter", R"({"jitterSeconds":86401})", "InvalidArgument jitterSeconds");
    row("scope without value", R"({"scope":{"kind":"project"}})", "InvalidArgument scope/value");
    row("scope with an empty value", R"({"scope":{"kind":"label","value":" "}})",
        "InvalidArgument scope/value");
    row("label without a name", R"({"scope":{"kind":"label","value":"=x"}})", "InvalidArgument scope/value");
    row("no such container", R"({"scope":{"kind":"container","value":"zzz"}})",
        "InvalidArgument scope/value");
    row("no such host", R"({"scope":{"kind":"host","value":"zzz"}})", "InvalidArgument scope/value");
    row("same name", R"({"name":"Taken"})", "Conflict name");
    row("action", R"({"action":"dance"})", "InvalidArgument action");
    row("unknown field", R"({"colour":"red"})", "InvalidArgument colour");
}

void TestScheduleService::schedule_isRefused_withTheFieldThatIsWrong()
{
    QFETCH(QByteArray, patch);
    QFETCH(QString, expected);
    World world;
    Service service(world);
    Json first = nightly();
    first["name"] = "Taken";
    QVERIFY(service.call("schedules.create", first));
    Json request = nightly();
    request.update(Json::parse(patch.toStdString()));
    QCOMPARE(service.refusal("schedules.create", request), expected);
    Json longName = nightly();
    longName["name"] = std::string(201, 'x');
    QCOMPARE(service.refusal("schedules.create", longName), QStringLiteral("InvalidArgument name"));
}

void TestScheduleService::schedule_runsSoon_whenAsked()
{
    World world;
    world.add(QStringLiteral("a"));
    Service service(world);
    const Json made = service.reply("schedules.create", nightly());
    service.service.start();
    QVERIFY(service.call("schedules.run", {{"id", made["id"]}}));
    QTRY_COMPARE(service.happened.runCount(), 1);
    QTRY_COMPARE(world.stored(made["id"].get<QString>()).lastResult, QStringLiteral("Looked."));
    QVERIFY(!world.stored(made["id"].get<QString>()).lastSlot);
}

void TestScheduleService::preview_showsRuns()
{
    World world;
    Service service(world);
    const Json runs = service.reply("schedules.preview",
        {{"cron", "30 2 * * *"}, {"zone", "Europe/Berlin"}, {"from", "2025-03-29T12:00:00Z"}, {"count", 2}});
    QCOMPARE(
        shown(runs["runs"]), QStringLiteral(R"(["2025-03-30T01:30:00.000Z","2025-03-31T00:30:00.000Z"])"));
    QCOMPARE(service.reply("schedules.preview", {{"cron", "@daily"}})["runs"].size(), 5u);
    QCOMPARE(service.reply("schedules.preview", {{"cron", "0 0 31 2 *"}})["runs"].size(), 0u);
}

void TestScheduleService::preview_isRefused_withTheFieldThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("path");
    QTest::newRow("cron") << QByteArray(R"({"cron":"x"})") << QStringLiteral("cron");
    QTest::newRow("zone") << QByteArray(R"({"cron":"@daily","zone":"Berlin"})") << QStringLiteral("zone");
    QTest::newRow("none") << QByteArray(R"({"cron":"@daily","count":0})") << QStringLiteral("count");
    QTest::newRow("too many") << QByteArray(R"({"cron":"@daily","count":101})") << QStringLiteral("count");
}

void TestScheduleService::preview_isRefused_withTheFieldThatIsWrong()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, path);
    World world;
    Service service(world);
    QCOMPARE(service.refusal("schedules.preview", Json::parse(request.toStdString())),
        QStringLiteral("InvalidArgument ") + path);
}

void TestScheduleService::window_isMadeReplacedAndRemoved()
{
    World world;
    world.add(QStringLiteral("a"));
    Service service(world);
    const Json times{
        {"days", {"mon", "tue"}}, {"start", "22:00"}, {"end", "04:00"}, {"zone", "Europe/Berlin"}};
    const Json made =
        service.reply("windows.create", {{"name", "Night"}, {"kind", "window"}, {"times", times}});
    // It is Monday, 02:00 in Berlin.
    QCOMPARE(shown(made["inside"]), QStringLiteral("false"));
    QCOMPARE(shown(made["opensNext"]), QStringLiteral("\"2025-06-02T20:00:00.000Z\""));
    QCOMPARE(shown(made["opens"][0]), QStringLiteral("\"2025-06-02T20:00:00.000Z\""));
    QCOMPARE(shown(made["closes"][0]), QStringLiteral("\"2025-06-03T02:00:00.000Z\""));
    QCOMPARE(made["opens"].size(), 4u);
    QCOMPARE(made["closes"].size(), 4u);
    QCOMPARE(shown(made["times"]["start"]), QStringLiteral("\"22:00\""));
    QCOMPARE(shown(made["containers"]), QStringLiteral("1"));
    QVERIFY(service.events.contains(QStringLiteral("updates planning.changed")));
    QCOMPARE(shown(service.reply("windows.list", Json::object())["items"]), shown(Json::array({made})));
    const Json changed = service.reply("windows.change",
        {{"id", made["id"]}, {"name", "Holidays"}, {"enabled", true}, {"kind", "freeze"},
            {"scope", {{"kind", "all"}}},
            {"times", {{"from", "2025-06-01T00:00:00Z"}, {"until", "2025-06-05T00:00:00Z"}}}});
    QCOMPARE(shown(changed["inside"]), QStringLiteral("true"));
    QCOMPARE(shown(changed["closesAt"]), QStringLiteral("\"2025-06-05T00:00:00.000Z\""));
    QCOMPARE(shown(changed["times"]["days"]), QStringLiteral("null"));
    QCOMPARE(shown(service.reply("windows.get", {{"id", made["id"]}})), shown(changed));
    QVERIFY(service.call("windows.remove", {{"id", made["id"]}}));
    QCOMPARE(service.refusal("windows.get", {{"id", made["id"]}}), QStringLiteral("NotFound "));
}

void TestScheduleService::window_keepsItsCalendar_whenNoneIsGiven()
{
    World world;
    Service service(world);
    const Json made =
        service.reply("windows.create", {{"name", "Calendar"}, {"kind", "window"},
                                            {"calendar", "2025-06-02T10:00:00Z/2025-06-02T11:00:00Z"}});
    QCOMPARE(shown(made["opensNext"]), QStringLiteral("\"2025-06-02T10:00:00.000Z\""));
    Json change{{"id", made["id"]}, {"name", "Renamed"}, {"enabled", true}, {"kind", "window"},
        {"scope", {{"kind", "all"}}}};
    QCOMPARE(shown(service.reply("windows.change", change)["calendar"]), shown(made["calendar"]));
    // Without it nothing would be left.
    change["calendar"] = "";
    QCOMPARE(service.refusal("windows.change", change), QStringLiteral("InvalidArgument times"));
    change["times"] = {{"days", {"sat"}}};
    const Json changed = service.reply("windows.change", change);
    QCOMPARE(shown(changed["calendar"]), QStringLiteral("null"));
    QCOMPARE(shown(changed["opensNext"]), QStringLiteral("\"2025-06-07T00:00:00.000Z\""));
}

void TestScheduleService::window_isRefused_withTheFieldThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *patch, const char *expected) {
        QTest::newRow(name) << QByteArray(patch) << QString::fromUtf8(expected);
    };
    row("no name", R"({"name":""})", "InvalidArgument name");
    row("same name", R"({"name":"Taken"})", "Conflict name");
    row("no times", R"({"times":null})", "InvalidArgument times");
    row("nothing but a zone", R"({"times":{"zone":"UTC"}})", "InvalidArgument times");
    row("day", R"({"times":{"days":["monday"]}})", "InvalidArgument times/days");
    row("start", R"({"times":{"start":"25:00","end":"04:00"}})", "InvalidArgument times/start");
    row("end", R"({"times":{"start":"22:00","end":"4"}})", "InvalidArgument times/end");
    row("no end", R"({"times":{"start":"22:00"}})", "InvalidArgument times/end");
    row("no start", R"({"times":{"end":"22:00"}})", "InvalidArgument times/start");
    row("zone", R"({"times":{"start":"22:00","end":"04:00","zone":"Nowhere"}})",
        "InvalidArgument times/zone");
    row("no until", R"({"times":{"from":"2025-06-01T00:00:00Z"}})", "InvalidArgument times/until");
    row("no from", R"({"times":{"until":"2025-06-01T00:00:00Z"}})", "InvalidArgument times/from");
    row("backwards", R"({"times":{"from":"2025-06-01T00:00:00Z","until":"2025-06-01T00:00:00Z"}})",
        "InvalidArgument times/until");
    row("calendar", R"({"calendar":"Hello"})", "InvalidArgument calendar");
    row("scope", R"({"scope":{"kind":"container","value":"zzz"}})", "InvalidArgument scope/value");
}

void TestScheduleService::window_isRefused_withTheFieldThatIsWrong()
{
    QFETCH(QByteArray, patch);
    QFETCH(QString, expected);
    World world;
    Service service(world);
    Json request{{"name", "Taken"}, {"kind", "window"}, {"times", {{"days", {"sat"}}}}};
    QVERIFY(service.call("windows.create", request));
    request["name"] = "Night";
    request.update(Json::parse(patch.toStdString()));
    QCOMPARE(service.refusal("windows.create", request), expected);
}

void TestScheduleService::change_concernsTheContainersOfOldAndNewScope()
{
    World world;
    world.add(QStringLiteral("a"));
    world.add(QStringLiteral("b"));
    world.add(QStringLiteral("c"));
    Service service(world);
    const Json times{{"days", {"sat"}}};
    const Json made =
        service.reply("windows.create", {{"name", "W"}, {"kind", "window"}, {"times", times},
                                            {"scope", {{"kind", "container"}, {"value", "a"}}}});
    service.service.start();
    QTRY_COMPARE(service.happened.reconsideredSoFar(), QStringList(QStringLiteral("a")));
    service.happened.reconsidered();
    service.reply(
        "windows.change", {{"id", made["id"]}, {"name", "W"}, {"enabled", true}, {"kind", "window"},
                              {"times", times}, {"scope", {{"kind", "container"}, {"value", "b"}}}});
    QTRY_COMPARE(service.happened.reconsideredSoFar(), QStringList(QStringLiteral("a,b")));
    service.happened.reconsidered();
    QVERIFY(service.call("windows.remove", {{"id", made["id"]}}));
    QTRY_COMPARE(service.happened.reconsideredSoFar(), QStringList(QStringLiteral("b")));
    service.happened.reconsidered();
}

void TestScheduleService::upcoming_showsWhatHappens_andWhy()
{
    World world;
    for (const char *id : {"a", "b", "c"}) {
        world.add(QString::fromUtf8(id));
    }
    ports::DecisionRecord waiting;
    waiting.decision = core::Decision::HeldBack;
    waiting.heldBy = core::Hold::Schedule;
    world.decide(QStringLiteral("a"), waiting);
    waiting.decision = core::Decision::UpdateAvailable;
    waiting.heldBy = std::nullopt;
    world.decide(QStringLiteral("b"), waiting);
    world.decide(QStringLiteral("c"), waiting, core::UpdatePolicy::Manual);
    auto nightly =
        world.schedule(QStringLiteral("0 3 * * *"), QStringLiteral("UTC"), core::ScheduleAction::Update);
    nightly.name = QStringLiteral("Nightly");
    world.save(nightly);
    auto off = world.schedule(QStringLiteral("0 4 * * *"));
    off.enabled = false;
    world.save(off);
    auto freeze = world.window(
        core::WindowKind::Freeze, {{"from", "2025-06-02T02:00:00Z"}, {"until", "2025-06-02T05:00:00Z"}});
    freeze.scope = core::ScopeKind::Container;
    freeze.scopeValue = QStringLiteral("b");
    world.save(freeze);
    Service service(world);
    service.happened.nextCheck = at(QStringLiteral("2025-06-02T06:00:00Z"));
    const Json items = service.reply("schedules.upcoming", Json::object())["items"];
    QStringList lines;
    for (const Json &item : items) {
        lines.append(item["at"].get<QString>().mid(11, 5) + u' ' + item["kind"].get<QString>() + u' ' +
                     shown(item["containers"]));
    }
    QCOMPARE(lines.join(u'\n'),
        QStringLiteral("02:00 freeze_begins []\n03:00 update [\"a\"]\n05:00 freeze_ends []\n"
                       "06:00 check []"));
    QCOMPARE(shown(items[1]["reason"]),
        QStringLiteral(
            "\"The schedule “Nightly” asks the registries for 3 containers and updates the one with the "
            "policy "
            "“scheduled” for which there is an update; 1 is held back by a freeze or a closed window.\""));
    QCOMPARE(shown(items[1]["covered"]), QStringLiteral("3"));
    QCOMPARE(shown(items[3]["id"]), QStringLiteral("\"\""));
    QCOMPARE(service.reply("schedules.upcoming", {{"hours", 2}})["items"].size(), 1u);
    QCOMPARE(service.refusal("schedules.upcoming", {{"hours", 0}}), QStringLiteral("InvalidArgument hours"));
    QCOMPARE(
        service.refusal("schedules.upcoming", {{"hours", 745}}), QStringLiteral("InvalidArgument hours"));
}

void TestScheduleService::upcoming_isBounded()
{
    World world;
    world.save(world.schedule(QStringLiteral("* * * * * *")));
    world.save(world.schedule(QStringLiteral("* * * * *")));
    Service service(world);
    const Json items = service.reply("schedules.upcoming", {{"hours", 744}})["items"];
    QCOMPARE(items.size(), 500u);
    for (std::size_t i = 1; i < items.size(); ++i) {
        QVERIFY(items[i - 1]["at"] <= items[i]["at"]);
    }
}

QTEST_GUILESS_MAIN(TestScheduleService)
#include "tst_scheduleservice.moc"
