#include <domain/updaterules.h>

#include <QTest>

Q_DECLARE_METATYPE(dockerauto::domain::PartialRules)

using namespace dockerauto;
using namespace dockerauto::domain;
using namespace std::chrono_literals;
using core::TagLevel;
using core::UpdatePolicy;
using Labels = std::map<QString, QString>;

class TestLabelRules : public QObject
{
    Q_OBJECT

private:
    static LabelRules read(const char *name, const char *value)
    {
        return rulesFromLabels({{QString::fromUtf8(name), QString::fromUtf8(value)}});
    }

private Q_SLOTS:
    void label_says_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<PartialRules>("rules");
        const auto row = [](const char *name, const char *value, auto set) {
            PartialRules rules;
            set(rules);
            QTest::addRow("%s=%s", name, value)
                << QString::fromUtf8(name) << QString::fromUtf8(value) << rules;
        };
        const auto nothing = [](PartialRules &) {};
        const auto watched = [](PartialRules &rules) { rules.watched = true; };
        const auto left = [](PartialRules &rules) { rules.watched = false; };
        const auto monitor = [](PartialRules &rules) { rules.policy = UpdatePolicy::Monitor; };
        const auto include = [](const char *text) {
            return [text](PartialRules &rules) { rules.include = QString::fromUtf8(text); };
        };
        const auto exclude = [](const char *text) {
            return [text](PartialRules &rules) { rules.exclude = QString::fromUtf8(text); };
        };
        const auto notes = [](const char *text) {
            return [text](PartialRules &rules) { rules.releaseNotes = QString::fromUtf8(text); };
        };
        const auto age = [](std::chrono::seconds seconds) {
            return [seconds](PartialRules &rules) { rules.minimumAge = seconds; };
        };

        row("docker-auto.enable", "false", left);
        row("docker-auto.enable", " TRUE ", watched);
        row("docker-auto.policy", "automatic",
            [](PartialRules &rules) { rules.policy = UpdatePolicy::Automatic; });
        row("docker-auto.policy", "Pinned", [](PartialRules &rules) { rules.policy = UpdatePolicy::Pinned; });
        row("docker-auto.strategy", "recreate",
            [](PartialRules &rules) { rules.strategy = core::UpdateStrategy::Recreate; });
        row("docker-auto.level", "minor", [](PartialRules &rules) { rules.level = TagLevel::Minor; });
        row("docker-auto.constraint", "^1.4 || 3.x",
            [](PartialRules &rules) { rules.constraint = QStringLiteral("^1.4 || 3.x"); });
        row("docker-auto.constraint", "", [](PartialRules &rules) { rules.constraint = QString(); });
        row("docker-auto.include", "^\\d+$", include("^\\d+$"));
        row("docker-auto.exclude", "-rc", exclude("-rc"));
        row("docker-auto.prerelease", "1", [](PartialRules &rules) { rules.prerelease = true; });
        row("docker-auto.family", "loose",
            [](PartialRules &rules) { rules.family = core::TagFamily::Loose; });
        row("docker-auto.automatic-level", "none",
            [](PartialRules &rules) { rules.automaticLevel = TagLevel::None; });
        row("docker-auto.release-notes", "https://example.org/${tag}", notes("https://example.org/${tag}"));
        row("docker-auto.minimum-age", "3d", age(72h));
        row("docker-auto.minimum-age", "12h", age(12h));
        row("docker-auto.minimum-age", "90m", age(90min));
        row("docker-auto.minimum-age", "1d12h", age(36h));
        row("docker-auto.minimum-age", "0", age(0s));
        row("docker-auto.minimum-age", "P3D", age(72h));
        row("docker-auto.minimum-age", "PT90M", age(90min));
        row("docker-auto.minimum-age", "P1DT12H", age(36h));
        row("docker-auto.minimum-age", "P2W", age(336h));

        row("docker-auto.rollback", "false", [](PartialRules &rules) { rules.rollback = false; });
        row("docker-auto.watch", "1h30m", [](PartialRules &rules) { rules.watch = 90min; });
        row("docker-auto.watch", "0", [](PartialRules &rules) { rules.watch = 0s; });
        row("docker-auto.probe", "http://:8080/ready",
            [](PartialRules &rules) { rules.probe = QStringLiteral("http://:8080/ready"); });
        row("docker-auto.probe", "", [](PartialRules &rules) { rules.probe = QString(); });
        row("docker-auto.backup", "Always",
            [](PartialRules &rules) { rules.backup = core::BackupMode::Always; });
        row("docker-auto.keep", "0", [](PartialRules &rules) { rules.keepVersions = 0; });
        row("docker-auto.hook.before", "[\"/backup.sh\", \"--all tables\"]", [](PartialRules &rules) {
            rules.hookBefore = std::vector{QStringLiteral("/backup.sh"), QStringLiteral("--all tables")};
        });
        row("docker-auto.hook.after", "[\"true\"]",
            [](PartialRules &rules) { rules.hookAfter = std::vector{QStringLiteral("true")}; });
        row("docker-auto.hook.after", "", [](PartialRules &rules) { rules.hookAfter.emplace(); });
        row("docker-auto.hook.timeout", "5m", [](PartialRules &rules) { rules.hookTimeout = 5min; });

        row("com.centurylinklabs.watchtower.enable", "false", left);
        row("com.centurylinklabs.watchtower.enable", "true", watched);
        row("com.centurylinklabs.watchtower.monitor-only", "true", monitor);
        row("com.centurylinklabs.watchtower.monitor-only", "false", nothing);
        row("com.centurylinklabs.watchtower.no-pull", "true", monitor);
        row("com.centurylinklabs.watchtower.cooldown-delay", "48h", age(48h));
        row("com.centurylinklabs.watchtower.cooldown-delay", "1M", age(720h));
        row("com.centurylinklabs.watchtower.depends-on", "db", nothing);
        row("com.centurylinklabs.watchtower.scope", "mine", nothing);

        row("wud.watch", "false", left);
        row("wud.watch.digest", "true", nothing);
        row("wud.tag.include", "^\\d+\\.\\d+$", include("^\\d+\\.\\d+$"));
        row("wud.tag.exclude", "beta|rc", exclude("beta|rc"));
        row("wud.tag.include", "", nothing);
        row("wud.link.template", "https://e.org/${major}/${original}?t=${transformed}&r=${raw}",
            notes("https://e.org/${major}/${tag}?t=${tag}&r=${tag}"));
        row("wud.display.name", "Shop", nothing);
        row("wud.trigger.include", "smtp.gmail", nothing);

        row("diun.enable", "true", watched);
        row("diun.enable", "false", left);
        row("diun.watch_repo", "true", [](PartialRules &rules) { rules.level = TagLevel::Major; });
        row("diun.watch_repo", "false", [](PartialRules &rules) { rules.level = TagLevel::None; });
        row("diun.include_tags", "^1\\.2\\..*", include("^1\\.2\\..*"));
        row("diun.include_tags", "^1\\..*; ^2\\..*;", include("(?:^1\\..*)|(?:^2\\..*)"));
        row("diun.exclude_tags", "rc;beta", exclude("(?:rc)|(?:beta)"));
        row("diun.sort_tags", "semver", nothing);
        row("diun.max_tags", "10", nothing);
        row("diun.notify_on", "new", nothing);

        row("dd.watch", "true", watched);
        row("dd.tag.include", "^v", include("^v"));
        row("dd.tag.exclude", "^w", exclude("^w"));
        row("dd.tag.family", "loose", [](PartialRules &rules) { rules.family = core::TagFamily::Loose; });
        row("dd.link.template", "https://e.org/${patch}", notes("https://e.org/${patch}"));
        row("dd.updatePolicy.maturityMinAgeDays", "14", age(336h));
        row("dd.updatePolicy.maturityMode", "mature", age(168h));
        row("dd.updatePolicy.maturityMode", "all", age(0s));
        row("dd.action.include", "docker.local", nothing);

        row("docker-auto.operation", "01ARZ", nothing);
        row("docker-auto.epoch", "2", nothing);
        row("org.opencontainers.image.version", "1", nothing);
    }
    void label_says()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(PartialRules, rules);
        const auto result = rulesFromLabels({{name, value}});
        QVERIFY2(result.problems.empty(),
            qPrintable(result.problems.empty() ? QString() : result.problems.front()));
        if (rules == PartialRules{}) {
            QVERIFY(result.layers.empty());
            return;
        }
        QCOMPARE(result.layers.size(), 1U);
        QVERIFY(result.layers.front().rules == rules);
        QCOMPARE(result.layers.front().source, QStringLiteral("label ") + name);
    }

    void label_isAProblem_whenItCantBeUnderstood_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *name, const char *value) {
            QTest::addRow("%s=%s", name, value) << QString::fromUtf8(name) << QString::fromUtf8(value);
        };
        row("docker-auto.enable", "maybe");
        row("docker-auto.enable", "");
        row("docker-auto.policy", "sometimes");
        row("docker-auto.strategy", "blue-green");
        row("docker-auto.level", "huge");
        row("docker-auto.constraint", "newest please");
        row("docker-auto.include", "(");
        row("docker-auto.exclude", "[");
        row("docker-auto.minimum-age", "soon");
        row("docker-auto.minimum-age", "3");
        row("docker-auto.minimum-age", "-3d");
        row("docker-auto.minimum-age", "1.5h");
        row("docker-auto.minimum-age", "P");
        row("docker-auto.minimum-age", "P1DT");
        row("docker-auto.minimum-age", "P1M");
        row("docker-auto.minimum-age", "366d");
        row("docker-auto.minimum-age", "999999999w999999999w");
        row("docker-auto.release-notes", "file:///etc/passwd");
        row("docker-auto.polcy", "manual");
        row("docker-auto.rollback", "sure");
        row("docker-auto.watch", "2d");
        row("docker-auto.watch", "ten minutes");
        row("docker-auto.probe", "http://db:5432/");
        row("docker-auto.probe", "8080");
        row("docker-auto.backup", "sometimes");
        row("docker-auto.keep", "many");
        row("docker-auto.keep", "-1");
        row("docker-auto.keep", "21");
        row("docker-auto.hook.before", "/backup.sh --all");
        row("docker-auto.hook.before", "\"/backup.sh\"");
        row("docker-auto.hook.before", "[1]");
        row("docker-auto.hook.after", "[\"\"]");
        row("docker-auto.hook.timeout", "2h");
        row("docker-auto.hook.timeout", "0");
        row("com.centurylinklabs.watchtower.lifecycle.pre-check", "/x.sh");
        row("com.centurylinklabs.watchtower.lifecycle.pre-update", "/x.sh");
        row("com.centurylinklabs.watchtower.lifecycle.post-update", "rm -rf /tmp/x");
        row("com.centurylinklabs.watchtower.lifecycle.post-check", "/x.sh");
        row("com.centurylinklabs.watchtower.lifecycle.pre-update-timeout", "5");
        row("com.centurylinklabs.watchtower.lifecycle.post-update-timeout", "5");
        row("com.centurylinklabs.watchtower.enable", "off course");
        row("com.centurylinklabs.watchtower.cooldown-delay", "x");
        row("wud.watch.digest", "false");
        row("wud.tag.include", "*");
        row("wud.tag.transform", "^(\\d+)-.*$ => $1");
        row("wud.link.template", "https://e.org/${container.name}");
        row("wud.link.template", "https://e.org/${prerelease}");
        row("diun.watch_repo", "sure");
        row("diun.include_tags", "a;(");
        // Each is no expression; joined they would be one.
        row("diun.include_tags", "a);(b");
        row("dd.tag.family", "close");
        row("dd.tag.transform", "a => b");
        row("dd.updatePolicy.maturityMinAgeDays", "many");
        row("dd.updatePolicy.maturityMode", "ripe");
        row("dd.updatePolicy.skipTags", "1.0.0");
        row("dd.registry.lookup.image", "library/traefik");
        row("dd.inspect.tag.path", "Config/Labels/version");
    }
    void label_isAProblem_whenItCantBeUnderstood()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const auto result = rulesFromLabels({{name, value}});
        QVERIFY(result.layers.empty());
        QCOMPARE(result.problems.size(), 1U);
        QVERIFY(result.problems.front().startsWith(name + QStringLiteral(": ")));
        QVERIFY(result.problems.front().size() > name.size() + 5);
    }

    void problem_saysOnlyTheBeginningOfALongValue()
    {
        const auto result = read("docker-auto.policy", QByteArray(5'000, 'x').constData());
        QCOMPARE(result.problems.size(), 1U);
        QVERIFY(result.problems.front().size() < 250);
    }

    void labels_weighInTheOrderOfTheirProducts()
    {
        const Labels labels{{QStringLiteral("dd.watch"), QStringLiteral("false")},
            {QStringLiteral("diun.enable"), QStringLiteral("true")},
            {QStringLiteral("wud.watch"), QStringLiteral("false")},
            {QStringLiteral("com.centurylinklabs.watchtower.enable"), QStringLiteral("true")},
            {QStringLiteral("docker-auto.enable"), QStringLiteral("false")}};
        const auto result = rulesFromLabels(labels);
        QStringList sources;
        for (const RuleLayer &layer : result.layers) {
            sources.append(layer.source);
        }
        QCOMPARE(sources, (QStringList{QStringLiteral("label docker-auto.enable"),
                              QStringLiteral("label com.centurylinklabs.watchtower.enable"),
                              QStringLiteral("label wud.watch"), QStringLiteral("label diun.enable"),
                              QStringLiteral("label dd.watch")}));
        QVERIFY(!resolveRules(result.layers).rules.watched);
    }

    void ownLabel_winsOverAForeignOne()
    {
        const Labels labels{{QStringLiteral("wud.tag.include"), QStringLiteral("^1")},
            {QStringLiteral("docker-auto.include"), QStringLiteral("^2")}};
        QCOMPARE(resolveRules(rulesFromLabels(labels).layers).rules.tags.include, QStringLiteral("^2"));
    }

    void ownLabel_withoutAText_undoesAForeignOne()
    {
        const Labels labels{{QStringLiteral("wud.tag.include"), QStringLiteral("^1")},
            {QStringLiteral("docker-auto.include"), QString()}};
        QCOMPARE(resolveRules(rulesFromLabels(labels).layers).rules.tags.include, QString());
    }

    void wrongLabel_leavesTheFieldToTheNext()
    {
        const Labels labels{{QStringLiteral("docker-auto.include"), QStringLiteral("(")},
            {QStringLiteral("wud.tag.include"), QStringLiteral("^1")}};
        const auto result = rulesFromLabels(labels);
        QCOMPARE(result.problems.size(), 1U);
        QCOMPARE(resolveRules(result.layers).rules.tags.include, QStringLiteral("^1"));
    }

    /// Nobody's label but ours makes a container update by itself.
    void foreignLabels_neverMakeUpdatesBeginByThemselves()
    {
        Labels labels;
        for (const char *name : {"com.centurylinklabs.watchtower.enable", "wud.watch", "wud.watch.digest",
                 "diun.enable", "diun.watch_repo", "dd.watch", "dd.watch.digest"}) {
            labels.emplace(QString::fromLatin1(name), QStringLiteral("true"));
        }
        labels.emplace(
            QStringLiteral("com.centurylinklabs.watchtower.monitor-only"), QStringLiteral("false"));
        QCOMPARE(resolveRules(rulesFromLabels(labels).layers).rules.policy, UpdatePolicy::Manual);
    }
};

QTEST_APPLESS_MAIN(TestLabelRules)
#include "tst_labelrules.moc"
