#pragma once

#include <core/result.h>
#include <core/vocabulary.h>
#include <domain/tagchoice.h>

#include <QString>

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace dockerauto::domain {

/// How an update is carried out, all said.
struct UpdateCare
{
    /// Whether an update that fails, or makes the container worse, is put back by itself.
    bool rollback = true;
    /// How long the container is watched after its update; zero for not at all.
    std::chrono::seconds watch{600};
    /// As domain/probe.h reads it; empty for none.
    QString probe = {};
    core::BackupMode backup = core::BackupMode::Guarded;
    /// How many finished updates can be rolled back later.
    int keepVersions = 3;
    std::vector<QString> hookBefore = {};
    std::vector<QString> hookAfter = {};
    std::chrono::seconds hookTimeout{60};

    friend bool operator==(const UpdateCare &, const UpdateCare &) = default;
};

/// How a container is kept up to date, all said.
struct UpdateRules
{
    core::UpdatePolicy policy = core::UpdatePolicy::Manual;
    core::UpdateStrategy strategy = core::UpdateStrategy::Rolling;
    TagRules tags = {};
    /// How long a version must be known before it is carried out by itself or offered without a hint.
    std::chrono::seconds minimumAge{0};
    /// The largest step that the policies automatic and scheduled take without a person.
    core::TagLevel automaticLevel = core::TagLevel::Patch;
    /// Address of the release notes with ${tag}, ${version}, ${major}, ${minor}, ${patch}; empty for none.
    QString releaseNotes = {};
    /// False: the container is left alone as if it were not there.
    bool watched = true;
    UpdateCare care = {};

    friend bool operator==(const UpdateRules &, const UpdateRules &) = default;
};

/// What one layer says; what is absent is left to the layers below.
struct PartialRules
{
    std::optional<core::UpdatePolicy> policy = {};
    std::optional<core::UpdateStrategy> strategy = {};
    std::optional<core::TagLevel> level = {};
    std::optional<QString> constraint = {};
    std::optional<QString> include = {};
    std::optional<QString> exclude = {};
    std::optional<bool> prerelease = {};
    std::optional<core::TagFamily> family = {};
    std::optional<std::chrono::seconds> minimumAge = {};
    std::optional<core::TagLevel> automaticLevel = {};
    std::optional<QString> releaseNotes = {};
    std::optional<bool> watched = {};
    std::optional<bool> rollback = {};
    std::optional<std::chrono::seconds> watch = {};
    std::optional<QString> probe = {};
    std::optional<core::BackupMode> backup = {};
    std::optional<int> keepVersions = {};
    std::optional<std::vector<QString>> hookBefore = {};
    std::optional<std::vector<QString>> hookAfter = {};
    std::optional<std::chrono::seconds> hookTimeout = {};

    friend bool operator==(const PartialRules &, const PartialRules &) = default;
};

/// The longest minimum age: a year of 365 days.
inline constexpr std::chrono::seconds longestMinimumAge{31'536'000};

inline constexpr std::chrono::seconds longestWatch{86'400};
inline constexpr std::chrono::seconds longestHook{3'600};
inline constexpr int mostVersions = 20;

/// InvalidArgument with the field (by the name that the API has for it) that can't be used: a range or an
/// expression that is none, a text of more than 1,000 characters, a minimum age of more than a year, a
/// strategy that this version does not have, release notes that are no http or https address or name unknown
/// variables, a watch, a number of versions or a time for hooks outside their bounds, a probe that
/// parseProbe() refuses, a hook of more than 64 words of 4,096 characters or without a program.
core::Result<> checkRules(const PartialRules &rules);

/// Where rules come from, for the answer to "why?": `this container`, `label wud.tag.include`,
/// `policy “Nightly”`.
struct RuleLayer
{
    QString source;
    PartialRules rules;
};

/// Which layer decided a field. Fields by the names that the API has for them: `updatePolicy`, `level`, …
struct RuleSource
{
    QString field;
    QString source;
};

struct ResolvedRules
{
    UpdateRules rules;
    /// Only fields that some layer decided; what is missing is the default.
    std::vector<RuleSource> sources;
};

/// The layers, the most specific first; the first that says something about a field decides it.
ResolvedRules resolveRules(std::span<const RuleLayer> layers);

/// What labels say, one layer for each label that says something, in the order of their weight: our own
/// (`docker-auto.*`), then those of Watchtower, WUD, Diun and drydock. A label with a value that can't be
/// understood says nothing and is listed in `problems`, with the reason.
struct LabelRules
{
    std::vector<RuleLayer> layers;
    std::vector<QString> problems;
};
LabelRules rulesFromLabels(const std::map<QString, QString> &labels);

/// What a scope is compared with.
struct ScopeSubject
{
    QString container;
    QString host;
    QString project;
    const std::map<QString, QString> &labels;
};
/// `value` is the id of a container or host, the name of a compose project, or `label` or `label=value`.
bool scopeCovers(core::ScopeKind kind, const QString &value, const ScopeSubject &subject);

} // namespace dockerauto::domain
