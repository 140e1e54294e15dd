#include "containermapping.h"

#include "application/containers/imagecache.h"

#include <contracts/codec.h>
#include <domain/imagereference.h>

namespace dockerauto::application {

using core::Json;
using core::memberOf;
using core::textOf;

namespace {

/// Ports as they are published now, from NetworkSettings.Ports: `{"80/tcp": [{"HostIp": …, "HostPort": …}]}`.
Json portsOf(const Json &inspect)
{
    Json ports = Json::array();
    const Json &map = memberOf(memberOf(inspect, "NetworkSettings"), "Ports");
    if (!map.is_object()) {
        return ports;
    }
    for (const auto &[key, bindings] : map.items()) {
        const std::size_t slash = key.find('/');
        Json port{{"containerPort", std::atoi(key.c_str())},
            {"protocol", slash == std::string::npos ? "tcp" : key.substr(slash + 1)}, {"hostIp", ""},
            {"hostPort", nullptr}};
        if (!bindings.is_array() || bindings.empty()) {
            ports.push_back(port);
            continue;
        }
        for (const Json &binding : bindings) {
            port["hostIp"] = textOf(binding, "HostIp");
            port["hostPort"] = textOf(binding, "HostPort").toInt();
            ports.push_back(port);
        }
    }
    return ports;
}

std::optional<core::Timestamp> timeIn(const Json &object, const char *key)
{
    return core::fromEngineTime(textOf(object, key));
}

} // namespace

QString imageTextOf(const Json &inspect)
{
    return textOf(memberOf(inspect, "Config"), "Image");
}

QString digestFor(const QString &imageText, const Json &image)
{
    const auto reference = domain::ImageReference::parse(imageText);
    for (const QString &repoDigest : repoDigestsOf(image)) {
        const auto parsed = domain::ImageReference::parse(repoDigest);
        if (parsed && parsed->digest && reference && parsed->repository() == reference->repository()) {
            return *parsed->digest;
        }
    }
    return {};
}

ports::ContainerRecord observe(const core::HostId &host, const Json &inspect, const Json &image)
{
    const Json &state = memberOf(inspect, "State");
    const Json &config = memberOf(inspect, "Config");
    ports::ContainerRecord record;
    record.host = host;
    record.engineId = core::EngineContainerId(textOf(inspect, "Id"));
    record.name = textOf(inspect, "Name");
    if (record.name.startsWith(u'/')) {
        record.name.remove(0, 1);
    }
    const QString imageText = imageTextOf(inspect);
    record.imageId = textOf(inspect, "Image");
    record.digest = digestFor(imageText, image);
    if (const auto reference = domain::ImageReference::parse(imageText)) {
        record.image = reference->familiarName();
        record.tag = reference->tag.value_or(reference->digest ? QString() : QStringLiteral("latest"));
        if (reference->digest && record.digest.isEmpty()) {
            record.digest = *reference->digest;
        }
    } else {
        record.image = imageText;
    }
    record.status = textOf(state, "Status");
    const QString health = textOf(memberOf(state, "Health"), "Status");
    record.health = health == QStringLiteral("none") ? QString() : health;
    Json labels = memberOf(config, "Labels");
    if (!labels.is_object()) {
        labels = Json::object();
    }
    const auto timeText = [](std::optional<core::Timestamp> time) {
        return time ? Json(core::toRfc3339(*time).toStdString()) : Json();
    };
    record.configuration = Json{{"project", textOf(labels, "com.docker.compose.project").toStdString()},
        {"service", textOf(labels, "com.docker.compose.service").toStdString()},
        {"reference", imageText.toStdString()}, {"labels", labels}, {"ports", portsOf(inspect)},
        {"createdAt", timeText(timeIn(inspect, "Created"))},
        {"startedAt", timeText(record.status == QStringLiteral("running") ? timeIn(state, "StartedAt")
                                                                          : std::nullopt)}};
    return record;
}

contracts::UpdateState toContract(const ports::DecisionRecord &decision)
{
    contracts::UpdateState state{.decision = decision.decision,
        .reason = decision.reason,
        .heldBy = decision.heldBy,
        .possibleAt = decision.possibleAt,
        .checkedAt = decision.checkedAt,
        .candidate = {}};
    if (!decision.candidateDigest.isEmpty()) {
        const auto firstSeen = core::fromRfc3339(textOf(decision.detail, "firstSeenAt"));
        state.candidate = contracts::Candidate{decision.candidateTag, decision.candidateDigest, decision.bump,
            firstSeen ? std::optional(*firstSeen) : std::nullopt};
    }
    return state;
}

contracts::Container toContract(const ports::ContainerRecord &record)
{
    const Json &configuration = record.configuration;
    contracts::Container container{.id = record.id.text(),
        .host = record.host.text(),
        .engineId = record.engineId.text(),
        .name = record.name,
        .image = record.image,
        .tag = record.tag,
        .digest = record.digest,
        .status = record.status,
        .health = record.health,
        .project = textOf(configuration, "project"),
        .service = textOf(configuration, "service"),
        .updatePolicy = record.policy,
        .policySource = record.policySource,
        .strategy = record.strategy,
        .ownRules =
            contracts::decode<contracts::UpdateRules>(record.ownRules, contracts::UnknownFields::Ignore)
                .value_or(contracts::UpdateRules()),
        .update = toContract(record.decision),
        .labels = {},
        .ports = {},
        .createdAt = core::fromEngineTime(textOf(configuration, "createdAt")),
        .startedAt = core::fromEngineTime(textOf(configuration, "startedAt"))};
    const Json &labels = memberOf(configuration, "labels");
    if (labels.is_object()) {
        for (const auto &[name, value] : labels.items()) {
            if (value.is_string()) {
                container.labels.emplace(QString::fromStdString(name),
                    QString::fromStdString(value.get_ref<const std::string &>()));
            }
        }
    }
    for (const Json &port : memberOf(configuration, "ports")) {
        const Json &hostPort = memberOf(port, "hostPort");
        container.ports.push_back({.hostIp = textOf(port, "hostIp"),
            .hostPort = hostPort.is_number_integer() ? std::optional(hostPort.get<int>()) : std::nullopt,
            .containerPort = memberOf(port, "containerPort").is_number_integer()
                                 ? memberOf(port, "containerPort").get<int>()
                                 : 0,
            .protocol = textOf(port, "protocol")});
    }
    return container;
}

} // namespace dockerauto::application
