#pragma once

#include "application/updates/checkservice.h"
#include "candidatefinder.h"
#include "decisionmaker.h"

#include <algorithm>
#include <mutex>
#include <tuple>

namespace dockerauto::application {

using GroupKey = std::tuple<QString, QString, QString, QString>;

/// Containers that run the same image under the same reference on the same host and look for the same
/// versions: one look answers for all.
struct CheckService::Group
{
    core::HostId host;
    QString reference;
    QString imageId;
    LookRules rules;
    /// Why nobody looks; empty otherwise.
    QString notWatched;
    std::vector<ports::ContainerRecord> containers;

    [[nodiscard]] GroupKey key() const
    {
        const KeptFinding rulesOnly{{}, rules, {}};
        return {host.text(), reference, imageId,
            QString(notWatched % QString::fromStdString(rulesOnly.toJson()["rules"].dump()))};
    }
};

/// What was found for one container and what became of it.
struct CheckService::Outcome
{
    ports::ContainerRecord container;
    /// None when the container is not watched.
    std::optional<KeptFinding> kept;
    QString notWatched;
    core::Timestamp checkedAt{};
    MadeDecision made;
    /// The container changed meanwhile, so nothing was written.
    bool superseded = false;
};

/// One check, shared by the pieces of work that it is made of.
struct CheckService::Run
{
    QString id;
    int total = 0;
    bool everything = false;
    /// Nobody asked for it, so nobody is told how far it is.
    bool silent = false;
    core::ScheduleAction running = core::ScheduleAction::Check;
    /// Answers of the registry that are older are asked for anew.
    std::chrono::steady_clock::time_point notBefore;
    std::vector<Group> groups;

    std::mutex mutex;
    int found = 0;
    int done = 0;
    int failed = 0;
    bool writing = false;
    std::vector<Outcome> waiting;
    std::vector<Outcome> written;

    [[nodiscard]] QString requester() const
    {
        return running == core::ScheduleAction::Update ? QStringLiteral("schedule")
                                                       : QStringLiteral("policy automatic");
    }
};

/// The reference that a container was made from, as text.
inline QString referenceOf(const ports::ContainerRecord &container)
{
    const QString made = core::textOf(container.configuration, "reference");
    if (!made.isEmpty()) {
        return made;
    }
    return container.tag.isEmpty() ? container.image : QString(container.image % u':' % container.tag);
}

} // namespace dockerauto::application
