#include "../updates/program.h"

#include <application/audittrail.h>
#include <application/policies/policyservice.h>
#include <contracts/operations.h>
#include <testsupport/jsontext.h>

#include <future>

using namespace dockerauto;
using namespace dockerauto::tests;
using core::ErrorCode;
using core::Json;
using core::UpdatePolicy;

class TestPolicyService : public QObject
{
    Q_OBJECT

private:
    struct Bench
    {
        Bench()
            : feed(world.clock)
            , hosts(world.storage, feed, world.clock,
                  [this](const ports::HostRecord &) -> core::Result<application::EnginePointer> {
                      return world.engine;
                  })
            , sync(world.storage, hosts, images, feed, world.clock, {})
            , policies(world.storage, sync, feed, world.clock,
                  [this](const std::vector<core::ContainerId> &ids) {
                      for (const auto &id : ids) {
                          reconsidered.append(id.text());
                      }
                  })
            , audit(world.storage, world.clock)
            , bus(audit, {.threads = 1, .maxQueued = 8, .timeout = std::chrono::seconds(5)})
            , subscription(feed.subscribe({}, std::nullopt, [this](const contracts::Event &event) {
                told.append(event.type);
                if (event.type == contracts::events::containerChanged) {
                    changed.append(core::textOf(event.payload, "id"));
                }
            }))
        {
            policies.registerOperations(bus);
            add("c1", "shop", Json{{"tier", "web"}});
            add("c2", "shop", Json{{"docker-auto.policy", "manual"}});
            add("c3", "blog", Json::object());
        }

        void add(const char *id, const char *project, const Json &labels)
        {
            ports::ContainerRecord record;
            record.id = core::ContainerId(QString::fromUtf8(id));
            record.host = core::HostId(QStringLiteral("local"));
            record.name = QStringLiteral("demo-") + QString::fromUtf8(id);
            record.image = QStringLiteral("demo");
            record.configuration = Json{{"project", project}, {"labels", labels}};
            QVERIFY(world.storage.write(
                [&](ports::UnitOfWork &work) { return work.containers().saveObserved(record); }, soon()));
        }
        core::Result<Json> call(const char *operation, Json request)
        {
            reconsidered.clear();
            told.clear();
            changed.clear();
            std::promise<core::Result<Json>> answer;
            bus.dispatch(*contracts::findOperation(operation), std::move(request),
                {contracts::Principal::localAdministrator(), QStringLiteral("r1"), {}},
                [&answer](core::Result<Json> result) { answer.set_value(std::move(result)); });
            auto result = answer.get_future().get();
            reconsidered.sort();
            changed.sort();
            return result;
        }
        ports::ContainerRecord container(const char *id)
        {
            ports::ContainerRecord found;
            const auto read = world.storage.read(
                [&](ports::UnitOfWork &work) -> core::Result<> {
                    DOCKERAUTO_TRY_ASSIGN(
                        record, work.containers().find(core::ContainerId(QString::fromUtf8(id))));
                    found = std::move(record);
                    return {};
                },
                soon());
            [&] { QVERIFY(read); }();
            return found;
        }

        World world;
        application::EventFeed feed;
        application::HostService hosts;
        application::ImageCache images;
        application::ContainerSync sync;
        QStringList reconsidered;
        QStringList told;
        QStringList changed;
        application::PolicyService policies;
        application::AuditTrail audit;
        application::OperationBus bus;
        std::unique_ptr<contracts::EventSource::Subscription> subscription;
    };

    static Json policy(const char *name, Json scope, Json rules)
    {
        return Json{{"name", name}, {"scope", std::move(scope)}, {"rules", std::move(rules)}};
    }
    static Json shop() { return Json{{"kind", "project"}, {"value", "shop"}}; }
    static Json automatic() { return Json{{"updatePolicy", "automatic"}}; }
    static QStringList ids(std::initializer_list<const char *> texts)
    {
        QStringList list;
        for (const char *text : texts) {
            list.append(QString::fromUtf8(text));
        }
        return list;
    }

private Q_SLOTS:
    void create_appliesTheRulesAtOnce()
    {
        Bench bench;
        const auto made = bench.call("policies.create", policy(" Shop ", shop(), automatic()));
        QVERIFY(made);
        QCOMPARE(core::textOf(*made, "name"), QStringLiteral("Shop"));
        COMPARE_JSON((*made)["containers"], Json(2));
        COMPARE_JSON((*made)["enabled"], Json(true));
        QCOMPARE(bench.container("c1").policy, UpdatePolicy::Automatic);
        QCOMPARE(bench.container("c1").policySource, QStringLiteral("policy “Shop”"));
        // Its label weighs more.
        QCOMPARE(bench.container("c2").policy, UpdatePolicy::Manual);
        QCOMPARE(bench.container("c3").policy, UpdatePolicy::Manual);
        QVERIFY(bench.told.contains(contracts::events::planningChanged));
        QVERIFY(bench.changed.contains(QStringLiteral("c1")));
        QVERIFY(!bench.changed.contains(QStringLiteral("c3")));
        QCOMPARE(bench.reconsidered, ids({"c1", "c2"}));
    }

    void create_reconsiders_whenOnlyTheChoiceOfTagsChanges()
    {
        Bench bench;
        // So that the label's source is stored already.
        QVERIFY(bench.call("policies.create", policy("first", shop(), Json::object())));
        QVERIFY(bench.call("policies.create", policy("second", shop(), Json{{"level", "patch"}})));
        QVERIFY(bench.changed.isEmpty());
        QCOMPARE(bench.reconsidered, ids({"c1", "c2"}));
    }

    void change_movesTheRulesToAnotherScope()
    {
        Bench bench;
        const auto made = bench.call("policies.create", policy("Shop", shop(), automatic()));
        QVERIFY(made);
        const QString id = core::textOf(*made, "id");
        const auto moved = bench.call("policies.change",
            Json{{"id", id}, {"name", "Blog"}, {"enabled", true},
                {"scope", {{"kind", "project"}, {"value", "blog"}}}, {"rules", automatic()}});
        QVERIFY(moved);
        COMPARE_JSON((*moved)["containers"], Json(1));
        COMPARE_JSON((*moved)["createdAt"], (*made)["createdAt"]);
        QCOMPARE(bench.container("c1").policy, UpdatePolicy::Manual);
        QCOMPARE(bench.container("c1").policySource, QString());
        QCOMPARE(bench.container("c3").policy, UpdatePolicy::Automatic);
        QCOMPARE(bench.changed, ids({"c1", "c3"}));
        QCOMPARE(bench.reconsidered, ids({"c1", "c2", "c3"}));
    }

    void change_switchesThePolicyOff()
    {
        Bench bench;
        const auto made = bench.call("policies.create", policy("Shop", shop(), automatic()));
        QVERIFY(made);
        QVERIFY(
            bench.call("policies.change", Json{{"id", (*made)["id"]}, {"name", "Shop"}, {"enabled", false},
                                              {"scope", shop()}, {"rules", automatic()}}));
        QCOMPARE(bench.container("c1").policy, UpdatePolicy::Manual);
    }

    void remove_takesTheRulesBack()
    {
        Bench bench;
        const auto made = bench.call("policies.create", policy("Shop", shop(), automatic()));
        QVERIFY(made);
        QVERIFY(bench.call("policies.remove", Json{{"id", (*made)["id"]}}));
        QCOMPARE(bench.container("c1").policy, UpdatePolicy::Manual);
        QCOMPARE(bench.reconsidered, ids({"c1", "c2"}));
        const auto again = bench.call("policies.remove", Json{{"id", (*made)["id"]}});
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::NotFound);
    }

    void list_isSortedByName()
    {
        Bench bench;
        const Json all{{"kind", "all"}};
        QVERIFY(bench.call("policies.create", policy("b", all, Json{{"level", "minor"}})));
        QVERIFY(bench.call("policies.create", policy("a", shop(), Json{{"minimumAgeSeconds", 60}})));
        const auto listed = bench.call("policies.list", Json::object());
        QVERIFY(listed);
        const Json &items = (*listed)["items"];
        QCOMPARE(items.size(), std::size_t(2));
        COMPARE_JSON(items[0]["name"], Json("a"));
        COMPARE_JSON(items[0]["rules"]["minimumAgeSeconds"], Json(60));
        COMPARE_JSON(items[1]["containers"], Json(3));
        QVERIFY(items[1]["scope"]["value"].is_null());
        const auto got = bench.call("policies.get", Json{{"id", items[0]["id"]}});
        QVERIFY(got);
        COMPARE_JSON(*got, items[0]);
    }

    void create_refuses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QString>("path");
        const auto row = [](const char *title, const Json &request, const char *path) {
            QTest::newRow(title) << QByteArray::fromStdString(request.dump()) << QString::fromUtf8(path);
        };
        const Json all{{"kind", "all"}};
        const auto ruled = [&](Json rules) { return policy("x", all, std::move(rules)); };
        row("no name", policy("  ", all, Json::object()), "name");
        row("long name", policy(std::string(201, 'n').c_str(), all, Json::object()), "name");
        row("no scope value", policy("x", Json{{"kind", "host"}}, Json::object()), "scope/value");
        row("blank scope value", policy("x", Json{{"kind", "label"}, {"value", " "}}, Json::object()),
            "scope/value");
        row("no such container", policy("x", Json{{"kind", "container"}, {"value", "c9"}}, Json::object()),
            "scope/value");
        row("constraint", ruled(Json{{"constraint", "newest please"}}), "rules/constraint");
        row("include", ruled(Json{{"include", "("}}), "rules/include");
        row("exclude", ruled(Json{{"exclude", std::string(1'001, 'a')}}), "rules/exclude");
        row("age", ruled(Json{{"minimumAgeSeconds", -1}}), "rules/minimumAgeSeconds");
        row("long age", ruled(Json{{"minimumAgeSeconds", 31'536'001}}), "rules/minimumAgeSeconds");
        row("strategy", ruled(Json{{"strategy", "canary"}}), "rules/strategy");
        row("notes", ruled(Json{{"releaseNotes", "ftp://example.org"}}), "rules/releaseNotes");
    }
    void create_refuses()
    {
        QFETCH(QByteArray, request);
        QFETCH(QString, path);
        Bench bench;
        const auto made = bench.call("policies.create", Json::parse(request.toStdString()));
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(made.error().path, path);
        QVERIFY(bench.told.isEmpty());
        QVERIFY(bench.reconsidered.isEmpty());
    }

    void create_isAConflict_whenTheNameIsTaken()
    {
        Bench bench;
        const Json all{{"kind", "all"}};
        QVERIFY(bench.call("policies.create", policy("x", all, Json::object())));
        const auto again = bench.call("policies.create", policy("x", shop(), automatic()));
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
        QCOMPARE(again.error().path, QStringLiteral("name"));
        QCOMPARE(bench.container("c1").policy, UpdatePolicy::Manual);
    }

    void create_takesScopesThatAreNotThereYet()
    {
        Bench bench;
        for (const char *kind : {"host", "project", "label"}) {
            const auto made = bench.call(
                "policies.create", policy(kind, Json{{"kind", kind}, {"value", "later"}}, automatic()));
            QVERIFY(made);
            COMPARE_JSON((*made)["containers"], Json(0));
        }
    }

    void preview_choosesAndExplains()
    {
        Bench bench;
        const auto preview = bench.call(
            "policies.preview", Json{{"current", "1.2.0"}, {"tags", {"1.2.0", "1.2.1", "1.3.0", "2.0.0"}},
                                    {"rules", {{"level", "minor"}}}});
        QVERIFY(preview);
        COMPARE_JSON((*preview)["tag"], Json("1.3.0"));
        COMPARE_JSON((*preview)["bump"], Json("minor"));
        QVERIFY(!(*preview)["rejected"].empty());
        const auto defaults = bench.call("policies.preview", Json{{"current", "1.2.0"}, {"tags", {"2.0.0"}}});
        QVERIFY(defaults);
        COMPARE_JSON((*defaults)["tag"], Json("2.0.0"));
    }

    void preview_refuses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QString>("path");
        const auto row = [](const char *title, const Json &request, const char *path) {
            QTest::newRow(title) << QByteArray::fromStdString(request.dump()) << QString::fromUtf8(path);
        };
        const std::string longTag(129, '1');
        row("too many", Json{{"current", "1"}, {"tags", std::vector<std::string>(10'001, "1")}}, "tags");
        row("long tag", Json{{"current", "1"}, {"tags", {"2", longTag}}}, "tags/1");
        row("long current tag", Json{{"current", longTag}, {"tags", {"2"}}}, "current");
        row("include", Json{{"current", "1"}, {"tags", {"2"}}, {"rules", {{"include", "("}}}},
            "rules/include");
        row("long include",
            Json{{"current", "1"}, {"tags", {"2"}}, {"rules", {{"include", std::string(1'001, 'a')}}}},
            "rules/include");
    }
    void preview_refuses()
    {
        QFETCH(QByteArray, request);
        QFETCH(QString, path);
        Bench bench;
        const auto preview = bench.call("policies.preview", Json::parse(request.toStdString()));
        QVERIFY(!preview);
        QCOMPARE(preview.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(preview.error().path, path);
    }

    void changeContainer_takesAllSixPolicies_data()
    {
        QTest::addColumn<QString>("word");
        for (const auto &[policy, name] : core::EnumText<UpdatePolicy>::names) {
            QTest::newRow(std::string(name).c_str()) << core::toQString(policy);
        }
    }
    void changeContainer_takesAllSixPolicies()
    {
        QFETCH(QString, word);
        Bench bench;
        const auto changed = bench.call("containers.change", Json{{"id", "c2"}, {"updatePolicy", word}});
        QVERIFY(changed);
        QCOMPARE(core::textOf(*changed, "updatePolicy"), word);
        QCOMPARE(core::textOf(*changed, "policySource"), QStringLiteral("this container"));
        QCOMPARE(core::toQString(bench.container("c2").policy), word);
        QCOMPARE(bench.changed, ids({"c2"}));
        QCOMPARE(bench.reconsidered, ids({"c2"}));
    }

    void changeContainer_keepsWhatItIsNotAskedToChange()
    {
        Bench bench;
        QVERIFY(bench.call("containers.change",
            Json{{"id", "c1"}, {"rules", {{"level", "patch"}, {"updatePolicy", "approval"}}}}));
        const auto changed = bench.call("containers.change", Json{{"id", "c1"}, {"strategy", "recreate"}});
        QVERIFY(changed);
        COMPARE_JSON((*changed)["ownRules"]["level"], Json("patch"));
        COMPARE_JSON((*changed)["ownRules"]["strategy"], Json("recreate"));
        COMPARE_JSON((*changed)["updatePolicy"], Json("approval"));
        COMPARE_JSON((*changed)["strategy"], Json("recreate"));
    }

    void changeContainer_replacesTheRules()
    {
        Bench bench;
        QVERIFY(bench.call("containers.change", Json{{"id", "c1"}, {"updatePolicy", "pinned"}}));
        const auto changed = bench.call("containers.change",
            Json{{"id", "c1"}, {"rules", {{"level", "patch"}}}, {"strategy", "recreate"}});
        QVERIFY(changed);
        COMPARE_JSON((*changed)["updatePolicy"], Json("manual"));
        COMPARE_JSON((*changed)["policySource"], Json(""));
        COMPARE_JSON((*changed)["strategy"], Json("recreate"));
        QVERIFY((*changed)["ownRules"]["updatePolicy"].is_null());
    }

    void changeContainer_refuses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QString>("path");
        const auto row = [](const char *title, const Json &request, const char *path) {
            QTest::newRow(title) << QByteArray::fromStdString(request.dump()) << QString::fromUtf8(path);
        };
        row("strategy", Json{{"id", "c1"}, {"strategy", "canary"}}, "strategy");
        row("strategy in the rules", Json{{"id", "c1"}, {"rules", {{"strategy", "blue-green"}}}},
            "rules/strategy");
        row("both", Json{{"id", "c1"}, {"strategy", "canary"}, {"rules", Json::object()}}, "strategy");
        row("include", Json{{"id", "c1"}, {"rules", {{"include", "("}}}}, "rules/include");
    }
    void changeContainer_refuses()
    {
        QFETCH(QByteArray, request);
        QFETCH(QString, path);
        Bench bench;
        const auto changed = bench.call("containers.change", Json::parse(request.toStdString()));
        QVERIFY(!changed);
        QCOMPARE(changed.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(changed.error().path, path);
        QVERIFY(bench.reconsidered.isEmpty());
    }

    void changeContainer_isNotFound_forAStranger()
    {
        Bench bench;
        const auto changed = bench.call("containers.change", Json{{"id", "c9"}, {"updatePolicy", "pinned"}});
        QVERIFY(!changed);
        QCOMPARE(changed.error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestPolicyService)
#include "tst_policyservice.moc"
