#include "domain/updaterules.h"

#include "commandwords.h"

#include <domain/probe.h>

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>

namespace dockerauto::domain {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

constexpr qsizetype longestText = 1'000;

/// Takes one field from the first layer that says something about it.
class Resolver
{
public:
    Resolver(std::span<const RuleLayer> layers, std::vector<RuleSource> &sources)
        : m_layers(layers), m_sources(sources)
    {
    }

    template <class T>
    void take(T &target, std::optional<T> PartialRules::*field, const QString &name)
    {
        const auto decides = [field](const RuleLayer &layer) { return (layer.rules.*field).has_value(); };
        const auto layer = std::ranges::find_if(m_layers, decides);
        if (layer != m_layers.end()) {
            target = *(layer->rules.*field);
            m_sources.push_back({name, layer->source});
        }
    }

private:
    std::span<const RuleLayer> m_layers;
    std::vector<RuleSource> &m_sources;
};

Result<> checkReleaseNotes(const QString &text)
{
    const auto refuse = [](const QString &message) {
        return fail(ErrorCode::InvalidArgument, message, QStringLiteral("releaseNotes"));
    };
    static const QRegularExpression variable(QStringLiteral("\\$\\{([^}]*)\\}"));
    static const std::array known{QStringLiteral("tag"), QStringLiteral("version"), QStringLiteral("major"),
        QStringLiteral("minor"), QStringLiteral("patch")};
    for (auto matches = variable.globalMatch(text); matches.hasNext();) {
        const QString name = matches.next().captured(1);
        if (std::ranges::find(known, name) == known.end()) {
            return refuse(QStringLiteral("The release notes can't have ${%1}; there are ${tag}, ${version}, "
                                         "${major}, ${minor} and ${patch}")
                              .arg(name.left(40)));
        }
    }
    QString filled = text;
    const QUrl url(filled.replace(variable, QStringLiteral("1")), QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || !web || url.host().isEmpty() || !url.userInfo().isEmpty()) {
        return refuse(QStringLiteral("The release notes must be an address that begins with https:// or "
                                     "http://, without a user name"));
    }
    return {};
}

Result<> checkLengths(const PartialRules &rules)
{
    const std::array<std::pair<const std::optional<QString> &, QString>, 4> texts{
        std::pair<const std::optional<QString> &, QString>{rules.constraint, QStringLiteral("constraint")},
        {rules.include, QStringLiteral("include")}, {rules.exclude, QStringLiteral("exclude")},
        {rules.releaseNotes, QStringLiteral("releaseNotes")}};
    for (const auto &[text, field] : texts) {
        if (text && text->size() > longestText) {
            return fail(ErrorCode::InvalidArgument,
                QStringLiteral("“%1” can have at most %2 characters").arg(field).arg(longestText), field);
        }
    }
    return {};
}

Result<> checkCareNumbers(const PartialRules &rules)
{
    if (rules.watch && (rules.watch->count() < 0 || *rules.watch > longestWatch)) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("A container can be watched for 0 to %1 seconds after its update: 600 is ten "
                           "minutes, 0 not at all")
                .arg(longestWatch.count()),
            QStringLiteral("watchSeconds"));
    }
    if (rules.keepVersions && (*rules.keepVersions < 0 || *rules.keepVersions > mostVersions)) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("From 0 to %1 earlier versions can be kept, for example 3").arg(mostVersions),
            QStringLiteral("keepVersions"));
    }
    if (rules.hookTimeout && (rules.hookTimeout->count() < 1 || *rules.hookTimeout > longestHook)) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("A hook can take from 1 to %1 seconds, for example 60").arg(longestHook.count()),
            QStringLiteral("hookTimeoutSeconds"));
    }
    return {};
}

/// The error as one of this field.
Result<> ofField(Result<> checked, const QString &field)
{
    if (!checked) {
        checked.error().path = field;
    }
    return checked;
}

Result<> checkCare(const PartialRules &rules)
{
    DOCKERAUTO_TRY(checkCareNumbers(rules));
    if (rules.probe) {
        const auto probe = parseProbe(*rules.probe);
        DOCKERAUTO_TRY(ofField(probe ? Result<>() : core::fail(probe.error()), QStringLiteral("probe")));
    }
    if (rules.hookBefore) {
        DOCKERAUTO_TRY(ofField(checkWords(*rules.hookBefore), QStringLiteral("hookBefore")));
    }
    if (rules.hookAfter) {
        DOCKERAUTO_TRY(ofField(checkWords(*rules.hookAfter), QStringLiteral("hookAfter")));
    }
    return {};
}

} // namespace

Result<> checkRules(const PartialRules &rules)
{
    DOCKERAUTO_TRY(checkLengths(rules));
    DOCKERAUTO_TRY(checkCare(rules));
    DOCKERAUTO_TRY(checkTagRules({.constraint = rules.constraint.value_or(QString()),
        .include = rules.include.value_or(QString()),
        .exclude = rules.exclude.value_or(QString())}));
    if (rules.minimumAge && (rules.minimumAge->count() < 0 || *rules.minimumAge > longestMinimumAge)) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("The minimum age must be from 0 to %1 seconds, which is a year")
                .arg(longestMinimumAge.count()),
            QStringLiteral("minimumAgeSeconds"));
    }
    using core::UpdateStrategy;
    if (rules.strategy == UpdateStrategy::BlueGreen || rules.strategy == UpdateStrategy::Canary) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("The strategy can be rolling or recreate in this version"),
            QStringLiteral("strategy"));
    }
    if (rules.releaseNotes && !rules.releaseNotes->isEmpty()) {
        return checkReleaseNotes(*rules.releaseNotes);
    }
    return {};
}

ResolvedRules resolveRules(std::span<const RuleLayer> layers)
{
    ResolvedRules resolved;
    UpdateRules &rules = resolved.rules;
    Resolver resolver(layers, resolved.sources);
    resolver.take(rules.policy, &PartialRules::policy, QStringLiteral("updatePolicy"));
    resolver.take(rules.strategy, &PartialRules::strategy, QStringLiteral("strategy"));
    resolver.take(rules.tags.level, &PartialRules::level, QStringLiteral("level"));
    resolver.take(rules.tags.constraint, &PartialRules::constraint, QStringLiteral("constraint"));
    resolver.take(rules.tags.include, &PartialRules::include, QStringLiteral("include"));
    resolver.take(rules.tags.exclude, &PartialRules::exclude, QStringLiteral("exclude"));
    resolver.take(rules.tags.prerelease, &PartialRules::prerelease, QStringLiteral("prerelease"));
    resolver.take(rules.tags.family, &PartialRules::family, QStringLiteral("family"));
    resolver.take(rules.minimumAge, &PartialRules::minimumAge, QStringLiteral("minimumAgeSeconds"));
    resolver.take(rules.automaticLevel, &PartialRules::automaticLevel, QStringLiteral("automaticLevel"));
    resolver.take(rules.releaseNotes, &PartialRules::releaseNotes, QStringLiteral("releaseNotes"));
    resolver.take(rules.watched, &PartialRules::watched, QStringLiteral("watched"));
    UpdateCare &care = rules.care;
    resolver.take(care.rollback, &PartialRules::rollback, QStringLiteral("rollback"));
    resolver.take(care.watch, &PartialRules::watch, QStringLiteral("watchSeconds"));
    resolver.take(care.probe, &PartialRules::probe, QStringLiteral("probe"));
    resolver.take(care.backup, &PartialRules::backup, QStringLiteral("backupVolumes"));
    resolver.take(care.keepVersions, &PartialRules::keepVersions, QStringLiteral("keepVersions"));
    resolver.take(care.hookBefore, &PartialRules::hookBefore, QStringLiteral("hookBefore"));
    resolver.take(care.hookAfter, &PartialRules::hookAfter, QStringLiteral("hookAfter"));
    resolver.take(care.hookTimeout, &PartialRules::hookTimeout, QStringLiteral("hookTimeoutSeconds"));
    return resolved;
}

bool scopeCovers(core::ScopeKind kind, const QString &value, const ScopeSubject &subject)
{
    if (kind == core::ScopeKind::All) {
        return true;
    }
    if (value.isEmpty()) {
        return false;
    }
    switch (kind) {
    case core::ScopeKind::Host:
        return value == subject.host;
    case core::ScopeKind::Project:
        return value == subject.project;
    case core::ScopeKind::Container:
        return value == subject.container;
    case core::ScopeKind::Label: {
        const qsizetype equals = value.indexOf(u'=');
        const auto label = subject.labels.find(equals < 0 ? value : value.left(equals));
        return label != subject.labels.end() && (equals < 0 || label->second == value.mid(equals + 1));
    }
    case core::ScopeKind::All:
        break;
    }
    return true;
}

} // namespace dockerauto::domain
