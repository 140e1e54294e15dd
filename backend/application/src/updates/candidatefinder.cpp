#include "candidatefinder.h"

#include <domain/imagemanifest.h>

#include <algorithm>

namespace dockerauto::application {

using core::Bump;
using core::ErrorCode;
using core::Result;
using core::TagLevel;
using domain::DigestComparison;
using domain::DigestVerdict;
using domain::Finding;
using ports::RemoteManifest;

namespace {

/// How many newer tags are looked at before the search ends: each costs a request.
constexpr int maxVetted = 8;
/// How deep nested indexes are followed.
constexpr int maxDepth = 4;
constexpr std::size_t maxIndexes = 8;
/// How many refused tags are kept for the answer to "why?".
constexpr std::size_t maxRejected = 40;

/// The tag is listed, but there is nothing behind it that we could use; another tag may be right.
bool concernsOneTag(const core::Error &error)
{
    return error.code == ErrorCode::NotFound || error.code == ErrorCode::Corrupt ||
           error.code == ErrorCode::InvalidArgument;
}

} // namespace

/// One search for one image.
class CandidateFinder::Search
{
public:
    Search(RegistryAnswers &answers, const FindingRequest &request, RegistryAnswers::Moment notBefore,
        const core::CallContext &context)
        : m_answers(answers), m_request(request), m_notBefore(notBefore), m_context(context)
    {
    }

    FindingReport run();

private:
    /// What a reference of the repository stands for, compared with what runs.
    struct Look
    {
        DigestComparison comparison;
        RemoteManifest remote;
    };
    struct Pick
    {
        QString tag;
        QString digest;
        std::optional<core::Timestamp> publishedAt;
    };

    Result<Look> look(const domain::ImageReference &reference);
    Result<DigestComparison> judgeWhole(
        const domain::ImageReference &reference, const RemoteManifest &remote);
    Result<QString> platformProblem(
        const domain::ImageReference &reference, const RemoteManifest &manifest) const;
    [[nodiscard]] DigestComparison judge(
        const domain::ImageReference &reference, const RemoteManifest &remote) const;
    Result<std::optional<Pick>> bestTag(TagLevel level);
    Result<std::optional<Pick>> vet(const QString &tag);
    void reject(const QString &tag, const QString &why);
    FindingReport newer(const Pick &pick);
    FindingReport sameTagNewer(const Look &found);
    FindingReport failed(const core::Error &error);
    FindingReport plain(Finding::Kind kind, const QString &why);

    RegistryAnswers &m_answers;
    const FindingRequest &m_request;
    RegistryAnswers::Moment m_notBefore;
    const core::CallContext &m_context;
    FindingReport m_report;
    std::optional<Pick> m_unwanted;
};

DigestComparison CandidateFinder::Search::judge(
    const domain::ImageReference &reference, const RemoteManifest &remote) const
{
    return domain::compareDigests(reference, m_request.repoDigests, m_request.imageId,
        {.digest = remote.digest,
            .mediaType = remote.mediaType,
            .body = remote.body.isEmpty() ? std::nullopt : std::optional(remote.body)},
        m_request.platform);
}

/// The registry's answer is another one than what runs: whether that means another image for this platform is
/// in the manifest, and in the manifests that it refers to.
Result<DigestComparison> CandidateFinder::Search::judgeWhole(
    const domain::ImageReference &reference, const RemoteManifest &remote)
{
    DOCKERAUTO_TRY_ASSIGN(whole, m_answers.manifest(reference.withDigest(remote.digest), m_context));
    auto comparison = judge(reference, whole);
    RemoteManifest last = whole;
    for (int depth = 0;
         depth < maxDepth && comparison.verdict == DigestVerdict::Unknown && !comparison.wantsIndexes.empty();
         ++depth) {
        auto nested = comparison.wantsIndexes;
        nested.resize(std::min(nested.size(), maxIndexes));
        for (const QString &digest : nested) {
            DOCKERAUTO_TRY_ASSIGN(index, m_answers.manifest(reference.withDigest(digest), m_context));
            comparison = judge(reference, index);
            last = index;
            if (comparison.verdict != DigestVerdict::Unknown) {
                break;
            }
        }
    }
    if (!comparison.wantsManifest.isEmpty()) {
        DOCKERAUTO_TRY_ASSIGN(
            own, m_answers.manifest(reference.withDigest(comparison.wantsManifest), m_context));
        return judge(reference, own);
    }
    if (comparison.verdict == DigestVerdict::Newer) {
        DOCKERAUTO_TRY_ASSIGN(problem, platformProblem(reference, last));
        if (!problem.isEmpty()) {
            comparison.verdict = DigestVerdict::Unknown;
            comparison.why = problem;
        }
    }
    return comparison;
}

/// A single manifest does not say for which platform it is; its config does.
Result<QString> CandidateFinder::Search::platformProblem(
    const domain::ImageReference &reference, const RemoteManifest &manifest) const
{
    DOCKERAUTO_TRY_ASSIGN(document, domain::readManifest(manifest.body));
    if (document.isIndex || document.configDigest.isEmpty() || m_request.platform.os.isEmpty()) {
        return QString();
    }
    DOCKERAUTO_TRY_ASSIGN(platform, m_answers.platform(reference, document.configDigest, m_context));
    // Artifacts and very old images say nothing.
    if (platform.os.isEmpty() || domain::platformFits(platform, m_request.platform)) {
        return QString();
    }
    return QStringLiteral("The registry has the image for %1/%2 only, not for %3/%4.")
        .arg(platform.os, platform.architecture, m_request.platform.os, m_request.platform.architecture);
}

Result<CandidateFinder::Search::Look> CandidateFinder::Search::look(const domain::ImageReference &reference)
{
    DOCKERAUTO_TRY_ASSIGN(remote, m_answers.head(reference, m_notBefore, m_context));
    Look found{judge(reference, remote), remote};
    if (found.comparison.verdict == DigestVerdict::Newer) {
        DOCKERAUTO_TRY_ASSIGN(whole, judgeWhole(reference, remote));
        found.comparison = whole;
    }
    return found;
}

/// What was looked at closely is more telling than what the rules left out, so it comes first.
void CandidateFinder::Search::reject(const QString &tag, const QString &why)
{
    std::erase_if(m_report.rejected, [&](const domain::RejectedTag &known) { return known.tag == tag; });
    m_report.rejected.insert(m_report.rejected.begin(), {tag, why});
}

Result<std::optional<CandidateFinder::Search::Pick>> CandidateFinder::Search::vet(const QString &tag)
{
    domain::ImageReference reference = m_request.reference;
    reference.digest.reset();
    reference.tag = tag;
    auto found = look(reference);
    if (!found) {
        if (!concernsOneTag(found.error())) {
            return core::fail(std::move(found.error()));
        }
        reject(tag, found.error().message);
        return std::nullopt;
    }
    if (found->comparison.verdict == DigestVerdict::Newer) {
        return Pick{tag, found->remote.digest, found->remote.publishedAt};
    }
    reject(tag, found->comparison.verdict == DigestVerdict::Current
                    ? QStringLiteral("It stands for the same image that runs.")
                    : found->comparison.why);
    return std::nullopt;
}

Result<std::optional<CandidateFinder::Search::Pick>> CandidateFinder::Search::bestTag(TagLevel level)
{
    DOCKERAUTO_TRY_ASSIGN(tags, m_answers.tags(m_request.reference, m_notBefore, m_context));
    domain::TagRules rules = m_request.rules.tags;
    rules.level = level;
    DOCKERAUTO_TRY_ASSIGN(choice, domain::chooseTag(*m_request.reference.tag, *tags, rules));
    m_report.rejected = std::move(choice.rejected);
    int vetted = 0;
    for (const QString &tag : choice.acceptable) {
        const bool unwanted = m_request.rules.unwanted.contains(tag);
        if (unwanted && m_unwanted) {
            continue;
        }
        if (++vetted > maxVetted) {
            break;
        }
        DOCKERAUTO_TRY_ASSIGN(pick, vet(tag));
        if (pick && !unwanted) {
            return pick;
        }
        if (pick) {
            m_unwanted = pick;
        }
    }
    return std::nullopt;
}

FindingReport CandidateFinder::Search::plain(Finding::Kind kind, const QString &why)
{
    m_report.finding.kind = kind;
    m_report.finding.why = why;
    // The tag that was taken may stand among those that were passed over for a better one.
    std::erase_if(m_report.rejected,
        [this](const domain::RejectedTag &known) { return known.tag == m_report.finding.candidateTag; });
    m_report.rejectedTotal = static_cast<int>(m_report.rejected.size());
    if (m_report.rejected.size() > maxRejected) {
        m_report.rejected.resize(maxRejected);
    }
    return std::move(m_report);
}

FindingReport CandidateFinder::Search::failed(const core::Error &error)
{
    if (const auto traffic = m_answers.traffic(m_request.reference)) {
        m_report.tryAgainAt = traffic->pausedUntil;
    }
    return plain(Finding::Kind::Unknown, error.text());
}

FindingReport CandidateFinder::Search::newer(const Pick &pick)
{
    m_report.finding.bump = domain::bumpBetween(*m_request.reference.tag, pick.tag);
    m_report.finding.candidateTag = pick.tag;
    m_report.finding.candidateDigest = pick.digest;
    m_report.publishedAt = pick.publishedAt;
    return plain(
        Finding::Kind::Newer, QStringLiteral("%1 is newer than %2").arg(pick.tag, *m_request.reference.tag));
}

FindingReport CandidateFinder::Search::sameTagNewer(const Look &found)
{
    m_report.finding.bump = Bump::Build;
    m_report.finding.candidateTag = m_request.reference.tag.value_or(QStringLiteral("latest"));
    m_report.finding.candidateDigest = found.remote.digest;
    m_report.publishedAt = found.remote.publishedAt;
    return plain(Finding::Kind::Newer, found.comparison.why);
}

FindingReport CandidateFinder::Search::run()
{
    const auto &reference = m_request.reference;
    // What is known without asking: images that were made here, and those fixed to a digest.
    const auto known = judge(reference, {});
    if (m_request.repoDigests.empty()) {
        return plain(Finding::Kind::Local, known.why);
    }
    const bool looksForTags =
        reference.tag && m_request.rules.tags.level != TagLevel::None && domain::isVersionTag(*reference.tag);
    auto sameTag = reference.digest ? Result<Look>(Look{known, {}}) : look(reference);
    const bool tagIsGone = !sameTag && sameTag.error().code == ErrorCode::NotFound;
    if (!sameTag && !(tagIsGone && looksForTags)) {
        return failed(sameTag.error());
    }
    if (sameTag && sameTag->comparison.verdict == DigestVerdict::Local) {
        return plain(Finding::Kind::Local, sameTag->comparison.why);
    }
    const bool rebuilt = sameTag && sameTag->comparison.verdict == DigestVerdict::Newer;
    if (looksForTags) {
        if (m_request.rules.preferred && *m_request.rules.preferred < m_request.rules.tags.level) {
            auto small = *m_request.rules.preferred == TagLevel::None
                             ? Result<std::optional<Pick>>(std::nullopt)
                             : bestTag(*m_request.rules.preferred);
            if (!small) {
                return failed(small.error());
            }
            if (*small) {
                return newer(**small);
            }
            if (rebuilt) {
                return sameTagNewer(*sameTag);
            }
        }
        auto best = bestTag(m_request.rules.tags.level);
        if (!best) {
            return rebuilt ? sameTagNewer(*sameTag) : failed(best.error());
        }
        if (*best) {
            return newer(**best);
        }
    }
    if (rebuilt) {
        return sameTagNewer(*sameTag);
    }
    if (m_unwanted) {
        return newer(*m_unwanted);
    }
    if (!sameTag) {
        return failed(sameTag.error());
    }
    const auto verdict = sameTag->comparison.verdict;
    return plain(verdict == DigestVerdict::Current ? Finding::Kind::UpToDate : Finding::Kind::Unknown,
        sameTag->comparison.why);
}

FindingReport CandidateFinder::find(
    const FindingRequest &request, RegistryAnswers::Moment notBefore, const core::CallContext &context)
{
    return Search(m_answers, request, notBefore, context).run();
}

} // namespace dockerauto::application
