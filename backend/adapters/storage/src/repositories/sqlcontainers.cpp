#include "repositories/sqlcontainers.h"

#include "sql/rowreader.h"
#include "sql/sqltext.h"

#include <algorithm>

namespace dockerauto::storage {

namespace {

constexpr auto what = "a container";
const QString missing = QStringLiteral("There is no such container");

const SqlTable &containerTable()
{
    static const SqlTable table{QStringLiteral("containers"), {QStringLiteral("id")},
        {QStringLiteral("id"), QStringLiteral("host_id"), QStringLiteral("engine_id"), QStringLiteral("name"),
            QStringLiteral("image"), QStringLiteral("tag"), QStringLiteral("digest"),
            QStringLiteral("image_id"), QStringLiteral("status"), QStringLiteral("health"),
            QStringLiteral("update_policy"), QStringLiteral("strategy"), QStringLiteral("configuration"),
            QStringLiteral("decision"), QStringLiteral("decision_reason"), QStringLiteral("possible_at"),
            QStringLiteral("checked_at"), QStringLiteral("candidate_tag"), QStringLiteral("candidate_digest"),
            QStringLiteral("candidate_bump"), QStringLiteral("created_by"), QStringLiteral("created_at"),
            QStringLiteral("updated_at"), QStringLiteral("held_by"), QStringLiteral("decision_detail"),
            QStringLiteral("policy_source"), QStringLiteral("own_rules"), QStringLiteral("project"),
            QStringLiteral("search_text")}};
    return table;
}

/// What an observation of the engine does not know.
const QStringList &keptByObservation()
{
    static const QStringList columns{QStringLiteral("update_policy"), QStringLiteral("strategy"),
        QStringLiteral("decision"), QStringLiteral("decision_reason"), QStringLiteral("possible_at"),
        QStringLiteral("checked_at"), QStringLiteral("candidate_tag"), QStringLiteral("candidate_digest"),
        QStringLiteral("candidate_bump"), QStringLiteral("held_by"), QStringLiteral("decision_detail"),
        QStringLiteral("policy_source"), QStringLiteral("own_rules")};
    return columns;
}

core::Result<ports::ContainerRecord> readContainer(RowReader row)
{
    ports::ContainerRecord container{.id = row.id<core::ContainerId>(),
        .host = row.id<core::HostId>(),
        .engineId = row.id<core::EngineContainerId>(),
        .name = row.text(),
        .image = row.text(),
        .tag = row.text(),
        .digest = row.text(),
        .imageId = row.text(),
        .status = row.text(),
        .health = row.text(),
        .policy = row.word<core::UpdatePolicy>(),
        .strategy = row.word<core::UpdateStrategy>(),
        .policySource = {},
        .ownRules = {},
        .configuration = row.json(),
        .decision = {.decision = row.word<core::Decision>(),
            .reason = row.text(),
            .possibleAt = row.optionalTime(),
            .checkedAt = row.optionalTime(),
            .candidateTag = row.text(),
            .candidateDigest = row.text(),
            .bump = row.word<core::Bump>(),
            .heldBy = {},
            .detail = {}},
        .createdBy = row.text(),
        .createdAt = row.time(),
        .updatedAt = row.time()};
    container.decision.heldBy = row.optionalWord<core::Hold>();
    container.decision.detail = row.json();
    container.policySource = row.text();
    container.ownRules = row.json();
    return row.finish(std::move(container));
}

QString heldByText(const ports::DecisionRecord &decision)
{
    return decision.heldBy ? core::toQString(*decision.heldBy) : QString();
}

QString searchTextOf(const ports::ContainerRecord &record, const QString &project)
{
    // A line each, so that nothing is found across two of them.
    const QString text = record.name + u'\n' + record.image + u'\n' + project;
    return text.toLower();
}

struct Condition
{
    QStringList terms;
    SqlParams params;

    void add(const QString &term, SqlValue param)
    {
        terms << term;
        params.push_back(std::move(param));
    }
    [[nodiscard]] QString where() const
    {
        return terms.isEmpty() ? QString()
                               : QStringLiteral("WHERE %1 ").arg(terms.join(QStringLiteral(" AND ")));
    }
};

Condition conditionOf(const ports::ContainerFilter &filter)
{
    Condition condition;
    if (filter.host) {
        condition.add(QStringLiteral("host_id = ?"), filter.host->text());
    }
    if (!filter.status.isEmpty()) {
        condition.add(QStringLiteral("status = ?"), filter.status);
    }
    if (!filter.project.isEmpty()) {
        condition.add(QStringLiteral("project = ?"), filter.project);
    }
    if (filter.decision) {
        condition.add(QStringLiteral("decision = ?"), core::toQString(*filter.decision));
    }
    if (!filter.search.isEmpty()) {
        condition.add(QStringLiteral("search_text LIKE ? ESCAPE '\\'"), likeContaining(filter.search));
    }
    return condition;
}

} // namespace

core::Result<ports::ContainerRecord> SqlContainers::find(const core::ContainerId &id)
{
    return readOne<ports::ContainerRecord>(
        m_sql.query(selectFrom(containerTable()) + QStringLiteral("WHERE id = ?"), {id.text()}), what,
        missing, readContainer);
}

core::Result<std::vector<ports::ContainerRecord>> SqlContainers::ofHost(const core::HostId &host)
{
    return readRows<ports::ContainerRecord>(
        m_sql.query(selectFrom(containerTable()) + QStringLiteral("WHERE host_id = ? ORDER BY name, id"),
            {host.text()}),
        what, readContainer);
}

SqlQuery SqlContainers::listQuery(
    const ports::ContainerFilter &filter, const std::optional<ports::PageKey> &after, int limit)
{
    Condition condition = conditionOf(filter);
    if (after) {
        condition.add(QStringLiteral("(name, id) > (?, ?)"), after->key);
        condition.params.emplace_back(after->id);
    }
    condition.params.emplace_back(qint64{std::max(limit, 0)});
    return {selectFrom(containerTable()) + condition.where() + QStringLiteral("ORDER BY name, id LIMIT ?"),
        condition.params};
}

core::Result<std::vector<ports::ContainerRecord>> SqlContainers::list(
    const ports::ContainerFilter &filter, const std::optional<ports::PageKey> &after, int limit)
{
    const SqlQuery query = listQuery(filter, after, limit);
    return readRows<ports::ContainerRecord>(m_sql.query(query.sql, query.params), what, readContainer);
}

core::Result<qint64> SqlContainers::count(const ports::ContainerFilter &filter)
{
    const Condition condition = conditionOf(filter);
    return readCount(m_sql.query(
        QStringLiteral("SELECT count(*) FROM containers ") + condition.where(), condition.params));
}

core::Result<> SqlContainers::saveObserved(const ports::ContainerRecord &record)
{
    const QString project = core::textOf(record.configuration, "project");
    const ports::DecisionRecord &decision = record.decision;
    auto saved = m_sql.run(upsertInto(containerTable(), keptByObservation()),
        {record.id.text(), record.host.text(), record.engineId.text(), record.name, record.image, record.tag,
            record.digest, record.imageId, record.status, record.health, core::toQString(record.policy),
            core::toQString(record.strategy), toSql(record.configuration), core::toQString(decision.decision),
            decision.reason, orNull(decision.possibleAt), orNull(decision.checkedAt), decision.candidateTag,
            decision.candidateDigest, core::toQString(decision.bump), record.createdBy, record.createdAt,
            record.updatedAt, heldByText(decision), toSql(decision.detail), record.policySource,
            toSql(record.ownRules), project, searchTextOf(record, project)});
    if (!saved && saved.error().code == core::ErrorCode::Conflict) {
        return core::fail(core::ErrorCode::Conflict,
            QStringLiteral("Another container of this host is called %1").arg(record.name));
    }
    return saved;
}

core::Result<> SqlContainers::saveOwnRules(const core::ContainerId &id, const core::Json &rules)
{
    DOCKERAUTO_TRY_ASSIGN(
        changed, m_sql.execute(QStringLiteral("UPDATE containers SET own_rules = ? WHERE id = ?"),
                     {toSql(rules), id.text()}));
    return changed > 0 ? core::Result<>() : core::fail(core::ErrorCode::NotFound, missing);
}

core::Result<> SqlContainers::saveResolved(const core::ContainerId &id, core::UpdatePolicy policy,
    core::UpdateStrategy strategy, const QString &source)
{
    DOCKERAUTO_TRY_ASSIGN(
        changed, m_sql.execute(QStringLiteral("UPDATE containers SET update_policy = ?, strategy = ?, "
                                              "policy_source = ? WHERE id = ?"),
                     {core::toQString(policy), core::toQString(strategy), source, id.text()}));
    return changed > 0 ? core::Result<>() : core::fail(core::ErrorCode::NotFound, missing);
}

core::Result<> SqlContainers::saveDecision(const core::ContainerId &id, const ports::DecisionRecord &decision)
{
    DOCKERAUTO_TRY_ASSIGN(changed,
        m_sql.execute(
            QStringLiteral("UPDATE containers SET decision = ?, decision_reason = ?, possible_at = ?, "
                           "checked_at = ?, candidate_tag = ?, candidate_digest = ?, "
                           "candidate_bump = ?, held_by = ?, decision_detail = ? WHERE id = ?"),
            {core::toQString(decision.decision), decision.reason, orNull(decision.possibleAt),
                orNull(decision.checkedAt), decision.candidateTag, decision.candidateDigest,
                core::toQString(decision.bump), heldByText(decision), toSql(decision.detail), id.text()}));
    return changed > 0 ? core::Result<>() : core::fail(core::ErrorCode::NotFound, missing);
}

core::Result<> SqlContainers::remove(const core::ContainerId &id)
{
    return m_sql.run(QStringLiteral("DELETE FROM containers WHERE id = ?"), {id.text()});
}

} // namespace dockerauto::storage
