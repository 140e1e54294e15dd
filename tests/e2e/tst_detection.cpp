#include "support/registrywriter.h"
#include "support/stage.h"

#include <QNetworkReply>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;

namespace {

/// A container, what the registry has for it when it is made and later, and what is to be decided then.
struct Case
{
    QString name;
    QString tag;
    /// Tags of the repository with the contents that they stand for later; the own one stands for "mine" when
    /// the container is made.
    QMap<QString, QString> later;
    QMap<QString, QString> labels;
    QString decision;
    /// Empty: none.
    QString candidate = {};
    QString bump = {};
    QString heldBy = {};
    /// Something that the reason says; empty: not looked at.
    QString reason = {};
    /// More than tags: called after the container was made.
    std::function<Result<>(RegistryWriter &, const QString &repository)> after = {};
    /// By digest, or by tag and digest.
    QString pinned = {};
};

using Tags = QMap<QString, QString>;
using Labels = QMap<QString, QString>;

const QString mine = QStringLiteral("mine");
const QString current = QStringLiteral("up_to_date");
const QString available = QStringLiteral("update_available");
const QString held = QStringLiteral("held_back");
const QString unchecked = QStringLiteral("not_checked");

Tags tags(std::initializer_list<const char *> names)
{
    Tags all;
    for (const char *name : names) {
        all.insert(QLatin1String(name), QLatin1String(name));
    }
    return all;
}

Labels labels(std::initializer_list<std::pair<const char *, const char *>> pairs)
{
    Labels all;
    for (const auto &[name, value] : pairs) {
        all.insert(QLatin1String(name), QLatin1String(value));
    }
    return all;
}

Case newer(const char *name, const char *tag, std::initializer_list<const char *> later,
    const char *candidate, const char *bump, const Labels &with = {})
{
    return {.name = QLatin1String(name),
        .tag = QLatin1String(tag),
        .later = tags(later),
        .labels = with,
        .decision = available,
        .candidate = QLatin1String(candidate),
        .bump = QLatin1String(bump)};
}

Case same(
    const char *name, const char *tag, std::initializer_list<const char *> later, const Labels &with = {})
{
    return {.name = QLatin1String(name),
        .tag = QLatin1String(tag),
        .later = tags(later),
        .labels = with,
        .decision = current};
}

Case heldBack(const char *name, const char *by, const Labels &with, const char *candidate = "1.0.1")
{
    return {.name = QLatin1String(name),
        .tag = QStringLiteral("1.0.0"),
        .later = tags({candidate}),
        .labels = with,
        .decision = held,
        .candidate = QLatin1String(candidate),
        .heldBy = QLatin1String(by)};
}

std::vector<Case> versionCases()
{
    return {same("current", "latest", {}), same("current-version", "1.0.0", {"0.9.0"}),
        newer("patch", "1.0.0", {"1.0.1"}, "1.0.1", "patch"),
        newer("minor", "1.0.0", {"1.0.1", "1.1.0"}, "1.1.0", "minor"),
        newer("major", "1.0.0", {"1.1.0", "2.0.0"}, "2.0.0", "major"),
        newer("two-numbers", "12.14", {"12.15", "12.15.1"}, "12.15", "minor"),
        newer("one-number", "14", {"15", "15.1"}, "15", "major"),
        newer("four-numbers", "1.2.3.9", {"1.2.3.10"}, "1.2.3.10", "build"),
        newer("leading-v", "v2.10.0", {"v2.11.0", "2.12.0"}, "v2.11.0", "minor"),
        newer("variant", "1.0.0-alpine", {"1.0.1", "1.0.1-alpine", "1.0.2-slim"}, "1.0.1-alpine", "patch"),
        same("variant-older-base", "1.0.0-alpine3.19", {"1.0.0-alpine3.20"}),
        newer("variant-loose", "1.0.0-alpine3.19", {"1.0.0-alpine3.20"}, "1.0.0-alpine3.20", "build",
            labels({{"docker-auto.family", "loose"}})),
        newer("build-counter", "1.32.5-ls214", {"1.32.5-ls215"}, "1.32.5-ls215", "build"),
        newer("calendar", "2024.12.1", {"2025.1.0", "5.0.0"}, "2025.1.0", "major"),
        same("schemes-do-not-mix", "5.0.0", {"2021.1.0", "20240501"}),
        same("no-prerelease", "1.0.0", {"1.1.0-rc1", "1.1.0-beta.2"}),
        newer("prerelease", "1.0.0", {"1.1.0-rc1"}, "1.1.0-rc1", "minor",
            labels({{"docker-auto.prerelease", "true"}})),
        newer("own-prerelease", "1.1.0-rc9", {"1.1.0-rc10"}, "1.1.0-rc10", "build"),
        same("commit", "3f2a9bc", {"ffffff1", "1.0.0"}),
        newer("level-patch", "1.0.0", {"1.0.1", "1.1.0", "2.0.0"}, "1.0.1", "patch",
            labels({{"docker-auto.level", "patch"}})),
        same("level-none", "1.0.0", {"1.0.1"}, labels({{"docker-auto.level", "none"}})),
        newer("constraint", "1.0.0", {"1.4.0", "2.0.0"}, "1.4.0", "minor",
            labels({{"docker-auto.constraint", "<2"}})),
        newer("wud-include", "1.0.0", {"1.0.1", "1.1.0", "1.2.0"}, "1.1.0", "minor",
            labels({{"wud.tag.include", R"(^1\.[01]\.\d+$)"}})),
        newer("diun-exclude", "1.0.0", {"1.0.1", "1.1.0"}, "1.0.1", "patch",
            labels({{"diun.exclude_tags", R"(^1\.1)"}})),
        newer(
            "hostile-expression", "1.0.0", {"1.0.1"}, "1.0.1", "patch", labels({{"wud.tag.include", "(["}}))};
}

std::vector<Case> policyCases()
{
    return {heldBack("approval", "approval", labels({{"docker-auto.policy", "approval"}})),
        heldBack("unscheduled", "schedule", labels({{"docker-auto.policy", "scheduled"}})),
        heldBack("scheduled", "schedule", labels({{"docker-auto.policy", "scheduled"}, {"team", "night"}})),
        heldBack("frozen", "freeze", labels({{"docker-auto.policy", "automatic"}, {"team", "frozen"}})),
        heldBack("window", "window", labels({{"docker-auto.policy", "automatic"}, {"team", "window"}})),
        heldBack("too-large", "policy", labels({{"docker-auto.policy", "automatic"}}), "2.0.0"),
        heldBack("too-young", "minimum_age", labels({{"docker-auto.minimum-age", "3d"}})),
        heldBack("group-policy", "minimum_age", labels({{"team", "careful"}})),
        newer("monitor", "1.0.0", {"1.0.1"}, "1.0.1", "patch",
            labels({{"com.centurylinklabs.watchtower.monitor-only", "true"}})),
        {.name = QStringLiteral("unwatched"),
            .tag = QStringLiteral("1.0.0"),
            .later = tags({"1.0.1"}),
            .labels = labels({{"com.centurylinklabs.watchtower.enable", "false"}}),
            .decision = unchecked,
            .reason = QStringLiteral("com.centurylinklabs.watchtower.enable")},
        {.name = QStringLiteral("pinned"),
            .tag = QStringLiteral("1.0.0"),
            .later = tags({"1.0.1"}),
            .labels = labels({{"docker-auto.policy", "pinned"}}),
            .decision = QStringLiteral("pinned"),
            .candidate = QStringLiteral("1.0.1")}};
}

std::vector<Case> formCases()
{
    using Writer = RegistryWriter;
    const auto rebuilt = [](const char *name, const QString &decision,
                             std::function<Result<>(Writer &, const QString &)> after,
                             const char *reason = "") {
        return Case{.name = QLatin1String(name),
            .tag = QStringLiteral("latest"),
            .later = {},
            .labels = {},
            .decision = decision,
            .candidate = decision == available ? QStringLiteral("latest") : QString(),
            .bump = decision == available ? QStringLiteral("build") : QString(),
            .reason = QLatin1String(reason),
            .after = std::move(after)};
    };
    return {rebuilt("new-digest", available,
                [](Writer &writer, const QString &repository) -> Result<> {
                    DOCKERAUTO_TRY(
                        writer.publish(repository, QStringLiteral("latest"), {QStringLiteral("next")}));
                    return {};
                }),
        rebuilt("index-of-the-same", current,
            [](Writer &writer, const QString &repository) -> Result<> {
                DOCKERAUTO_TRY_ASSIGN(own, writer.image(repository, {mine}));
                DOCKERAUTO_TRY_ASSIGN(
                    arm, writer.image(repository, {QStringLiteral("arm"), QStringLiteral("arm64")}));
                DOCKERAUTO_TRY_ASSIGN(index, writer.index(repository, {{own, QStringLiteral("amd64")},
                                                                          {arm, QStringLiteral("arm64")}}));
                return writer.tag(repository, QStringLiteral("latest"), index);
            }),
        rebuilt("nested-index-of-the-same", current,
            [](Writer &writer, const QString &repository) -> Result<> {
                DOCKERAUTO_TRY_ASSIGN(own, writer.image(repository, {mine}));
                DOCKERAUTO_TRY_ASSIGN(inner, writer.index(repository, {{own, QStringLiteral("amd64")}}));
                DOCKERAUTO_TRY_ASSIGN(outer, writer.index(repository, {{inner, {}, false, true}}));
                return writer.tag(repository, QStringLiteral("latest"), outer);
            }),
        rebuilt("attestation-added", current,
            [](Writer &writer, const QString &repository) -> Result<> {
                DOCKERAUTO_TRY_ASSIGN(own, writer.image(repository, {mine}));
                DOCKERAUTO_TRY_ASSIGN(proof, writer.image(repository, {QStringLiteral("proof")}));
                DOCKERAUTO_TRY_ASSIGN(
                    index, writer.index(repository, {{own, QStringLiteral("amd64")}, {proof, {}, true}}));
                return writer.tag(repository, QStringLiteral("latest"), index);
            }),
        rebuilt("new-in-an-index", available,
            [](Writer &writer, const QString &repository) -> Result<> {
                DOCKERAUTO_TRY_ASSIGN(next, writer.image(repository, {QStringLiteral("next")}));
                DOCKERAUTO_TRY_ASSIGN(index, writer.index(repository, {{next, QStringLiteral("amd64")}}));
                return writer.tag(repository, QStringLiteral("latest"), index);
            }),
        rebuilt(
            "other-platform-only", unchecked,
            [](Writer &writer, const QString &repository) -> Result<> {
                DOCKERAUTO_TRY(writer.publish(
                    repository, QStringLiteral("latest"), {QStringLiteral("arm"), QStringLiteral("arm64")}));
                return {};
            },
            "arm64"),
        {.name = QStringLiteral("alias"),
            .tag = QStringLiteral("1.0.0"),
            .later = {{QStringLiteral("1.0.1"), mine}},
            .labels = {},
            .decision = current},
        {.name = QStringLiteral("platform-of-a-tag"),
            .tag = QStringLiteral("1.0.0"),
            .later = tags({"1.0.1"}),
            .labels = {},
            .decision = available,
            .candidate = QStringLiteral("1.0.1"),
            .bump = QStringLiteral("patch"),
            .after = [](Writer &writer, const QString &repository) -> Result<> {
                DOCKERAUTO_TRY(writer.publish(
                    repository, QStringLiteral("1.0.2"), {QStringLiteral("arm"), QStringLiteral("arm64")}));
                return {};
            }},
        {.name = QStringLiteral("by-digest"),
            .tag = QStringLiteral("latest"),
            .later = {{QStringLiteral("latest"), QStringLiteral("next")}},
            .labels = {},
            .decision = current,
            .pinned = QStringLiteral("digest")},
        {.name = QStringLiteral("by-tag-and-digest"),
            .tag = QStringLiteral("1.0.0"),
            .later = tags({"1.0.1"}),
            .labels = {},
            .decision = available,
            .candidate = QStringLiteral("1.0.1"),
            .bump = QStringLiteral("patch"),
            .pinned = QStringLiteral("tag and digest")}};
}

} // namespace

/// Sixty repositories in a real registry, a container of each, one check: every kind of decision.
class DetectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        E2E_GET(base, m_stage->images.publish({.repository = QStringLiteral("decisions/base")}));
        m_writer = std::make_unique<RegistryWriter>(m_stage->lab.registry());
        E2E_VERIFY(m_writer->readBase(base.reference));
        for (auto &list : {versionCases(), policyCases(), formCases()}) {
            m_cases.insert(m_cases.end(), list.begin(), list.end());
        }
        for (int i = static_cast<int>(m_cases.size()); i < 60; ++i) {
            m_cases.push_back(same(qPrintable(QStringLiteral("more-%1").arg(i)), "latest", {}));
        }
        for (const Case &one : m_cases) {
            E2E_VERIFY(makeContainer(one));
        }
        E2E_VERIFY(makeLocal());
        E2E_VERIFY(m_stage->startServer());
        makePlans();
        for (const Case &one : m_cases) {
            E2E_VERIFY(publishLater(one));
        }
    }
    void cleanupTestCase() { m_stage.reset(); }

    void everyContainer_hasItsDecision();
    void explanation_tellsRulesAndRefusedTags();
    void changes_areReadFromTheRegistry();
    void skippedVersion_isHeldBack_untilOfferedAgain();
    void approval_letsTheUpdateBegin_toTheNewTag();
    void scheduleRun_carriesOutWhatWaitsForIt();
    void policyChange_decidesAnew();
    void newContainer_isLookedAtByItself();

private:
    static QString repositoryOf(const Case &one) { return QStringLiteral("decisions/") + one.name; }
    static QString nameOf(const QString &name) { return QStringLiteral("dec-") + name; }
    Result<> makeContainer(const Case &one);
    Result<> makeLocal();
    Result<> publishLater(const Case &one);
    void makePlans();
    Result<std::map<QString, Json>> decided();
    Result<Json> containerOf(const QString &name);

    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<RegistryWriter> m_writer;
    std::vector<Case> m_cases;
};

Result<> DetectionTest::makeContainer(const Case &one)
{
    const QString repository = repositoryOf(one);
    DOCKERAUTO_TRY_ASSIGN(digest, m_writer->publish(repository, one.tag, {mine}));
    QString reference = m_writer->reference(repository, one.tag);
    if (one.pinned == QStringLiteral("digest")) {
        reference = reference.section(u':', 0, -2) + u'@' + digest;
    } else if (!one.pinned.isEmpty()) {
        reference += u'@' + digest;
    }
    DOCKERAUTO_TRY(m_stage->lab.dockerCli({QStringLiteral("pull"), QStringLiteral("-q"), reference}));
    QStringList arguments{QStringLiteral("create"), QStringLiteral("--name"), nameOf(one.name)};
    for (auto label = one.labels.cbegin(); label != one.labels.cend(); ++label) {
        arguments << QStringLiteral("--label") << label.key() + u'=' + label.value();
    }
    m_stage->forget(nameOf(one.name));
    DOCKERAUTO_TRY(m_stage->lab.dockerCli(arguments << reference));
    return {};
}

Result<> DetectionTest::makeLocal()
{
    const QString reference = m_writer->reference(repositoryOf(m_cases.front()), m_cases.front().tag);
    DOCKERAUTO_TRY(m_stage->lab.dockerCli(
        {QStringLiteral("create"), QStringLiteral("--name"), nameOf(QStringLiteral("builder")), reference}));
    m_stage->forget(nameOf(QStringLiteral("builder")));
    DOCKERAUTO_TRY(m_stage->lab.dockerCli(
        {QStringLiteral("commit"), nameOf(QStringLiteral("builder")), QStringLiteral("built-here:1.0")}));
    m_stage->forget(nameOf(QStringLiteral("local")));
    DOCKERAUTO_TRY(m_stage->lab.dockerCli({QStringLiteral("create"), QStringLiteral("--name"),
        nameOf(QStringLiteral("local")), QStringLiteral("built-here:1.0")}));
    return {};
}

Result<> DetectionTest::publishLater(const Case &one)
{
    const QString repository = repositoryOf(one);
    for (auto tag = one.later.cbegin(); tag != one.later.cend(); ++tag) {
        DOCKERAUTO_TRY(m_writer->publish(repository, tag.key(), {tag.value()}));
    }
    return one.after ? one.after(*m_writer, repository) : Result<>();
}

void DetectionTest::makePlans()
{
    auto &api = m_stage->api;
    const auto made = [&](const QString &path, const Json &body) {
        const Reply reply = api.post(path, body);
        QVERIFY2(reply.status == 201, reply.text());
    };
    const auto scope = [](const char *team) {
        return Json{{"kind", "label"}, {"value", std::string("team=") + team}};
    };
    // Once a year: never during this test.
    made(QStringLiteral("/schedules"),
        {{"name", "night"}, {"action", "update"}, {"cron", "0 4 1 1 *"}, {"scope", scope("night")}});
    made(QStringLiteral("/windows"),
        {{"name", "holidays"}, {"kind", "freeze"}, {"scope", scope("frozen")},
            {"times", {{"from", "2020-01-01T00:00:00Z"}, {"until", "2120-01-01T00:00:00Z"}}}});
    made(QStringLiteral("/windows"),
        {{"name", "leap day"}, {"kind", "window"}, {"scope", scope("window")},
            {"times", {{"from", "2100-01-01T00:00:00Z"}, {"until", "2100-01-02T00:00:00Z"}}}});
    made(QStringLiteral("/policies"),
        {{"name", "careful"}, {"scope", scope("careful")}, {"rules", {{"minimumAgeSeconds", 86400}}}});
}

Result<std::map<QString, Json>> DetectionTest::decided()
{
    const Reply started = m_stage->api.post(QStringLiteral("/containers/check"), Json::object());
    if (started.status != 202) {
        return core::fail(core::ErrorCode::Internal, QString::fromUtf8(started.text()));
    }
    std::map<QString, Json> containers;
    Reply page;
    const bool done = QTest::qWaitFor(
        [&] {
            containers.clear();
            page = m_stage->api.get(QStringLiteral("/containers?limit=500&search=dec-"));
            for (const Json &item : memberOf(page.body, "items")) {
                containers[textOf(item, "name")] = item;
            }
            return containers.size() > m_cases.size() &&
                   std::ranges::all_of(containers, [](const auto &entry) {
                       return !memberOf(entry.second["update"], "checkedAt").is_null();
                   });
        },
        60'000);
    return done ? Result<std::map<QString, Json>>(containers)
                : core::fail(core::ErrorCode::Timeout, QString::fromUtf8(page.text()));
}

Result<Json> DetectionTest::containerOf(const QString &name)
{
    return m_stage->described(nameOf(name));
}

void DetectionTest::everyContainer_hasItsDecision()
{
    E2E_GET(containers, decided());
    QStringList wrong;
    for (const Case &one : m_cases) {
        const Json &update = containers[nameOf(one.name)]["update"];
        const Json &candidate = memberOf(update, "candidate");
        const bool asExpected =
            textOf(update, "decision") == one.decision &&
            (one.candidate.isEmpty() ? candidate.is_null() : textOf(candidate, "tag") == one.candidate) &&
            (one.bump.isEmpty() || textOf(candidate, "bump") == one.bump) &&
            textOf(update, "heldBy") == one.heldBy && textOf(update, "reason").contains(one.reason) &&
            !textOf(update, "reason").isEmpty();
        if (!asExpected) {
            wrong << QStringLiteral("%1: %2").arg(one.name, QString::fromStdString(core::writeJson(update)));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    QCOMPARE(textOf(containers[nameOf(QStringLiteral("local"))]["update"], "decision"),
        QStringLiteral("local_image"));
    // What becomes possible says when.
    for (const char *name : {"scheduled", "frozen", "window", "too-young"}) {
        const Json &update = containers[nameOf(QLatin1String(name))]["update"];
        QVERIFY2(memberOf(update, "possibleAt").is_string(), update.dump().c_str());
    }
    // The list of what is available says the same.
    const Reply list = m_stage->api.get(QStringLiteral("/updates/available?decision=held_back&limit=500"));
    QCOMPARE(list.status, 200);
    QVERIFY2(list.body["items"].size() >= 8, list.text());
    for (const Json &item : list.body["items"]) {
        QVERIFY(!textOf(item, "heldBy").isEmpty());
    }
}

void DetectionTest::explanation_tellsRulesAndRefusedTags()
{
    E2E_GET(container, containerOf(QStringLiteral("level-patch")));
    const Reply why = m_stage->api.get(QStringLiteral("/containers/%1/why").arg(textOf(container, "id")));
    QVERIFY2(why.status == 200, why.text());
    bool level = false;
    for (const Json &rule : why.body["rules"]) {
        level = level || (textOf(rule, "field") == QStringLiteral("level") &&
                             textOf(rule, "value") == QStringLiteral("patch") &&
                             textOf(rule, "source") == QStringLiteral("label docker-auto.level"));
    }
    QVERIFY2(level, why.text());
    const auto told = [&](const char *field, const char *value) {
        return std::ranges::any_of(why.body["rules"], [&](const Json &rule) {
            return textOf(rule, "field") == QLatin1String(field) &&
                   textOf(rule, "value") == QLatin1String(value) &&
                   textOf(rule, "source") == QStringLiteral("default");
        });
    };
    QVERIFY2(told("rollback", "true") && told("watchSeconds", "600 s") && told("backupVolumes", "guarded") &&
                 told("keepVersions", "3"),
        why.text());
    bool refused = false;
    for (const Json &tag : why.body["rejected"]) {
        refused = refused || (textOf(tag, "tag") == QStringLiteral("2.0.0") && !textOf(tag, "why").isEmpty());
    }
    QVERIFY2(refused, why.text());
    E2E_GET(hostile, containerOf(QStringLiteral("hostile-expression")));
    const Reply problems = m_stage->api.get(QStringLiteral("/containers/%1/why").arg(textOf(hostile, "id")));
    QVERIFY2(problems.body["problems"].size() == 1, problems.text());
}

void DetectionTest::changes_areReadFromTheRegistry()
{
    E2E_GET(container, containerOf(QStringLiteral("patch")));
    const Reply changes =
        m_stage->api.get(QStringLiteral("/containers/%1/changes").arg(textOf(container, "id")));
    QVERIFY2(changes.status == 200, changes.text());
    QCOMPARE(textOf(changes.body["to"], "tag"), QStringLiteral("1.0.1"));
    bool content = false;
    for (const Json &change : changes.body["config"]) {
        content = content ||
                  (textOf(change, "field") == QStringLiteral("Env/CONTENT") &&
                      textOf(change, "before") == mine && textOf(change, "after") == QStringLiteral("1.0.1"));
    }
    QVERIFY2(content, changes.text());
    QVERIFY2(changes.body["downloadBytes"] == 0 && changes.body["totalBytes"] > 0, changes.text());
}

void DetectionTest::skippedVersion_isHeldBack_untilOfferedAgain()
{
    E2E_GET(container, containerOf(QStringLiteral("major")));
    const QString path = QStringLiteral("/containers/%1/").arg(textOf(container, "id"));
    const Reply skipped = m_stage->api.post(path + QStringLiteral("skip"), Json::object());
    QVERIFY2(skipped.status == 200, skipped.text());
    QCOMPARE(textOf(skipped.body["update"], "heldBy"), QStringLiteral("skipped"));
    // The version below it was passed over before and is the next best now.
    QTRY_COMPARE_WITH_TIMEOUT(
        textOf(memberOf(containerOf(QStringLiteral("major")).value()["update"], "candidate"), "tag"),
        QStringLiteral("1.1.0"), 15'000);
    QVERIFY(m_stage->api.post(path + QStringLiteral("offer-again")).status == 200);
    QTRY_COMPARE_WITH_TIMEOUT(
        textOf(memberOf(containerOf(QStringLiteral("major")).value()["update"], "candidate"), "tag"),
        QStringLiteral("2.0.0"), 15'000);
}

void DetectionTest::approval_letsTheUpdateBegin_toTheNewTag()
{
    E2E_GET(container, containerOf(QStringLiteral("approval")));
    QString id;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const Reply waiting = m_stage->api.get(QStringLiteral("/updates?status=awaiting_approval"));
            for (const Json &update : memberOf(waiting.body, "items")) {
                id = textOf(update, "container") == textOf(container, "id") ? textOf(update, "id") : id;
            }
            return !id.isEmpty();
        }(),
        10'000);
    const Reply approved = m_stage->api.post(
        QStringLiteral("/updates/%1/approve").arg(id), Json{{"comment", "looked at the notes"}});
    QVERIFY2(approved.status == 202, approved.text());
    E2E_GET(update, m_stage->ended(id));
    QVERIFY2(textOf(update, "status") == QStringLiteral("succeeded"), update.dump(1).c_str());
    QVERIFY(!textOf(update, "approvedBy").isEmpty());
    QCOMPARE(textOf(update["to"], "tag"), QStringLiteral("1.0.1"));
    E2E_GET(now, m_stage->inspect(nameOf(QStringLiteral("approval"))));
    QVERIFY(textOf(now["Config"], "Image").endsWith(QStringLiteral("/approval:1.0.1")));
    const Reply again = m_stage->api.post(QStringLiteral("/updates/%1/approve").arg(id), Json::object());
    QCOMPARE(again.status, 409);
}

void DetectionTest::scheduleRun_carriesOutWhatWaitsForIt()
{
    const Reply list = m_stage->api.get(QStringLiteral("/schedules"));
    QVERIFY2(list.body["items"].size() == 1, list.text());
    const QString id = textOf(list.body["items"][0], "id");
    const Reply upcoming = m_stage->api.get(QStringLiteral("/schedules/upcoming?hours=744"));
    QVERIFY2(upcoming.status == 200, upcoming.text());
    QVERIFY(m_stage->api.post(QStringLiteral("/schedules/%1/run").arg(id)).status == 202);
    QTRY_COMPARE_WITH_TIMEOUT(
        textOf(containerOf(QStringLiteral("scheduled")).value(), "tag"), QStringLiteral("1.0.1"), 60'000);
    E2E_GET(other, containerOf(QStringLiteral("unscheduled")));
    QCOMPARE(textOf(other, "tag"), QStringLiteral("1.0.0"));
}

void DetectionTest::policyChange_decidesAnew()
{
    const Reply list = m_stage->api.get(QStringLiteral("/policies"));
    const Json policy = list.body["items"][0];
    QVERIFY2(policy["containers"] == 1, list.text());
    E2E_GET(before, containerOf(QStringLiteral("group-policy")));
    QCOMPARE(textOf(before["update"], "heldBy"), QStringLiteral("minimum_age"));
    QCOMPARE(
        m_stage->api.send("DELETE", QStringLiteral("/policies/") + textOf(policy, "id"), {}).status, 204);
    QTRY_COMPARE_WITH_TIMEOUT(
        textOf(containerOf(QStringLiteral("group-policy")).value()["update"], "decision"), available, 15'000);
}

void DetectionTest::newContainer_isLookedAtByItself()
{
    Case late = newer("late", "1.0.0", {"1.0.1"}, "1.0.1", "patch");
    E2E_VERIFY(publishLater(late));
    E2E_VERIFY(makeContainer(late));
    Json seen;
    QTRY_VERIFY2_WITH_TIMEOUT(
        [&] {
            seen = containerOf(late.name).value_or(Json());
            return textOf(memberOf(memberOf(seen, "update"), "candidate"), "tag") == QStringLiteral("1.0.1");
        }(),
        seen.dump().c_str(), 15'000);
}

QTEST_GUILESS_MAIN(DetectionTest)
#include "tst_detection.moc"
