#include "hostspec.h"

#include "jsonfield.h"

#include <QDir>
#include <QStringList>

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;

constexpr int apiNoKernelMemory = 42;

class HostWriter
{
public:
    HostWriter(RecreateSpec &spec, const Json &inspect)
        : m_spec(spec), m_host(spec.create["HostConfig"]), m_inspect(inspect)
    {
    }

    void removeReadOnly()
    {
        m_host.erase("ContainerIDFile");
        m_host.erase("ConsoleSize");
    }

    void removeRefused(int apiMinor)
    {
        if (const Json &value = memberOf(m_host, "MemorySwappiness"); value.is_null() || value == Json(-1)) {
            m_host.erase("MemorySwappiness");
        }
        if (memberOf(m_host, "OomKillDisable").is_null()) {
            m_host.erase("OomKillDisable");
        }
        // Engines with cgroup v2 give each container its own view of cgroups; those with v1 do not unless
        // asked.
        if (flag(m_host, "OomKillDisable") &&
            core::textOf(m_host, "CgroupnsMode") == QLatin1String("private")) {
            m_host.erase("OomKillDisable");
            note(QStringLiteral(
                "Switching off the out-of-memory killer does not work with cgroup v2 and is left out."));
        }
        if (const bool set = !isUnset(memberOf(m_host, "KernelMemory"));
            !set || apiMinor >= apiNoKernelMemory) {
            m_host.erase("KernelMemory");
            if (set) {
                note(QStringLiteral("The engine no longer limits kernel memory; the limit is left out."));
            }
        }
        removeCpuConflict();
    }

    void removeDefaultRuntime(const QString &defaultRuntime)
    {
        const QString runtime = core::textOf(m_host, "Runtime");
        if (runtime.isEmpty() || runtime == defaultRuntime) {
            m_host.erase("Runtime");
        }
    }

    void attachVolumes()
    {
        for (const Json &mount : items(memberOf(m_inspect, "Mounts"))) {
            if (core::textOf(mount, "Type") != QLatin1String("volume")) {
                continue;
            }
            const QString name = core::textOf(mount, "Name");
            const QString target = core::textOf(mount, "Destination");
            if (name.isEmpty() || target.isEmpty() || isInBinds(name, target) || isInMounts(name, target) ||
                comesFromAnother(target)) {
                continue;
            }
            Json own{{"Type", "volume"}, {"Source", name}, {"Target", target}};
            if (memberOf(mount, "RW") == Json(false)) {
                own["ReadOnly"] = true;
            }
            if (!memberOf(m_host, "Mounts").is_array()) {
                m_host["Mounts"] = Json::array();
            }
            m_host["Mounts"].push_back(std::move(own));
        }
    }

    void noteWhatChanges()
    {
        bool ephemeral = flag(m_host, "PublishAllPorts");
        for (const auto &[port, bindings] : members(memberOf(m_host, "PortBindings")).items()) {
            for (const Json &binding : items(bindings)) {
                const QString hostPort = core::textOf(binding, "HostPort");
                ephemeral = ephemeral || hostPort.isEmpty() || hostPort == QLatin1String("0");
            }
        }
        if (ephemeral) {
            note(QStringLiteral("The engine chooses some of its host ports; they will be other ones."));
        }
        if (flag(m_host, "AutoRemove")) {
            note(QStringLiteral(
                "It is removed by the engine as soon as it stops, so going back means making it again."));
        }
        for (const char *mode : {"IpcMode", "PidMode"}) {
            const QString value = core::textOf(m_host, mode);
            if (value.startsWith(QLatin1String("container:"))) {
                note(QStringLiteral(
                    "It shares %1 with the container %2 and must be made again whenever that one is.")
                         .arg(QString::fromLatin1(mode).startsWith(u'I') ? QStringLiteral("memory (IPC)")
                                                                         : QStringLiteral("processes (PID)"),
                             value.section(u':', 1).left(12)));
            }
        }
        if (!isUnset(memberOf(m_host, "VolumesFrom"))) {
            note(QStringLiteral(
                "It takes volumes from another container and must be made again whenever that one is."));
        }
        const Json &labels = memberOf(memberOf(m_inspect, "Config"), "Labels");
        if (!memberOf(labels, "com.docker.swarm.task.id").is_null()) {
            note(QStringLiteral("It is a task of a Swarm service. Update the service instead."));
        }
    }

private:
    void note(const QString &text) { m_spec.notes.push_back(text); }

    /// Podman writes one limit in both forms; engines refuse both.
    void removeCpuConflict()
    {
        if (isUnset(memberOf(m_host, "NanoCpus")) ||
            (isUnset(memberOf(m_host, "CpuQuota")) && isUnset(memberOf(m_host, "CpuPeriod")))) {
            return;
        }
        m_host.erase("CpuQuota");
        m_host.erase("CpuPeriod");
        note(QStringLiteral(
            "Its processor limit is given twice; the number of processors (NanoCpus) is kept."));
    }

    /// Whether VolumesFrom brings what is at `target`: all that neither the container nor its image declares.
    bool comesFromAnother(const QString &target) const
    {
        const Json &declared = memberOf(memberOf(m_inspect, "Config"), "Volumes");
        return !isUnset(memberOf(m_host, "VolumesFrom")) &&
               memberOf(declared, target.toStdString().c_str()).is_null();
    }

    /// Whether a bind mounts something at `target`. One without a source would make a new volume: it gets the
    /// name.
    bool isInBinds(const QString &name, const QString &target)
    {
        const QString path = QDir::cleanPath(target);
        if (!memberOf(m_host, "Binds").is_array()) {
            return false;
        }
        for (Json &bind : m_host["Binds"]) {
            const QString text = bind.is_string() ? bind.get<QString>() : QString();
            if (QDir::cleanPath(text) == path) {
                bind = QString(name + QLatin1Char(':') + target);
                return true;
            }
            // Not split at colons: on Windows both paths hold some.
            const QStringList parts = text.split(u':');
            for (qsizetype i = 1; i < parts.size(); ++i) {
                const QString withDrive = parts[i - 1] + QLatin1Char(':') + parts[i];
                if (QDir::cleanPath(parts[i]) == path || (i > 1 && QDir::cleanPath(withDrive) == path)) {
                    return true;
                }
            }
        }
        return false;
    }

    bool isInMounts(const QString &name, const QString &target)
    {
        if (!memberOf(m_host, "Mounts").is_array()) {
            return false;
        }
        for (Json &mount : m_host["Mounts"]) {
            if (QDir::cleanPath(core::textOf(mount, "Target")) != QDir::cleanPath(target)) {
                continue;
            }
            if (core::textOf(mount, "Source").isEmpty() &&
                core::textOf(mount, "Type") == QLatin1String("volume")) {
                mount["Source"] = name;
            }
            return true;
        }
        return false;
    }

    RecreateSpec &m_spec;
    Json &m_host;
    const Json &m_inspect;
};

} // namespace

void specifyHost(RecreateSpec &spec, const Json &inspect, int apiMinor, const QString &defaultRuntime)
{
    HostWriter writer(spec, inspect);
    writer.removeReadOnly();
    writer.removeRefused(apiMinor);
    writer.removeDefaultRuntime(defaultRuntime);
    writer.attachVolumes();
    writer.noteWhatChanges();
}

} // namespace dockerauto::domain
