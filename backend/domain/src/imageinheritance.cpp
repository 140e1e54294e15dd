#include "imageinheritance.h"

#include "jsonfield.h"

#include <QDir>

#include <array>

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;

void subtractText(Json &config, const Json &image, const char *key)
{
    const QString value = core::textOf(config, key);
    if (value.isEmpty() || value == core::textOf(image, key)) {
        config.erase(key);
    }
}

/// The engine cleans the path when it starts the container.
void subtractWorkingDirectory(Json &config, const Json &image)
{
    const QString value = core::textOf(config, "WorkingDir");
    const QString inherited = core::textOf(image, "WorkingDir");
    if (value.isEmpty() || QDir::cleanPath(value) == QDir::cleanPath(inherited)) {
        config.erase("WorkingDir");
    }
}

void subtractEnvironment(Json &config, const Json &image)
{
    const Json &inherited = memberOf(image, "Env");
    Json own = Json::array();
    for (const Json &entry : items(memberOf(config, "Env"))) {
        if (!contains(inherited, entry)) {
            own.push_back(entry);
        }
    }
    setOrErase(config, "Env", std::move(own));
}

/// Labels that tell compose or this program what the container is stay, whatever the image says.
bool isIdentity(const std::string &label)
{
    return label.starts_with("com.docker.compose.") || label.starts_with("docker-auto.");
}

void subtractLabels(Json &config, const Json &image)
{
    const Json &inherited = memberOf(image, "Labels");
    Json own = Json::object();
    for (const auto &[label, value] : members(memberOf(config, "Labels")).items()) {
        if (isIdentity(label) || memberOf(inherited, label.c_str()) != value || !inherited.contains(label)) {
            own[label] = value;
        }
    }
    setOrErase(config, "Labels", std::move(own));
}

void subtractKeys(Json &config, const Json &image, const char *key, const Json &kept)
{
    const Json &inherited = members(memberOf(image, key));
    Json own = Json::object();
    for (const auto &[name, value] : members(memberOf(config, key)).items()) {
        if (!inherited.contains(name) || members(kept).contains(name)) {
            own[name] = value;
        }
    }
    setOrErase(config, key, std::move(own));
}

/// Entrypoint and Cmd are merged together: a Cmd is inherited only where no Entrypoint was given.
void subtractCommand(Json &config, const Json &image)
{
    const Json entrypoint = items(memberOf(config, "Entrypoint"));
    const Json command = items(memberOf(config, "Cmd"));
    const Json &imageEntrypoint = items(memberOf(image, "Entrypoint"));
    const Json &imageCommand = items(memberOf(image, "Cmd"));

    if (entrypoint.empty() && !imageEntrypoint.empty()) {
        // The engine reads one empty word as "none" after it has merged.
        config["Entrypoint"] = Json::array({""});
        setOrErase(config, "Cmd", command);
        return;
    }
    if (entrypoint != imageEntrypoint) {
        config["Entrypoint"] = entrypoint;
        setOrErase(config, "Cmd", command);
        return;
    }
    if (command.empty() && !imageCommand.empty()) {
        // Without the Entrypoint the image's Cmd would come back.
        config["Entrypoint"] = entrypoint;
        config.erase("Cmd");
        return;
    }
    config.erase("Entrypoint");
    setOrErase(config, "Cmd", command == imageCommand ? Json::array() : command);
    if (memberOf(config, "Cmd").is_null()) {
        config.erase("ArgsEscaped");
    }
}

void subtractHealthcheck(Json &config, const Json &image)
{
    if (!memberOf(config, "Healthcheck").is_object()) {
        config.erase("Healthcheck");
        return;
    }
    Json &check = config["Healthcheck"];
    const Json &inherited = memberOf(image, "Healthcheck");
    for (const char *field : {"Test", "Interval", "Timeout", "StartPeriod", "StartInterval", "Retries"}) {
        const Json &value = memberOf(check, field);
        const bool switchedOff = value == Json::array({"NONE"});
        if (isUnset(value) || (value == memberOf(inherited, field) && !switchedOff)) {
            check.erase(field);
        }
    }
    if (check.empty()) {
        config.erase("Healthcheck");
    }
}

std::string variableOf(const Json &entry)
{
    const std::string text = entry.is_string() ? entry.get<std::string>() : std::string();
    return text.substr(0, text.find('='));
}

void mergeEnvironment(Json &config, const Json &image)
{
    Json merged = items(memberOf(config, "Env"));
    const Json own = merged;
    for (const Json &entry : items(memberOf(image, "Env"))) {
        const bool given = std::any_of(own.begin(), own.end(),
            [&entry](const Json &candidate) { return variableOf(candidate) == variableOf(entry); });
        if (!given) {
            merged.push_back(entry);
        }
    }
    setOrErase(config, "Env", std::move(merged));
}

void mergeKeys(Json &config, const Json &image, const char *key)
{
    Json merged = members(memberOf(config, key));
    for (const auto &[name, value] : members(memberOf(image, key)).items()) {
        if (!merged.contains(name)) {
            merged[name] = value;
        }
    }
    setOrErase(config, key, std::move(merged));
}

void mergeCommand(Json &config, const Json &image)
{
    const Json entrypoint = memberOf(config, "Entrypoint");
    if (items(entrypoint).empty()) {
        if (items(memberOf(config, "Cmd")).empty()) {
            setOrErase(config, "Cmd", items(memberOf(image, "Cmd")));
        }
        if (entrypoint.is_null()) {
            setOrErase(config, "Entrypoint", items(memberOf(image, "Entrypoint")));
        }
    }
    if (memberOf(config, "Entrypoint") == Json::array({""})) {
        config.erase("Entrypoint");
    }
}

void mergeHealthcheck(Json &config, const Json &image)
{
    Json merged = members(memberOf(config, "Healthcheck"));
    for (const auto &[field, value] : members(memberOf(image, "Healthcheck")).items()) {
        if (isUnset(memberOf(merged, field.c_str()))) {
            merged[field] = value;
        }
    }
    setOrErase(config, "Healthcheck", std::move(merged));
}

} // namespace

void mergeImage(Json &config, const Json &imageConfig)
{
    for (const char *key : {"User", "WorkingDir", "StopSignal"}) {
        if (isUnset(memberOf(config, key)) && !isUnset(memberOf(imageConfig, key))) {
            config[key] = memberOf(imageConfig, key);
        }
    }
    for (const char *key : {"Labels", "ExposedPorts", "Volumes"}) {
        mergeKeys(config, imageConfig, key);
    }
    mergeEnvironment(config, imageConfig);
    mergeCommand(config, imageConfig);
    mergeHealthcheck(config, imageConfig);
}

void subtractImage(Json &config, const Json &imageConfig, const Json &portBindings)
{
    subtractText(config, imageConfig, "User");
    subtractText(config, imageConfig, "StopSignal");
    subtractWorkingDirectory(config, imageConfig);
    subtractEnvironment(config, imageConfig);
    subtractLabels(config, imageConfig);
    subtractKeys(config, imageConfig, "ExposedPorts", portBindings);
    subtractKeys(config, imageConfig, "Volumes", Json());
    subtractCommand(config, imageConfig);
    subtractHealthcheck(config, imageConfig);
    // Triggers of the image's own build, which an engine does not take at create.
    config.erase("OnBuild");
}

std::vector<QString> inheritedChanges(const Json &subtracted, const Json &oldConfig, const Json &newConfig)
{
    struct Field
    {
        const char *key;
        QString words;
    };
    const std::array fields{
        Field{"User", QStringLiteral("user")},
        Field{"WorkingDir", QStringLiteral("working directory")},
        Field{"StopSignal", QStringLiteral("stop signal")},
        Field{"Entrypoint", QStringLiteral("entrypoint")},
        Field{"Cmd", QStringLiteral("command")},
        Field{"Healthcheck", QStringLiteral("health check")},
    };
    std::vector<QString> notes;
    for (const Field &field : fields) {
        const Json &before = memberOf(oldConfig, field.key);
        const Json &after = memberOf(newConfig, field.key);
        const bool same = before == after || (isUnset(before) && isUnset(after));
        // A Cmd does not come from the image where an Entrypoint is given.
        const bool taken =
            QByteArrayView(field.key) == QByteArrayView("Cmd") && subtracted.contains("Entrypoint");
        if (!same && !subtracted.contains(field.key) && !taken) {
            notes.push_back(
                QStringLiteral("The %1 was that of the old image, so that of the new image is used.")
                    .arg(field.words));
        }
    }
    return notes;
}

} // namespace dockerauto::domain
