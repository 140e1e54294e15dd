#include "domain/imagediff.h"

#include <QStringList>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace dockerauto::domain {

using core::Json;
using core::memberOf;

namespace {

using Fields = std::map<QString, QString>;

QString textOfValue(const Json &value)
{
    return value.is_string() ? value.get<QString>() : QString::fromStdString(value.dump());
}

/// `["sh", "-c", "run it"]` as people write it.
QString commandText(const Json &words)
{
    QStringList parts;
    for (const Json &word : words) {
        const QString text = textOfValue(word);
        parts.append(text.isEmpty() || text.contains(u' ') ? QString(u'"' % text % u'"') : text);
    }
    return parts.join(u' ');
}

void addCommand(Fields &fields, const Json &config, const char *name)
{
    const Json &value = memberOf(config, name);
    if (value.is_array() && !value.empty()) {
        fields.emplace(QLatin1String(name), commandText(value));
    } else if (value.is_string()) {
        fields.emplace(QLatin1String(name), textOfValue(value));
    }
}

void addText(Fields &fields, const Json &config, const char *name)
{
    const QString value = core::textOf(config, name);
    if (!value.isEmpty()) {
        fields.emplace(QLatin1String(name), value);
    }
}

/// The members of an object, or of a list of texts like `PATH=/bin`.
void addMembers(Fields &fields, const Json &config, const char *name)
{
    const Json &members = memberOf(config, name);
    const QString prefix = QLatin1String(name) + QStringLiteral("/");
    if (members.is_object()) {
        for (const auto &[key, value] : members.items()) {
            const bool says = !value.is_null() && !(value.is_object() && value.empty());
            fields.emplace(
                prefix + QString::fromStdString(key), says ? textOfValue(value) : QStringLiteral("yes"));
        }
        return;
    }
    if (members.is_array()) {
        for (const Json &entry : members) {
            const QString text = textOfValue(entry);
            fields.emplace(prefix + text.section(u'=', 0, 0), text.section(u'=', 1));
        }
    }
}

Fields fieldsOf(const Json &config)
{
    Fields fields;
    for (const char *name : {"Cmd", "Entrypoint", "Shell"}) {
        addCommand(fields, config, name);
    }
    for (const char *name : {"User", "WorkingDir", "StopSignal"}) {
        addText(fields, config, name);
    }
    for (const char *name : {"Env", "ExposedPorts", "Volumes", "Labels"}) {
        addMembers(fields, config, name);
    }
    const Json &health = memberOf(config, "Healthcheck");
    if (health.is_object()) {
        addCommand(fields, health, "Test");
        if (auto test = fields.extract(QStringLiteral("Test"))) {
            test.key() = QStringLiteral("Healthcheck");
            fields.insert(std::move(test));
        }
    }
    return fields;
}

} // namespace

std::vector<ImageFieldChange> configChanges(const Json &before, const Json &after)
{
    const Fields old = fieldsOf(before);
    const Fields fresh = fieldsOf(after);
    std::set<QString> names;
    for (const Fields *fields : {&old, &fresh}) {
        std::ranges::transform(
            *fields, std::inserter(names, names.end()), [](const auto &field) { return field.first; });
    }
    const auto valueIn = [](const Fields &fields, const QString &name) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::nullopt : std::optional(found->second);
    };
    std::vector<ImageFieldChange> changes;
    for (const QString &name : names) {
        auto was = valueIn(old, name);
        auto is = valueIn(fresh, name);
        if (was != is) {
            changes.push_back({name, std::move(was), std::move(is)});
        }
    }
    return changes;
}

} // namespace dockerauto::domain
