#include "domain/containerexport.h"

#include "exportparts.h"
#include "jsonfield.h"
#include "shellcommand.h"

#include <QStringList>

namespace dockerauto::domain {

using core::Json;
using core::memberOf;
using core::textOf;

namespace {

class RunWriter
{
public:
    RunWriter(const Json &inspect, const RecreateSpec &spec)
        : m_inspect(inspect)
        , m_networks(networksOf(inspect, spec))
        , m_config(spec.create)
        , m_host(memberOf(spec.create, "HostConfig"))
        , m_create(spec.create)
        , m_name(containerNameOf(inspect))
        , m_notes(commonNotes(inspect, spec))
    {
        const Json &state = memberOf(inspect, "State");
        m_runs = flag(state, "Running") || flag(state, "Restarting");
        m_startsLater = !m_runs || m_networks.joined.size() > 1 || !m_networks.later.empty();
    }

    ExportedContainer write()
    {
        ShellCommand command(
            m_startsLater ? QStringLiteral("docker create") : QStringLiteral("docker run -d"));
        command.given("--name", m_name);
        command.given("--platform", platformOption(m_inspect));
        writeIdentity(command);
        writeNetwork(command);
        writeStorage(command);
        writeLimits(command);
        writeDevices(command);
        writeSecurity(command);
        writeSpaces(command);
        writeHealthcheck(command);
        writeLogging(command);
        writeProcess(command);
        noteTheRest();
        return {command.text() + laterNetworks() +
                    (m_runs && m_startsLater ? QStringLiteral("docker start %1\n").arg(shellQuoted(m_name))
                                             : QString()),
            std::move(m_notes)};
    }

private:
    void writeIdentity(ShellCommand &command)
    {
        command.given("--hostname", m_config.text("Hostname"));
        command.given("--domainname", m_config.text("Domainname"));
        command.given("--restart", restartText(m_host.take("RestartPolicy")));
        if (m_host.flag("AutoRemove")) {
            command.flag("--rm");
        }
        if (m_config.flag("Tty")) {
            command.flag("--tty");
        }
        if (m_config.flag("OpenStdin")) {
            command.flag("--interactive");
        }
        if (const Json &init = m_host.take("Init"); init.is_boolean()) {
            command.flag(init.get<bool>() ? "--init" : "--init=false");
        }
        command.given("--user", m_config.text("User"));
        command.given("--workdir", m_config.text("WorkingDir"));
        command.each("--env", m_config.texts("Env"));
        for (const QString &variable : textsOf(memberOf(m_create, "Env"))) {
            if (!variable.contains(u'=')) {
                m_notes.push_back(QStringLiteral("The variable %1 is taken away; it must not be set in the "
                                                 "shell that runs the command.")
                                      .arg(variable));
            }
        }
        command.each("--label", labelsOf(m_config.take("Labels")));
        command.each("--annotation", m_host.pairs("Annotations"));
        command.given("--stop-signal", m_config.text("StopSignal"));
        if (const Json &seconds = m_config.take("StopTimeout"); seconds.is_number_integer()) {
            command.option("--stop-timeout", QString::number(seconds.get<qint64>()));
        }
    }

    void writeNetwork(ShellCommand &command)
    {
        m_host.take("NetworkMode");
        m_config.take("NetworkingConfig");
        if (!m_networks.mode.isEmpty() && m_networks.mode != QLatin1String("bridge")) {
            command.option("--network", m_networks.mode);
        }
        command.given("--mac-address", m_config.text("MacAddress"));
        std::vector<QString> links = m_host.texts("Links");
        if (!m_networks.joined.empty()) {
            writeFirstNetwork(command, m_networks.joined.front(), links);
        }
        command.each("--link", links);
        for (const PublishedPort &port : publishedPorts(m_host.take("PortBindings"))) {
            command.option("--publish", port.text());
        }
        if (m_host.flag("PublishAllPorts")) {
            command.flag("--publish-all");
        }
        command.each(
            "--expose", exposedPorts(m_config.take("ExposedPorts"), memberOf(host(), "PortBindings")));
        command.each("--dns", m_host.texts("Dns"));
        command.each("--dns-search", m_host.texts("DnsSearch"));
        command.each("--dns-option", m_host.texts("DnsOptions"));
        command.each("--add-host", m_host.texts("ExtraHosts"));
    }

    void writeFirstNetwork(
        ShellCommand &command, const NetworkConnection &network, std::vector<QString> &links)
    {
        FieldReader endpoint(network.endpoint);
        const auto options = endpoint.pairs("DriverOpts");
        const qint64 priority = endpoint.number("GwPriority");
        // The long form is known to newer commands only, so it is used only where it is needed.
        if (!options.empty() || priority != 0) {
            QStringList fields{csvField(QStringLiteral("name=") + network.network)};
            for (const QString &option : options) {
                fields << csvField(QStringLiteral("driver-opt=") + option);
            }
            if (priority != 0) {
                fields << QStringLiteral("gw-priority=%1").arg(priority);
            }
            command.option("--network", fields.join(u','));
        } else if (m_networks.mode.isEmpty()) {
            command.option("--network", network.network);
        }
        command.each("--network-alias", endpoint.texts("Aliases"));
        const Json &addresses = endpoint.take("IPAMConfig");
        command.given("--ip", textOf(addresses, "IPv4Address"));
        command.given("--ip6", textOf(addresses, "IPv6Address"));
        command.each("--link-local-ip", textsOf(memberOf(addresses, "LinkLocalIPs")));
        if (textOf(m_create, "MacAddress").isEmpty()) {
            command.given("--mac-address", endpoint.text("MacAddress"));
        }
        for (const QString &link : endpoint.texts("Links")) {
            if (std::ranges::find(links, link) == links.end()) {
                links.push_back(link);
            }
        }
    }

    QString laterNetworks()
    {
        std::vector<NetworkConnection> others = m_networks.later;
        if (m_networks.joined.size() > 1) {
            others.insert(others.end(), m_networks.joined.begin() + 1, m_networks.joined.end());
        }
        QString text;
        for (const NetworkConnection &network : others) {
            FieldReader endpoint(network.endpoint);
            ShellCommand command(QStringLiteral("docker network connect"));
            const Json &addresses = endpoint.take("IPAMConfig");
            command.given("--ip", textOf(addresses, "IPv4Address"));
            command.given("--ip6", textOf(addresses, "IPv6Address"));
            command.each("--link-local-ip", textsOf(memberOf(addresses, "LinkLocalIPs")));
            command.each("--alias", endpoint.texts("Aliases"));
            command.each("--link", endpoint.texts("Links"));
            command.each("--driver-opt", endpoint.pairs("DriverOpts"));
            command.given("--gw-priority", endpoint.number("GwPriority"));
            if (!endpoint.text("MacAddress").isEmpty()) {
                m_notes.push_back(
                    QStringLiteral("docker network connect takes no MAC address; in the network %1 it will "
                                   "be another one than %2.")
                        .arg(network.network, endpoint.text("MacAddress")));
            }
            command.words({network.network, m_name});
            text += command.text();
        }
        return text;
    }

    void writeStorage(ShellCommand &command)
    {
        command.each("--volume", m_host.texts("Binds"));
        command.each("--volume", anonymousVolumes(m_config.take("Volumes"), host()));
        for (const Json &mount : items(m_host.take("Mounts"))) {
            command.option("--mount", mountText(mount));
        }
        for (const auto &[path, options] : members(m_host.take("Tmpfs")).items()) {
            const QString more = options.is_string() ? options.get<QString>() : QString();
            command.option(
                "--tmpfs", QString::fromStdString(path) + (more.isEmpty() ? QString() : u':' + more));
        }
        command.given("--volume-driver", m_host.text("VolumeDriver"));
        command.each("--volumes-from", m_host.texts("VolumesFrom"));
        command.each("--storage-opt", m_host.pairs("StorageOpt"));
        if (m_host.flag("ReadonlyRootfs")) {
            command.flag("--read-only");
        }
    }

    QString mountText(const Json &mount)
    {
        QStringList fields;
        const auto add = [&fields](const char *key, const QString &value) {
            if (!value.isEmpty()) {
                fields << csvField(QLatin1String(key) + u'=' + value);
            }
        };
        add("type", textOf(mount, "Type"));
        add("source", textOf(mount, "Source"));
        add("target", textOf(mount, "Target"));
        if (flag(mount, "ReadOnly")) {
            fields << QStringLiteral("readonly");
        }
        const QString consistency = textOf(mount, "Consistency");
        add("consistency", consistency == QLatin1String("default") ? QString() : consistency);
        const Json &bind = memberOf(mount, "BindOptions");
        add("bind-propagation", textOf(bind, "Propagation"));
        if (flag(bind, "NonRecursive")) {
            fields << QStringLiteral("bind-nonrecursive=true");
        } else if (flag(bind, "ReadOnlyNonRecursive")) {
            fields << QStringLiteral("bind-recursive=writable");
        } else if (flag(bind, "ReadOnlyForceRecursive")) {
            fields << QStringLiteral("bind-recursive=readonly");
        }
        if (flag(bind, "CreateMountpoint")) {
            m_notes.push_back(
                QStringLiteral("The folder %1 must be there before.").arg(textOf(mount, "Source")));
        }
        const Json &volume = memberOf(mount, "VolumeOptions");
        if (flag(volume, "NoCopy")) {
            fields << QStringLiteral("volume-nocopy");
        }
        add("volume-subpath", textOf(volume, "Subpath"));
        for (const QString &label : labelsOf(memberOf(volume, "Labels"))) {
            add("volume-label", label);
        }
        const Json &driver = memberOf(volume, "DriverConfig");
        add("volume-driver", textOf(driver, "Name"));
        FieldReader driverReader(driver);
        for (const QString &option : driverReader.pairs("Options")) {
            add("volume-opt", option);
        }
        add("image-subpath", textOf(memberOf(mount, "ImageOptions"), "Subpath"));
        const Json &tmpfs = memberOf(mount, "TmpfsOptions");
        if (const qint64 size = integer(tmpfs, "SizeBytes"); size > 0) {
            add("tmpfs-size", QString::number(size));
        }
        if (const qint64 mode = integer(tmpfs, "Mode"); mode > 0) {
            add("tmpfs-mode", QString::number(mode, 8));
        }
        return fields.join(u',');
    }

    void writeLimits(ShellCommand &command)
    {
        command.given("--memory", m_host.number("Memory"));
        command.given("--memory-swap", m_host.number("MemorySwap"));
        command.given("--memory-reservation", m_host.number("MemoryReservation"));
        command.given("--kernel-memory", m_host.number("KernelMemory"));
        if (const Json &swappiness = m_host.take("MemorySwappiness"); swappiness.is_number_integer()) {
            command.option("--memory-swappiness", QString::number(swappiness.get<qint64>()));
        }
        if (const qint64 cpus = m_host.number("NanoCpus"); cpus > 0) {
            command.option("--cpus", cpusText(cpus));
        }
        command.given("--cpu-shares", m_host.number("CpuShares"));
        command.given("--cpu-period", m_host.number("CpuPeriod"));
        command.given("--cpu-quota", m_host.number("CpuQuota"));
        command.given("--cpu-rt-period", m_host.number("CpuRealtimePeriod"));
        command.given("--cpu-rt-runtime", m_host.number("CpuRealtimeRuntime"));
        command.given("--cpuset-cpus", m_host.text("CpusetCpus"));
        command.given("--cpuset-mems", m_host.text("CpusetMems"));
        command.given("--cpu-count", m_host.number("CpuCount"));
        command.given("--cpu-percent", m_host.number("CpuPercent"));
        command.given("--io-maxiops", m_host.number("IOMaximumIOps"));
        command.given("--io-maxbandwidth", m_host.number("IOMaximumBandwidth"));
        command.given("--pids-limit", m_host.number("PidsLimit"));
        command.given("--blkio-weight", m_host.number("BlkioWeight"));
        command.each("--blkio-weight-device", throttlesOf(m_host.take("BlkioWeightDevice"), "Weight"));
        command.each("--device-read-bps", throttlesOf(m_host.take("BlkioDeviceReadBps"), "Rate"));
        command.each("--device-write-bps", throttlesOf(m_host.take("BlkioDeviceWriteBps"), "Rate"));
        command.each("--device-read-iops", throttlesOf(m_host.take("BlkioDeviceReadIOps"), "Rate"));
        command.each("--device-write-iops", throttlesOf(m_host.take("BlkioDeviceWriteIOps"), "Rate"));
        if (m_host.flag("OomKillDisable")) {
            command.flag("--oom-kill-disable");
        }
        command.given("--oom-score-adj", m_host.number("OomScoreAdj"));
        if (const qint64 size = m_host.number("ShmSize"); size != defaultShmSize) {
            command.given("--shm-size", size);
        }
        for (const Json &limit : items(m_host.take("Ulimits"))) {
            command.option("--ulimit", QStringLiteral("%1=%2:%3")
                                           .arg(textOf(limit, "Name"))
                                           .arg(integer(limit, "Soft"))
                                           .arg(integer(limit, "Hard")));
        }
        command.each("--sysctl", m_host.pairs("Sysctls"));
    }

    void writeDevices(ShellCommand &command)
    {
        command.each("--device", devicesOf(m_host.take("Devices")));
        command.each("--device-cgroup-rule", m_host.texts("DeviceCgroupRules"));
        for (const Json &request : items(m_host.take("DeviceRequests"))) {
            const auto ids = textsOf(memberOf(request, "DeviceIDs"));
            if (textOf(request, "Driver") == QLatin1String("cdi")) {
                command.each("--device", ids);
            } else {
                command.option("--gpus", gpusText(request, ids));
            }
        }
    }

    static QString gpusText(const Json &request, const std::vector<QString> &ids)
    {
        QStringList fields;
        if (!ids.empty()) {
            fields << csvField(QStringLiteral("device=") + QStringList(ids.begin(), ids.end()).join(u','));
        } else {
            const qint64 count = integer(request, "Count", -1);
            fields << (count < 0 ? QStringLiteral("count=all") : QStringLiteral("count=%1").arg(count));
        }
        if (const QString driver = textOf(request, "Driver"); !driver.isEmpty()) {
            fields << csvField(QStringLiteral("driver=") + driver);
        }
        QStringList capabilities;
        for (const Json &all : items(memberOf(request, "Capabilities"))) {
            for (const QString &capability : textsOf(all)) {
                // Said by the option itself.
                if (capability != QLatin1String("gpu")) {
                    capabilities << capability;
                }
            }
        }
        if (!capabilities.isEmpty()) {
            fields << csvField(QStringLiteral("capabilities=") + capabilities.join(u','));
        }
        FieldReader reader(request);
        const auto options = reader.pairs("Options");
        if (!options.empty()) {
            QStringList quoted;
            for (const QString &option : options) {
                quoted << csvField(option);
            }
            fields << csvField(QStringLiteral("options=") + quoted.join(u','));
        }
        return fields.join(u',');
    }

    void writeSecurity(ShellCommand &command)
    {
        if (m_host.flag("Privileged")) {
            command.flag("--privileged");
        }
        command.each("--cap-add", m_host.texts("CapAdd"));
        command.each("--cap-drop", m_host.texts("CapDrop"));
        command.each("--group-add", m_host.texts("GroupAdd"));
        for (const QString &option : m_host.texts("SecurityOpt")) {
            if (!option.startsWith(QLatin1String("seccomp={")) &&
                !option.startsWith(QLatin1String("seccomp:{"))) {
                command.option("--security-opt", option);
            }
        }
        if (hidesNoPaths(host())) {
            command.option("--security-opt", QStringLiteral("systempaths=unconfined"));
        }
        m_host.ignore({"MaskedPaths", "ReadonlyPaths"});
    }

    void writeSpaces(ShellCommand &command)
    {
        const auto unless = [&](const char *name, const char *key, const char *usual) {
            const QString value = m_host.text(key);
            command.given(name, value == QLatin1String(usual) ? QString() : value);
        };
        unless("--ipc", "IpcMode", "private");
        unless("--pid", "PidMode", "");
        unless("--uts", "UTSMode", "");
        unless("--userns", "UsernsMode", "");
        unless("--cgroupns", "CgroupnsMode", "private");
        unless("--cgroup-parent", "CgroupParent", "");
        unless("--runtime", "Runtime", "");
        unless("--isolation", "Isolation", "default");
    }

    void writeHealthcheck(ShellCommand &command)
    {
        const Json &check = m_config.take("Healthcheck");
        const auto test = textsOf(memberOf(check, "Test"));
        if (!test.empty() && test.front() == QLatin1String("NONE")) {
            command.flag("--no-healthcheck");
            return;
        }
        if (test.size() == 2 && test.front() == QLatin1String("CMD-SHELL")) {
            command.option("--health-cmd", test[1]);
        } else if (test.size() > 1) {
            QStringList words;
            for (std::size_t i = 1; i < test.size(); ++i) {
                words << shellQuoted(test[i]);
            }
            command.option("--health-cmd", words.join(u' '));
            m_notes.push_back(QStringLiteral(
                "docker run gives a health check to a shell; the image must have one at /bin/sh."));
        }
        const auto duration = [&](const char *name, const char *key) {
            if (const qint64 length = integer(check, key); length > 0) {
                command.option(name, durationText(length));
            }
        };
        duration("--health-interval", "Interval");
        duration("--health-timeout", "Timeout");
        duration("--health-start-period", "StartPeriod");
        duration("--health-start-interval", "StartInterval");
        command.given("--health-retries", integer(check, "Retries"));
    }

    void writeLogging(ShellCommand &command)
    {
        const Json &logging = m_host.take("LogConfig");
        FieldReader reader(logging);
        const auto options = reader.pairs("Config");
        const QString driver = reader.text("Type");
        if (driver != QLatin1String("json-file") || !options.empty()) {
            command.given("--log-driver", driver);
        }
        command.each("--log-opt", options);
    }

    /// The end of the command: the image and what it is to do.
    void writeProcess(ShellCommand &command)
    {
        std::vector<QString> words{m_config.text("Image")};
        const auto entrypoint = m_config.texts("Entrypoint");
        if (!entrypoint.empty()) {
            command.option("--entrypoint", entrypoint.front());
            words.insert(words.end(), entrypoint.begin() + 1, entrypoint.end());
        }
        if (entrypoint.size() > 1) {
            m_notes.push_back(QStringLiteral(
                "docker run takes one word as the entrypoint; the others stand before the command, which "
                "runs the same."));
        }
        const auto own = m_config.texts("Cmd");
        words.insert(words.end(), own.begin(), own.end());
        command.words(words);
    }

    void noteTheRest()
    {
        m_config.ignore({"HostConfig", "AttachStdin", "AttachStdout", "AttachStderr", "StdinOnce",
            "ArgsEscaped", "OnBuild"});
        m_host.ignore({"ConsoleSize", "ContainerIDFile"});
        for (const FieldReader *fields : {&m_config, &m_host}) {
            for (const QString &name : fields->rest()) {
                m_notes.push_back(
                    QStringLiteral("docker run has no option for the setting %1; it is left out.").arg(name));
            }
        }
    }

    const Json &host() const { return memberOf(m_create, "HostConfig"); }

    static constexpr qint64 defaultShmSize = 67'108'864;

    const Json &m_inspect;
    ExportedNetworks m_networks;
    FieldReader m_config;
    FieldReader m_host;
    const Json &m_create;
    QString m_name;
    bool m_runs = false;
    bool m_startsLater = false;
    std::vector<QString> m_notes;
};

} // namespace

ExportedContainer asRunCommand(const Json &inspect, const RecreateSpec &spec)
{
    return RunWriter(inspect, spec).write();
}

} // namespace dockerauto::domain
