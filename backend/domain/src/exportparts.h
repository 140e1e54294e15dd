#pragma once

#include "domain/recreate.h"

#include <core/json.h>

#include <QString>

#include <set>
#include <string>
#include <vector>

namespace dockerauto::domain {

// What the two exports of a container have in common.

/// An object of a create request that remembers what was asked for, so that nothing is left out in silence.
class FieldReader
{
public:
    /// `object` must outlive it.
    explicit FieldReader(const core::Json &object) : m_object(object) {}

    const core::Json &take(const char *key);
    QString text(const char *key);
    /// The texts of an array.
    std::vector<QString> texts(const char *key);
    /// `key=value` of an object, in the order of the keys.
    std::vector<QString> pairs(const char *key);
    qint64 number(const char *key);
    bool flag(const char *key);
    void ignore(std::initializer_list<const char *> keys);
    /// Fields with a value that nobody took.
    [[nodiscard]] std::vector<QString> rest() const;

private:
    const core::Json &m_object;
    std::set<std::string> m_taken;
};

std::vector<QString> textsOf(const core::Json &array);

struct PublishedPort
{
    /// `80/tcp`
    QString port;
    QString hostIp;
    /// Empty: the engine chooses.
    QString hostPort;
    /// `[::1]:8080:80/tcp`, with as much as is said.
    [[nodiscard]] QString text() const;
};
std::vector<PublishedPort> publishedPorts(const core::Json &bindings);
/// Ports that are only exposed.
std::vector<QString> exposedPorts(const core::Json &exposed, const core::Json &bindings);

struct ExportedNetworks
{
    /// host, none, container:…, bridge; empty when networks are joined instead.
    QString mode;
    /// The one that the container starts in first.
    std::vector<NetworkConnection> joined;
    /// Beside the default network: only to be connected afterwards.
    std::vector<NetworkConnection> later;
};
ExportedNetworks networksOf(const core::Json &inspect, const RecreateSpec &spec);

/// `90s`, `1500ms`: the largest unit that says it exactly.
QString durationText(qint64 nanoseconds);
/// `1.5` for 1,500,000,000.
QString cpusText(qint64 nanoCpus);
/// `on-failure:3`; empty for none.
QString restartText(const core::Json &policy);
/// Without those that only an update under way gives a container.
std::vector<QString> labelsOf(const core::Json &labels);
/// `linux/arm64/v8`, where the engine tells.
QString platformOption(const core::Json &inspect);
QString containerNameOf(const core::Json &inspect);
/// Path and weight or rate of the devices in a list.
std::vector<QString> throttlesOf(const core::Json &list, const char *value);
/// `/dev/a:/dev/b:rwm`
std::vector<QString> devicesOf(const core::Json &list);
/// Of paths in Config.Volumes, those where nothing is mounted otherwise.
std::vector<QString> anonymousVolumes(const core::Json &volumes, const core::Json &host);
/// Both lists of paths that the engine hides are empty: `systempaths=unconfined`.
bool hidesNoPaths(const core::Json &host);
/// Sentences about what neither format can say.
std::vector<QString> commonNotes(const core::Json &inspect, const RecreateSpec &spec);

} // namespace dockerauto::domain
