#pragma once

#include "registryanswers.h"

#include <domain/tagchoice.h>
#include <domain/updatedecision.h>

#include <set>

namespace dockerauto::application {

/// Which versions are looked for.
struct LookRules
{
    domain::TagRules tags;
    /// When set: a version within this level is preferred to a larger step, because only that begins by
    /// itself.
    std::optional<core::TagLevel> preferred;
    /// Tags that somebody skipped or that failed: only taken when there is nothing else.
    std::set<QString> unwanted;

    friend bool operator==(const LookRules &, const LookRules &) = default;
};

/// An image as it runs somewhere, and which versions may follow it.
struct FindingRequest
{
    /// What the container was made from.
    domain::ImageReference reference;
    QString imageId;
    std::vector<QString> repoDigests;
    domain::Platform platform;
    LookRules rules;
};

struct FindingReport
{
    domain::Finding finding;
    /// Of tags that were looked at; shortened.
    std::vector<domain::RejectedTag> rejected;
    int rejectedTotal = 0;
    /// What the registry says of when it got the candidate.
    std::optional<core::Timestamp> publishedAt;
    /// For what could not be found out: when the registry may be asked again.
    std::optional<core::Timestamp> tryAgainAt;
};

/// Finds out what is newer than an image that runs. The rules are those of resources/docs/updates.md.
/// Thread-safe.
class CandidateFinder
{
public:
    explicit CandidateFinder(RegistryAnswers &answers) : m_answers(answers) {}

    /// Asks the registry for nothing that was asked for since `notBefore`. Failures are part of the report.
    FindingReport find(
        const FindingRequest &request, RegistryAnswers::Moment notBefore, const core::CallContext &context);

private:
    class Search;
    RegistryAnswers &m_answers;
};

} // namespace dockerauto::application
