#include "operations.h"

#include <domain/containerlinks.h>
#include <domain/proof.h>
#include <domain/updateplan.h>

namespace dockerauto::probe {
namespace {

using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::Result;

const char *wordOf(domain::Tie tie)
{
    switch (tie) {
    case domain::Tie::Network:
        return "network";
    case domain::Tie::Ipc:
        return "ipc";
    case domain::Tie::Pid:
        return "pid";
    case domain::Tie::Volumes:
        return "volumes";
    case domain::Tie::Link:
        break;
    }
    return "link";
}

Result<Json> findTies(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(id, textIn(in, "id"));
    DOCKERAUTO_TRY_ASSIGN(name, textIn(in, "name"));
    Json ties = Json::array();
    for (const domain::Tie tie : domain::tiesTo(memberOf(in, "inspect"), id, name)) {
        ties.push_back(wordOf(tie));
    }
    return Json{{"ties", ties}};
}

Result<std::vector<Json>> objectsIn(const Json &in, const char *key)
{
    const Json &list = memberOf(in, key);
    if (!list.is_array()) {
        return core::fail(
            ErrorCode::InvalidArgument, QStringLiteral("“%1” must be a list").arg(QString::fromLatin1(key)));
    }
    return std::vector<Json>(list.begin(), list.end());
}

Result<Json> orderTied(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(root, textIn(in, "id"));
    DOCKERAUTO_TRY_ASSIGN(inspects, objectsIn(in, "inspects"));
    DOCKERAUTO_TRY_ASSIGN(order, domain::orderOfTied(inspects, root));
    Json ids = Json::array();
    for (const std::size_t index : order) {
        ids.push_back(memberOf(inspects[index], "Id"));
    }
    return Json{{"order", ids}};
}

Result<Json> hashPlan(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(strategyText, textIn(in, "strategy"));
    const auto strategy = core::fromText<core::UpdateStrategy>(strategyText.toStdString());
    if (!strategy) {
        return core::fail(
            ErrorCode::InvalidArgument, QStringLiteral("“%1” is no strategy").arg(strategyText));
    }
    DOCKERAUTO_TRY_ASSIGN(dependants, objectsIn(in, "dependants"));
    return Json{{"hash", domain::planHash({.engineId = core::textOf(in, "engineId"),
                             .imageId = core::textOf(in, "imageId"),
                             .candidateTag = core::textOf(in, "candidateTag"),
                             .candidateDigest = core::textOf(in, "candidateDigest"),
                             .strategy = *strategy,
                             .payload = memberOf(in, "payload"),
                             .dependants = dependants})}};
}

Result<Json> prove(const Json &in)
{
    for (const char *key : {"before", "after"}) {
        if (!memberOf(in, key).is_object()) {
            return core::fail(ErrorCode::InvalidArgument,
                QStringLiteral("“%1” must be an object").arg(QString::fromLatin1(key)));
        }
    }
    const auto report = domain::proveFaithful(
        memberOf(in, "before"), memberOf(in, "after"), memberOf(in, "oldImage"), memberOf(in, "newImage"));
    Json differences = Json::array();
    for (const domain::FieldDifference &difference : report.differences) {
        differences.push_back({{"path", difference.path}, {"expected", difference.expected},
            {"actual", difference.actual}, {"explanation", difference.explanation}});
    }
    return Json{{"faithful", report.faithful()}, {"fieldsCompared", report.fieldsCompared},
        {"differences", differences}};
}

} // namespace

std::vector<Operation> recreationOperations()
{
    return {
        {"container.order", orderTied},
        {"container.ties", findTies},
        {"plan.hash", hashPlan},
        {"spec.prove", prove},
    };
}

} // namespace dockerauto::probe
