#include "sagastate.h"

#include <algorithm>

namespace dockerauto::application {

using core::Json;
using core::memberOf;
using core::textOf;
using core::UpdateStatus;

namespace {

Json changingPart(const SagaMember &member)
{
    return Json{{"oldId", member.oldId}, {"newId", member.newId}};
}

Json wholeOf(const SagaMember &member)
{
    Json json{{"oldImageId", member.oldImageId}, {"name", member.name}, {"aside", member.aside},
        {"wasRunning", member.wasRunning}, {"wasPaused", member.wasPaused}, {"autoRemove", member.autoRemove},
        {"restartPolicy", member.restartPolicy}, {"before", member.before}, {"create", member.again.create},
        {"connect", toJson(member.again.connect)}, {"carriedFiles", Json::array()}};
    for (const QString &path : member.carriedFiles) {
        json["carriedFiles"].push_back(path);
    }
    return json;
}

void readWhole(SagaMember &member, const Json &json)
{
    member.oldImageId = textOf(json, "oldImageId");
    member.name = textOf(json, "name");
    member.aside = textOf(json, "aside");
    member.wasRunning = memberOf(json, "wasRunning") == true;
    member.wasPaused = memberOf(json, "wasPaused") == true;
    member.autoRemove = memberOf(json, "autoRemove") == true;
    member.restartPolicy = memberOf(json, "restartPolicy");
    member.before = memberOf(json, "before");
    member.again.create = memberOf(json, "create");
    member.again.connect = connectionsFrom(memberOf(json, "connect"));
    member.carriedFiles.clear();
    for (const Json &path : memberOf(json, "carriedFiles")) {
        member.carriedFiles.push_back(path.get<QString>());
    }
}

} // namespace

Json toJson(const std::vector<domain::NetworkConnection> &connections)
{
    Json list = Json::array();
    for (const auto &connection : connections) {
        list.push_back({{"network", connection.network}, {"endpoint", connection.endpoint}});
    }
    return list;
}

std::vector<domain::NetworkConnection> connectionsFrom(const Json &json)
{
    std::vector<domain::NetworkConnection> connections;
    for (const Json &entry : json) {
        connections.push_back({textOf(entry, "network"), memberOf(entry, "endpoint")});
    }
    return connections;
}

bool SagaState::anyRan() const
{
    return std::ranges::any_of(members, &SagaMember::wasRunning);
}

Json SagaState::toJson(Extent extent) const
{
    Json json{{"members", Json::array()}, {"newImageId", newImageId}, {"imageText", imageText},
        {"backedUp", backedUp}, {"newStarted", newStarted}, {"handsOver", handsOver},
        {"handedOver", handedOver}, {"putBackReason", putBackReason}, {"baseline", baseline},
        {"putBackStatus", std::string(core::toText(putBackStatus))}};
    for (const SagaMember &member : members) {
        json["members"].push_back(changingPart(member));
    }
    if (extent == Extent::Whole) {
        json["ground"] = Json::array();
        for (const SagaMember &member : members) {
            json["ground"].push_back(wholeOf(member));
        }
    }
    return json;
}

void SagaState::merge(const Json &line)
{
    if (!line.contains("members")) {
        return;
    }
    const Json &changing = line["members"];
    members.resize(changing.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        members[i].oldId = textOf(changing[i], "oldId");
        members[i].newId = textOf(changing[i], "newId");
    }
    if (const Json &ground = memberOf(line, "ground"); ground.size() == members.size()) {
        for (std::size_t i = 0; i < members.size(); ++i) {
            readWhole(members[i], ground[i]);
        }
    }
    baseline = memberOf(line, "baseline");
    newImageId = textOf(line, "newImageId");
    imageText = textOf(line, "imageText");
    backedUp = memberOf(line, "backedUp") == true;
    newStarted = memberOf(line, "newStarted") == true;
    handsOver = memberOf(line, "handsOver") == true;
    handedOver = memberOf(line, "handedOver") == true;
    putBackReason = textOf(line, "putBackReason");
    putBackStatus =
        core::fromQString<UpdateStatus>(textOf(line, "putBackStatus")).value_or(UpdateStatus::RolledBack);
}

void tieLike(Json &restored, const Json &present)
{
    if (!memberOf(restored, "HostConfig").is_object()) {
        return;
    }
    Json &host = restored["HostConfig"];
    const Json &now = memberOf(present, "HostConfig");
    const QString other = QStringLiteral("container:");
    for (const char *mode : {"NetworkMode", "IpcMode", "PidMode"}) {
        if (textOf(host, mode).startsWith(other) && textOf(now, mode).startsWith(other)) {
            host[mode] = now[mode];
        }
    }
    const Json &from = memberOf(now, "VolumesFrom");
    if (memberOf(host, "VolumesFrom").is_array() && from.is_array()) {
        host["VolumesFrom"] = from;
    }
}

Json restorePointOf(const SagaState &state)
{
    const SagaMember &root = state.root();
    return Json{{"imageId", root.oldImageId}, {"imageText", textOf(memberOf(root.before, "Config"), "Image")},
        {"before", root.before}, {"create", root.again.create}, {"connect", toJson(root.again.connect)}};
}

} // namespace dockerauto::application
