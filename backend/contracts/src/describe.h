#pragma once

// The members of the types that several units of this folder encode.

#include "contracts/auth.h"
#include "contracts/containers.h"
#include "contracts/plans.h"
#include "contracts/policies.h"
#include "contracts/registries.h"
#include "contracts/schedules.h"
#include "contracts/system.h"
#include "contracts/updates.h"

#include <boost/describe.hpp>

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(Scope, (), (kind, value))
BOOST_DESCRIBE_STRUCT(UpdateRules, (),
    (updatePolicy, strategy, level, constraint, include, exclude, prerelease, family, minimumAgeSeconds,
        automaticLevel, releaseNotes, rollback, watchSeconds, probe, backupVolumes, keepVersions, hookBefore,
        hookAfter, hookTimeoutSeconds))
BOOST_DESCRIBE_STRUCT(RejectedTag, (), (tag, why))
BOOST_DESCRIBE_STRUCT(Candidate, (), (tag, digest, bump, firstSeenAt))
BOOST_DESCRIBE_STRUCT(UpdateState, (), (decision, reason, heldBy, possibleAt, checkedAt, candidate))
BOOST_DESCRIBE_STRUCT(PortBinding, (), (hostIp, hostPort, containerPort, protocol))
BOOST_DESCRIBE_STRUCT(Container, (),
    (id, host, engineId, name, image, tag, digest, status, health, project, service, updatePolicy,
        policySource, strategy, ownRules, update, labels, ports, createdAt, startedAt))
BOOST_DESCRIBE_STRUCT(ImageVersion, (), (image, tag, digest))
BOOST_DESCRIBE_STRUCT(LogLine, (), (time, stream, text))
BOOST_DESCRIBE_STRUCT(FieldChange, (), (field, before, after))
BOOST_DESCRIBE_STRUCT(LayerChange, (), (digest, sizeBytes, kind))
BOOST_DESCRIBE_STRUCT(ImageChanges, (),
    (container, from, to, releaseNotes, fromVersion, toVersion, architecture, config, layers, downloadBytes,
        totalBytes))
BOOST_DESCRIBE_STRUCT(Progress, (), (done, total, unit))
BOOST_DESCRIBE_STRUCT(Step, (), (name, status, startedAt, completedAt, detail, progress))
BOOST_DESCRIBE_STRUCT(UpdateLogLine, (), (time, step, text))
BOOST_DESCRIBE_STRUCT(ProofDifference, (), (path, expected, actual, explanation))
BOOST_DESCRIBE_STRUCT(Proof, (), (faithful, fieldsCompared, differences))
BOOST_DESCRIBE_STRUCT(LastWords, (), (replacement, original))
BOOST_DESCRIBE_STRUCT(Observation, (), (state, until, reason))
BOOST_DESCRIBE_STRUCT(SavedVolume, (), (volume, method, sizeBytes, savedAt))
BOOST_DESCRIBE_STRUCT(Update, (),
    (id, container, containerName, host, kind, status, strategy, from, to, steps, requestedBy, approvedBy,
        error, createdAt, startedAt, completedAt, planHash, proof, observation, savedVolumes, canRollBack,
        rollbackOf, rolledBackBy, lastWords, log))
BOOST_DESCRIBE_STRUCT(Host, (),
    (id, name, address, state, detail, engineVersion, apiVersion, operatingSystem, architecture, containers,
        lastSeenAt))
BOOST_DESCRIBE_STRUCT(Nothing, (), ())
BOOST_DESCRIBE_STRUCT(RegistryBudget, (),
    (state, detail, limit, remaining, windowSeconds, measuredAt, resetsAt, pausedUntil, requests))
BOOST_DESCRIBE_STRUCT(WindowTimes, (), (days, start, end, zone, from, until))

} // namespace dockerauto::contracts
