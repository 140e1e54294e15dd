#pragma once

// The members of the types that several units of this folder encode.

#include "contracts/auth.h"
#include "contracts/containers.h"
#include "contracts/system.h"
#include "contracts/updates.h"

#include <boost/describe.hpp>

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(Candidate, (), (tag, digest, bump))
BOOST_DESCRIBE_STRUCT(UpdateState, (), (decision, reason, possibleAt, checkedAt, candidate))
BOOST_DESCRIBE_STRUCT(PortBinding, (), (hostIp, hostPort, containerPort, protocol))
BOOST_DESCRIBE_STRUCT(Container, (),
    (id, host, engineId, name, image, tag, digest, status, health, project, service, updatePolicy, strategy,
        update, labels, ports, createdAt, startedAt))
BOOST_DESCRIBE_STRUCT(ImageVersion, (), (image, tag, digest))
BOOST_DESCRIBE_STRUCT(Progress, (), (done, total, unit))
BOOST_DESCRIBE_STRUCT(Step, (), (name, status, startedAt, completedAt, detail, progress))
BOOST_DESCRIBE_STRUCT(UpdateLogLine, (), (time, step, text))
BOOST_DESCRIBE_STRUCT(ProofDifference, (), (path, expected, actual, explanation))
BOOST_DESCRIBE_STRUCT(Proof, (), (faithful, fieldsCompared, differences))
BOOST_DESCRIBE_STRUCT(Update, (),
    (id, container, containerName, host, status, strategy, from, to, steps, requestedBy, approvedBy, error,
        createdAt, startedAt, completedAt, proof, log))
BOOST_DESCRIBE_STRUCT(Host, (),
    (id, name, address, state, detail, engineVersion, apiVersion, operatingSystem, architecture, containers,
        lastSeenAt))
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

} // namespace dockerauto::contracts
