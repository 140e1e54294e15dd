#include <domain/updaterules.h>

#include <QTest>

#include <map>

Q_DECLARE_METATYPE(dockerauto::domain::PartialRules)
Q_DECLARE_METATYPE(dockerauto::core::ScopeKind)

using namespace dockerauto;
using namespace dockerauto::domain;
using core::ScopeKind;
using namespace std::chrono_literals;

class TestUpdateRules : public QObject
{
    Q_OBJECT

private:
    static QString sourceOf(const ResolvedRules &resolved, const QString &field)
    {
        for (const RuleSource &source : resolved.sources) {
            if (source.field == field) {
                return source.source;
            }
        }
        return {};
    }

private Q_SLOTS:
    void resolve_hasTheDefaults_whenNobodySaysAnything()
    {
        const auto resolved = resolveRules({});
        QCOMPARE(resolved.rules.policy, core::UpdatePolicy::Manual);
        QCOMPARE(resolved.rules.strategy, core::UpdateStrategy::Rolling);
        QVERIFY(resolved.rules.tags == TagRules());
        QCOMPARE(resolved.rules.automaticLevel, core::TagLevel::Patch);
        QVERIFY(resolved.rules.watched);
        QVERIFY(resolved.sources.empty());
    }

    void resolve_takesEachFieldFromTheFirstLayerThatSaysIt()
    {
        PartialRules own;
        own.level = core::TagLevel::Minor;
        PartialRules label;
        label.level = core::TagLevel::None;
        label.include = QStringLiteral("^1");
        PartialRules policy;
        policy.policy = core::UpdatePolicy::Automatic;
        policy.include = QStringLiteral("^2");
        policy.minimumAge = 3h;
        const std::vector<RuleLayer> layers{{QStringLiteral("this container"), own},
            {QStringLiteral("label wud.tag.include"), label}, {QStringLiteral("policy “All”"), policy}};
        const auto resolved = resolveRules(layers);
        QCOMPARE(resolved.rules.tags.level, core::TagLevel::Minor);
        QCOMPARE(sourceOf(resolved, QStringLiteral("level")), QStringLiteral("this container"));
        QCOMPARE(resolved.rules.tags.include, QStringLiteral("^1"));
        QCOMPARE(sourceOf(resolved, QStringLiteral("include")), QStringLiteral("label wud.tag.include"));
        QCOMPARE(resolved.rules.policy, core::UpdatePolicy::Automatic);
        QCOMPARE(sourceOf(resolved, QStringLiteral("updatePolicy")), QStringLiteral("policy “All”"));
        QCOMPARE(resolved.rules.minimumAge, 3h);
        QCOMPARE(sourceOf(resolved, QStringLiteral("minimumAgeSeconds")), QStringLiteral("policy “All”"));
        QCOMPARE(sourceOf(resolved, QStringLiteral("strategy")), QString());
        QCOMPARE(resolved.sources.size(), 4U);
    }

    void resolve_letsAnEmptyTextUndoWhatWeighsLess()
    {
        PartialRules own;
        own.include = QString();
        PartialRules policy;
        policy.include = QStringLiteral("^2");
        const std::vector<RuleLayer> layers{
            {QStringLiteral("this container"), own}, {QStringLiteral("policy “All”"), policy}};
        QCOMPARE(resolveRules(layers).rules.tags.include, QString());
    }

    /// Every field of a layer arrives: none is forgotten when fields are added.
    void resolve_takesAllFields()
    {
        PartialRules all;
        all.policy = core::UpdatePolicy::Approval;
        all.strategy = core::UpdateStrategy::Recreate;
        all.level = core::TagLevel::Patch;
        all.constraint = QStringLiteral("^1");
        all.include = QStringLiteral("a");
        all.exclude = QStringLiteral("b");
        all.prerelease = true;
        all.family = core::TagFamily::Loose;
        all.minimumAge = 5s;
        all.automaticLevel = core::TagLevel::Major;
        all.releaseNotes = QStringLiteral("https://example.org/${tag}");
        all.watched = false;
        all.rollback = false;
        all.watch = 30s;
        all.probe = QStringLiteral("tcp://:1");
        all.backup = core::BackupMode::Always;
        all.keepVersions = 7;
        all.hookBefore = std::vector{QStringLiteral("a")};
        all.hookAfter = std::vector{QStringLiteral("b"), QStringLiteral("c")};
        all.hookTimeout = 9s;
        const std::vector<RuleLayer> layers{{QStringLiteral("x"), all}};
        const auto resolved = resolveRules(layers);
        const UpdateRules &rules = resolved.rules;
        QCOMPARE(resolved.sources.size(), 20U);
        QCOMPARE(rules.policy, core::UpdatePolicy::Approval);
        QCOMPARE(rules.strategy, core::UpdateStrategy::Recreate);
        const TagRules tags{.level = core::TagLevel::Patch,
            .constraint = QStringLiteral("^1"),
            .include = QStringLiteral("a"),
            .exclude = QStringLiteral("b"),
            .prerelease = true,
            .family = core::TagFamily::Loose};
        QVERIFY(rules.tags == tags);
        QCOMPARE(rules.minimumAge, 5s);
        QCOMPARE(rules.automaticLevel, core::TagLevel::Major);
        QCOMPARE(rules.releaseNotes, QStringLiteral("https://example.org/${tag}"));
        QVERIFY(!rules.watched);
        const UpdateCare care{.rollback = false,
            .watch = 30s,
            .probe = QStringLiteral("tcp://:1"),
            .backup = core::BackupMode::Always,
            .keepVersions = 7,
            .hookBefore = {QStringLiteral("a")},
            .hookAfter = {QStringLiteral("b"), QStringLiteral("c")},
            .hookTimeout = 9s};
        QVERIFY(rules.care == care);
        for (const char *field : {"rollback", "watchSeconds", "probe", "backupVolumes", "keepVersions",
                 "hookBefore", "hookAfter", "hookTimeoutSeconds"}) {
            QCOMPARE(sourceOf(resolved, QString::fromLatin1(field)), QStringLiteral("x"));
        }
    }

    /// `[]` is a wish: no hook, whatever a policy says.
    void resolve_letsNoWordsUndoAHook()
    {
        PartialRules own;
        own.hookBefore.emplace();
        PartialRules policy;
        policy.hookBefore = std::vector{QStringLiteral("/backup.sh")};
        const std::vector<RuleLayer> layers{
            {QStringLiteral("this container"), own}, {QStringLiteral("policy “All”"), policy}};
        QVERIFY(resolveRules(layers).rules.care.hookBefore.empty());
    }

    void check_namesTheFieldThatCantBeUsed_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<PartialRules>("rules");
        const auto row = [](const char *name, const char *field, auto set) {
            PartialRules rules;
            set(rules);
            QTest::newRow(name) << QString::fromLatin1(field) << rules;
        };
        row("nothing said", "", [](PartialRules &) {});
        row("good", "", [](PartialRules &rules) {
            rules.constraint = QStringLiteral(">=1 <3");
            rules.include = QStringLiteral("^\\d+$");
            rules.minimumAge = longestMinimumAge;
            rules.releaseNotes =
                QStringLiteral("http://example.org:8080/${major}.${minor}.${patch}#${version}");
        });
        row("empty texts", "", [](PartialRules &rules) {
            rules.constraint = QString();
            rules.include = QString();
            rules.releaseNotes = QString();
        });
        row("constraint", "constraint",
            [](PartialRules &rules) { rules.constraint = QStringLiteral("newest please"); });
        row("include", "include", [](PartialRules &rules) { rules.include = QStringLiteral("("); });
        row("exclude", "exclude", [](PartialRules &rules) { rules.exclude = QStringLiteral("[a"); });
        row("long exclude", "exclude",
            [](PartialRules &rules) { rules.exclude = QString(1'001, QLatin1Char('a')); });
        row("age below zero", "minimumAgeSeconds", [](PartialRules &rules) { rules.minimumAge = -1s; });
        row("age above a year", "minimumAgeSeconds",
            [](PartialRules &rules) { rules.minimumAge = longestMinimumAge + 1s; });
        row("blue-green", "strategy",
            [](PartialRules &rules) { rules.strategy = core::UpdateStrategy::BlueGreen; });
        row("canary", "strategy", [](PartialRules &rules) { rules.strategy = core::UpdateStrategy::Canary; });
        row("notes of another scheme", "releaseNotes",
            [](PartialRules &rules) { rules.releaseNotes = QStringLiteral("javascript:alert(1)"); });
        row("notes with a user", "releaseNotes",
            [](PartialRules &rules) { rules.releaseNotes = QStringLiteral("https://me:pw@example.org/"); });
        row("care at its bounds", "", [](PartialRules &rules) {
            rules.watch = 86'400s;
            rules.keepVersions = 20;
            rules.hookTimeout = 3'600s;
            rules.hookBefore = std::vector<QString>(64, QString(4'096, QLatin1Char('x')));
            rules.hookAfter.emplace();
            rules.probe = QString();
        });
        row("care at its other bounds", "", [](PartialRules &rules) {
            rules.watch = 0s;
            rules.keepVersions = 0;
            rules.hookTimeout = 1s;
        });
        row("watch below zero", "watchSeconds", [](PartialRules &rules) { rules.watch = -1s; });
        row("watch above a day", "watchSeconds", [](PartialRules &rules) { rules.watch = 86'401s; });
        row("versions below zero", "keepVersions", [](PartialRules &rules) { rules.keepVersions = -1; });
        row("too many versions", "keepVersions", [](PartialRules &rules) { rules.keepVersions = 21; });
        row("no time for hooks", "hookTimeoutSeconds", [](PartialRules &rules) { rules.hookTimeout = 0s; });
        row("hooks above an hour", "hookTimeoutSeconds",
            [](PartialRules &rules) { rules.hookTimeout = 3'601s; });
        row("probe of another host", "probe",
            [](PartialRules &rules) { rules.probe = QStringLiteral("http://example.org:80/"); });
        row("hook of too many words", "hookBefore",
            [](PartialRules &rules) { rules.hookBefore = std::vector<QString>(65, QStringLiteral("x")); });
        row("hook with a long word", "hookBefore",
            [](PartialRules &rules) { rules.hookBefore = std::vector{QString(4'097, QLatin1Char('x'))}; });
        row("hook without a program", "hookAfter",
            [](PartialRules &rules) { rules.hookAfter = std::vector{QStringLiteral(" ")}; });
        row("hook with a NUL", "hookAfter", [](PartialRules &rules) {
            rules.hookAfter = std::vector{QStringLiteral("a"), QString(QChar::Null)};
        });
        row("notes without a host", "releaseNotes",
            [](PartialRules &rules) { rules.releaseNotes = QStringLiteral("https:///${tag}"); });
        row("notes with an unknown variable", "releaseNotes",
            [](PartialRules &rules) { rules.releaseNotes = QStringLiteral("https://e.org/${prerelease}"); });
    }
    void check_namesTheFieldThatCantBeUsed()
    {
        QFETCH(QString, field);
        QFETCH(PartialRules, rules);
        const auto checked = checkRules(rules);
        QCOMPARE(checked.has_value(), field.isEmpty());
        if (!checked) {
            QCOMPARE(checked.error().code, core::ErrorCode::InvalidArgument);
            QCOMPARE(checked.error().path, field);
            QVERIFY(!checked.error().message.isEmpty());
        }
    }

    void scope_covers_data()
    {
        QTest::addColumn<ScopeKind>("kind");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("covered");
        const auto row = [](const char *name, ScopeKind kind, const char *value, bool covered) {
            QTest::newRow(name) << kind << QString::fromLatin1(value) << covered;
        };
        row("all", ScopeKind::All, "", true);
        row("host", ScopeKind::Host, "local", true);
        row("other host", ScopeKind::Host, "nas", false);
        row("no host", ScopeKind::Host, "", false);
        row("project", ScopeKind::Project, "shop", true);
        row("other project", ScopeKind::Project, "Shop", false);
        row("container", ScopeKind::Container, "c1", true);
        row("other container", ScopeKind::Container, "c", false);
        row("label", ScopeKind::Label, "tier", true);
        row("label and value", ScopeKind::Label, "tier=web", true);
        row("label and other value", ScopeKind::Label, "tier=db", false);
        row("label and empty value", ScopeKind::Label, "tier=", false);
        row("empty label", ScopeKind::Label, "mark=", true);
        row("value with an equals sign", ScopeKind::Label, "sum=1=1", true);
        row("no such label", ScopeKind::Label, "tie", false);
        row("no label", ScopeKind::Label, "", false);
    }
    void scope_covers()
    {
        QFETCH(ScopeKind, kind);
        QFETCH(QString, value);
        QFETCH(bool, covered);
        const std::map<QString, QString> labels{{QStringLiteral("tier"), QStringLiteral("web")},
            {QStringLiteral("mark"), QString()}, {QStringLiteral("sum"), QStringLiteral("1=1")}};
        const ScopeSubject subject{
            QStringLiteral("c1"), QStringLiteral("local"), QStringLiteral("shop"), labels};
        QCOMPARE(scopeCovers(kind, value, subject), covered);
    }

    void scope_ofAProject_coversNoContainerWithoutOne()
    {
        const std::map<QString, QString> labels;
        const ScopeSubject subject{QStringLiteral("c1"), QStringLiteral("local"), QString(), labels};
        QVERIFY(!scopeCovers(ScopeKind::Project, QString(), subject));
    }
};

QTEST_APPLESS_MAIN(TestUpdateRules)
#include "tst_updaterules.moc"
