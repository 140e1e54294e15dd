#include <application/policies/rulebook.h>
#include <testsupport/memorystorage.h>

#include <QTest>

using namespace dockerauto;
using application::RuleBook;
using core::Json;
using core::ScopeKind;
using core::UpdatePolicy;

class TestRuleBook : public QObject
{
    Q_OBJECT

private:
    static core::CallContext soon() { return {core::Deadline::in(std::chrono::seconds(5)), {}}; }

    static ports::ContainerRecord container(Json labels = Json::object())
    {
        ports::ContainerRecord record;
        record.id = core::ContainerId(QStringLiteral("c1"));
        record.host = core::HostId(QStringLiteral("local"));
        record.name = QStringLiteral("demo");
        record.configuration = Json{{"project", "shop"}, {"labels", std::move(labels)}};
        return record;
    }
    static ports::PolicyRecord policy(const char *name, ScopeKind scope, const char *value, Json rules)
    {
        ports::PolicyRecord record;
        record.id = record.name = QString::fromUtf8(name);
        record.scope = scope;
        record.scopeValue = QString::fromUtf8(value);
        record.rules = std::move(rules);
        return record;
    }
    static RuleBook book(const std::vector<ports::PolicyRecord> &policies)
    {
        testsupport::MemoryStorage storage;
        std::optional<RuleBook> loaded;
        const auto written = storage.write(
            [&](ports::UnitOfWork &work) -> core::Result<> {
                for (const auto &record : policies) {
                    DOCKERAUTO_TRY(work.policies().save(record));
                }
                DOCKERAUTO_TRY_ASSIGN(found, RuleBook::load(work));
                loaded = std::move(found);
                return {};
            },
            soon());
        [&] { QVERIFY(written); }();
        return loaded.value_or(RuleBook());
    }
    static Json level(const char *word) { return Json{{"level", word}}; }

private Q_SLOTS:
    void rules_areTheDefaults_withoutPolicies()
    {
        const auto applied = book({}).rulesFor(container());
        QCOMPARE(applied.rules.policy, UpdatePolicy::Manual);
        QVERIFY(applied.sources.empty());
        QCOMPARE(applied.sourceOf(QStringLiteral("updatePolicy")), QString());
    }

    /// What narrows more weighs more. Each time the heaviest is taken away, the next one decides.
    void policies_weighByTheirScope()
    {
        // In an order that is not that of their weight.
        std::vector<ports::PolicyRecord> policies{policy("a", ScopeKind::All, "", level("none")),
            policy("b", ScopeKind::Host, "local", level("patch")),
            policy("c", ScopeKind::Project, "shop", level("minor")),
            policy("d", ScopeKind::Label, "tier=web", level("major")),
            policy("e", ScopeKind::Container, "c1", level("patch"))};
        const auto record = container(Json{{"tier", "web"}});
        for (const char *expected : {"e", "d", "c", "b", "a"}) {
            const auto applied = book(policies).rulesFor(record);
            QCOMPARE(applied.sourceOf(QStringLiteral("level")),
                QStringLiteral("policy “%1”").arg(QLatin1String(expected)));
            policies.pop_back();
        }
    }

    void policies_ofOneKind_weighByName()
    {
        const auto applied = book(
            {policy("b", ScopeKind::All, "", level("none")), policy("a", ScopeKind::All, "", level("patch"))})
                                 .rulesFor(container());
        QCOMPARE(applied.rules.tags.level, core::TagLevel::Patch);
    }

    void policies_thatDoNotCoverOrAreOff_sayNothing()
    {
        auto off = policy("off", ScopeKind::All, "", level("none"));
        off.enabled = false;
        const auto applied =
            book({off, policy("other", ScopeKind::Project, "blog", level("none"))}).rulesFor(container());
        QVERIFY(applied.sources.empty());
    }

    void labels_weighMoreThanPolicies_andLessThanWhatIsSetForTheContainer()
    {
        const auto rules = book({policy("narrow", ScopeKind::Container, "c1",
            Json{{"include", "^3"}, {"level", "none"}, {"exclude", "x"}})});
        auto record = container(Json{{"wud.tag.include", "^2"}, {"docker-auto.level", "patch"}});
        record.ownRules = Json{{"include", "^1"}};
        const auto applied = rules.rulesFor(record);
        QCOMPARE(applied.rules.tags.include, QStringLiteral("^1"));
        QCOMPARE(applied.sourceOf(QStringLiteral("include")), QStringLiteral("this container"));
        QCOMPARE(applied.rules.tags.level, core::TagLevel::Patch);
        QCOMPARE(applied.sourceOf(QStringLiteral("level")), QStringLiteral("label docker-auto.level"));
        QCOMPARE(applied.sourceOf(QStringLiteral("exclude")), QStringLiteral("policy “narrow”"));
    }

    void labels_thatCantBeUnderstood_areTold()
    {
        const auto applied =
            book({}).rulesFor(container(Json{{"docker-auto.level", "huge"}, {"n", nullptr}}));
        QCOMPARE(applied.problems.size(), 1U);
        QVERIFY(applied.sources.empty());
    }

    void rules_thatCantBeRead_leaveUpdatesToAPerson()
    {
        const auto rules = book({policy("broken", ScopeKind::Host, "local", Json{{"updatePolicy", 7}}),
            policy("all", ScopeKind::All, "", Json{{"updatePolicy", "automatic"}})});
        QCOMPARE(rules.rulesFor(container()).rules.policy, UpdatePolicy::Manual);
    }

    void rules_ofANewerVersion_areReadAsFarAsTheyAreKnown()
    {
        const auto rules =
            book({policy("new", ScopeKind::All, "", Json{{"level", "none"}, {"mood", "good"}})});
        QCOMPARE(rules.rulesFor(container()).rules.tags.level, core::TagLevel::None);
    }

    void apply_tellsWhetherTheRecordChanged()
    {
        const auto rules = book({policy("p", ScopeKind::All, "", Json{{"updatePolicy", "automatic"}})});
        auto record = container();
        QVERIFY(rules.apply(record));
        QCOMPARE(record.policy, UpdatePolicy::Automatic);
        QCOMPARE(record.policySource, QStringLiteral("policy “p”"));
        QVERIFY(!rules.apply(record));
        record.strategy = core::UpdateStrategy::Recreate;
        QVERIFY(rules.apply(record));
    }
};

QTEST_APPLESS_MAIN(TestRuleBook)
#include "tst_rulebook.moc"
