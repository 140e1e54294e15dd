#include "domain/containerexport.h"

#include "composemount.h"
#include "exportparts.h"
#include "jsonfield.h"
#include "yamltext.h"

#include <QRegularExpression>

namespace dockerauto::domain {

using core::Json;
using core::memberOf;
using core::textOf;

namespace {

std::string utf8(const QString &text)
{
    return text.toStdString();
}

/// The members of an object with texts, as they are.
OrderedJson textMembers(const Json &object)
{
    OrderedJson result = OrderedJson::object();
    for (const auto &[name, value] : members(object).items()) {
        if (value.is_string()) {
            result[name] = value.get<std::string>();
        }
    }
    return result;
}

class ComposeWriter
{
public:
    ComposeWriter(const Json &inspect, const RecreateSpec &spec)
        : m_inspect(inspect)
        , m_networks(networksOf(inspect, spec))
        , m_config(spec.create)
        , m_host(memberOf(spec.create, "HostConfig"))
        , m_create(spec.create)
        , m_name(containerNameOf(inspect))
        , m_notes(commonNotes(inspect, spec))
    {
    }

    ExportedContainer write()
    {
        given("image", m_config.text("Image"));
        given("container_name", m_name);
        given("platform", platformOption(m_inspect));
        writeProcess();
        writeIdentity();
        writeHealthcheck();
        writeNetwork();
        writeStorage();
        writeLimits();
        writeThrottles();
        writeDevices();
        writeSecurity();
        writeLogging();
        noteTheRest();

        OrderedJson document;
        document["services"][utf8(m_name)] = std::move(m_service);
        if (!m_topNetworks.empty()) {
            document["networks"] = std::move(m_topNetworks);
        }
        if (!m_topVolumes.empty()) {
            document["volumes"] = std::move(m_topVolumes);
        }
        return {yamlText(document), std::move(m_notes)};
    }

private:
    void given(const char *key, const QString &value)
    {
        if (!value.isEmpty()) {
            m_service[key] = utf8(value);
        }
    }
    void given(const char *key, qint64 value)
    {
        if (value != 0) {
            m_service[key] = value;
        }
    }
    void given(const char *key, const std::vector<QString> &values)
    {
        for (const QString &value : values) {
            m_service[key].push_back(utf8(value));
        }
    }
    void given(const char *key, OrderedJson value)
    {
        if (!value.empty()) {
            m_service[key] = std::move(value);
        }
    }
    void given(const char *key, bool value)
    {
        if (value) {
            m_service[key] = true;
        }
    }
    void note(const QString &text) { m_notes.push_back(text); }

    void writeProcess()
    {
        given("entrypoint", m_config.texts("Entrypoint"));
        given("command", m_config.texts("Cmd"));
        given("user", m_config.text("User"));
        given("working_dir", m_config.text("WorkingDir"));
        given("environment", m_config.texts("Env"));
        given("tty", m_config.flag("Tty"));
        given("stdin_open", m_config.flag("OpenStdin"));
        if (const Json &init = m_host.take("Init"); init.is_boolean()) {
            m_service["init"] = init.get<bool>();
        }
        given("stop_signal", m_config.text("StopSignal"));
        if (const Json &seconds = m_config.take("StopTimeout"); seconds.is_number_integer()) {
            given("stop_grace_period", QStringLiteral("%1s").arg(seconds.get<qint64>()));
        }
        given("restart", restartText(m_host.take("RestartPolicy")));
        if (m_host.flag("AutoRemove")) {
            note(QStringLiteral(
                "A compose file can't say --rm; “docker compose down” removes the container."));
        }
    }

    void writeIdentity()
    {
        given("hostname", m_config.text("Hostname"));
        given("domainname", m_config.text("Domainname"));
        for (const QString &label : labelsOf(m_config.take("Labels"))) {
            // Compose writes its own.
            if (!label.startsWith(QLatin1String("com.docker.compose."))) {
                m_service["labels"].push_back(utf8(label));
            }
        }
        given("annotations", m_host.pairs("Annotations"));
    }

    void writeHealthcheck()
    {
        const Json &check = m_config.take("Healthcheck");
        const auto test = textsOf(memberOf(check, "Test"));
        OrderedJson health;
        if (!test.empty() && test.front() == QLatin1String("NONE")) {
            health["disable"] = true;
            given("healthcheck", std::move(health));
            return;
        }
        for (const QString &word : test) {
            health["test"].push_back(utf8(word));
        }
        const auto duration = [&](const char *name, const char *key) {
            if (const qint64 length = integer(check, key); length > 0) {
                health[name] = utf8(durationText(length));
            }
        };
        duration("interval", "Interval");
        duration("timeout", "Timeout");
        duration("start_period", "StartPeriod");
        duration("start_interval", "StartInterval");
        if (const qint64 retries = integer(check, "Retries"); retries > 0) {
            health["retries"] = retries;
        }
        given("healthcheck", std::move(health));
    }

    void writeNetwork()
    {
        m_host.take("NetworkMode");
        m_config.take("NetworkingConfig");
        QString mac = m_config.text("MacAddress");
        std::vector<QString> links = m_host.texts("Links");
        given("network_mode", m_networks.mode);
        if (m_networks.mode.isEmpty()) {
            writeJoined(mac, links);
        } else if (!m_networks.joined.empty() && mac.isEmpty()) {
            mac = textOf(m_networks.joined.front().endpoint, "MacAddress");
        }
        for (const NetworkConnection &network : m_networks.later) {
            note(QStringLiteral("Compose can't join the default network and another one. Afterwards, run: "
                                "docker network connect %1 %2")
                     .arg(network.network, m_name));
        }
        given("mac_address", mac);
        given("external_links", links);
        for (const PublishedPort &port : publishedPorts(m_host.take("PortBindings"))) {
            m_service["ports"].push_back(utf8(port.text()));
        }
        if (m_host.flag("PublishAllPorts")) {
            note(QStringLiteral("A compose file can't say --publish-all; list the ports under “ports”."));
        }
        given("expose", exposedPorts(m_config.take("ExposedPorts"), memberOf(host(), "PortBindings")));
        given("dns", m_host.texts("Dns"));
        given("dns_search", m_host.texts("DnsSearch"));
        given("dns_opt", m_host.texts("DnsOptions"));
        given("extra_hosts", m_host.texts("ExtraHosts"));
    }

    void writeJoined(QString &mac, std::vector<QString> &links)
    {
        OrderedJson all;
        qint64 priority = m_networks.joined.size() > 1 ? 1000 : 0;
        for (const NetworkConnection &network : m_networks.joined) {
            FieldReader endpoint(network.endpoint);
            OrderedJson one = OrderedJson::object();
            for (const QString &alias : endpoint.texts("Aliases")) {
                one["aliases"].push_back(utf8(alias));
            }
            const Json &addresses = endpoint.take("IPAMConfig");
            const auto address = [&](const char *name, const char *key) {
                if (const QString value = textOf(addresses, key); !value.isEmpty()) {
                    one[name] = utf8(value);
                }
            };
            address("ipv4_address", "IPv4Address");
            address("ipv6_address", "IPv6Address");
            for (const QString &local : textsOf(memberOf(addresses, "LinkLocalIPs"))) {
                one["link_local_ips"].push_back(utf8(local));
            }
            const bool isFirst = &network == &m_networks.joined.front();
            if (const QString hardware = endpoint.text("MacAddress"); isFirst && mac.isEmpty()) {
                mac = hardware;
            } else if (!hardware.isEmpty() && !isFirst) {
                one["mac_address"] = utf8(hardware);
            }
            if (OrderedJson options = textMembers(endpoint.take("DriverOpts")); !options.empty()) {
                one["driver_opts"] = std::move(options);
            }
            if (const qint64 gateway = endpoint.number("GwPriority"); gateway != 0) {
                one["gw_priority"] = gateway;
            }
            if (priority > 0) {
                // The highest is the one that the container starts in.
                one["priority"] = priority--;
            }
            const auto own = endpoint.texts("Links");
            links.insert(links.end(), own.begin(), own.end());
            all[utf8(network.network)] = std::move(one);
            m_topNetworks[utf8(network.network)] =
                OrderedJson{{"external", true}, {"name", utf8(network.network)}};
        }
        given("networks", std::move(all));
    }

    void useVolume(const QString &name)
    {
        m_topVolumes[utf8(name)] = OrderedJson{{"external", true}, {"name", utf8(name)}};
    }

    void writeStorage()
    {
        OrderedJson volumes = OrderedJson::array();
        for (const QString &bind : m_host.texts("Binds")) {
            const QString source = bind.section(u':', 0, 0);
            if (bind.contains(u':') && !source.contains(u'/') && !source.contains(u'\\') &&
                source.size() > 1) {
                useVolume(source);
            }
            volumes.push_back(utf8(bind));
        }
        for (const Json &mount : items(m_host.take("Mounts"))) {
            const QString source = textOf(mount, "Source");
            if (!source.isEmpty() && textOf(mount, "Type") == QLatin1String("volume")) {
                useVolume(source);
            }
            volumes.push_back(composeMount(mount));
        }
        for (const QString &path : anonymousVolumes(m_config.take("Volumes"), host())) {
            volumes.push_back(utf8(path));
        }
        given("volumes", std::move(volumes));
        for (const auto &[path, options] : members(m_host.take("Tmpfs")).items()) {
            const std::string more = options.is_string() ? options.get<std::string>() : std::string();
            m_service["tmpfs"].push_back(more.empty() ? path : path + ":" + more);
        }
        for (const QString &other : m_host.texts("VolumesFrom")) {
            m_service["volumes_from"].push_back("container:" + utf8(other));
        }
        given("storage_opt", textMembers(m_host.take("StorageOpt")));
        given("read_only", m_host.flag("ReadonlyRootfs"));
    }

    void writeLimits()
    {
        given("mem_limit", m_host.number("Memory"));
        given("memswap_limit", m_host.number("MemorySwap"));
        given("mem_reservation", m_host.number("MemoryReservation"));
        if (const Json &swappiness = m_host.take("MemorySwappiness"); swappiness.is_number_integer()) {
            m_service["mem_swappiness"] = swappiness.get<qint64>();
        }
        if (const qint64 cpus = m_host.number("NanoCpus"); cpus > 0) {
            given("cpus", cpusText(cpus));
        }
        given("cpu_shares", m_host.number("CpuShares"));
        given("cpu_period", m_host.number("CpuPeriod"));
        given("cpu_quota", m_host.number("CpuQuota"));
        given("cpu_rt_period", m_host.number("CpuRealtimePeriod"));
        given("cpu_rt_runtime", m_host.number("CpuRealtimeRuntime"));
        given("cpuset", m_host.text("CpusetCpus"));
        given("cpu_count", m_host.number("CpuCount"));
        given("cpu_percent", m_host.number("CpuPercent"));
        given("pids_limit", m_host.number("PidsLimit"));
        given("oom_kill_disable", m_host.flag("OomKillDisable"));
        given("oom_score_adj", m_host.number("OomScoreAdj"));
        constexpr qint64 defaultShmSize = 67'108'864;
        if (const qint64 size = m_host.number("ShmSize"); size != defaultShmSize) {
            given("shm_size", size);
        }
        OrderedJson limits;
        for (const Json &limit : items(m_host.take("Ulimits"))) {
            limits[textOf(limit, "Name").toStdString()] =
                OrderedJson{{"soft", integer(limit, "Soft")}, {"hard", integer(limit, "Hard")}};
        }
        given("ulimits", std::move(limits));
        given("sysctls", m_host.pairs("Sysctls"));
    }

    void writeThrottles()
    {
        OrderedJson all;
        if (const qint64 weight = m_host.number("BlkioWeight"); weight > 0) {
            all["weight"] = weight;
        }
        const auto list = [&](const char *name, const char *key, const char *field, const char *value) {
            for (const Json &device : items(m_host.take(key))) {
                all[name].push_back(OrderedJson{
                    {"path", textOf(device, "Path").toStdString()}, {field, integer(device, value)}});
            }
        };
        list("weight_device", "BlkioWeightDevice", "weight", "Weight");
        list("device_read_bps", "BlkioDeviceReadBps", "rate", "Rate");
        list("device_write_bps", "BlkioDeviceWriteBps", "rate", "Rate");
        list("device_read_iops", "BlkioDeviceReadIOps", "rate", "Rate");
        list("device_write_iops", "BlkioDeviceWriteIOps", "rate", "Rate");
        given("blkio_config", std::move(all));
    }

    void writeDevices()
    {
        given("devices", devicesOf(m_host.take("Devices")));
        given("device_cgroup_rules", m_host.texts("DeviceCgroupRules"));
        OrderedJson reserved = OrderedJson::array();
        for (const Json &request : items(m_host.take("DeviceRequests"))) {
            const auto ids = textsOf(memberOf(request, "DeviceIDs"));
            if (textOf(request, "Driver") == QLatin1String("cdi")) {
                given("devices", ids);
                continue;
            }
            OrderedJson one;
            for (const Json &capabilities : items(memberOf(request, "Capabilities"))) {
                for (const QString &capability : textsOf(capabilities)) {
                    one["capabilities"].push_back(utf8(capability));
                }
            }
            if (const QString driver = textOf(request, "Driver"); !driver.isEmpty()) {
                one["driver"] = utf8(driver);
            }
            for (const QString &id : ids) {
                one["device_ids"].push_back(utf8(id));
            }
            if (const qint64 count = integer(request, "Count", -1); ids.empty() && count < 0) {
                one["count"] = "all";
            } else if (ids.empty()) {
                one["count"] = count;
            }
            if (OrderedJson options = textMembers(memberOf(request, "Options")); !options.empty()) {
                one["options"] = std::move(options);
            }
            reserved.push_back(std::move(one));
        }
        if (!reserved.empty()) {
            m_service["deploy"]["resources"]["reservations"]["devices"] = std::move(reserved);
        }
    }

    void writeSecurity()
    {
        given("privileged", m_host.flag("Privileged"));
        given("cap_add", m_host.texts("CapAdd"));
        given("cap_drop", m_host.texts("CapDrop"));
        given("group_add", m_host.texts("GroupAdd"));
        for (const QString &option : m_host.texts("SecurityOpt")) {
            if (!option.startsWith(QLatin1String("seccomp={")) &&
                !option.startsWith(QLatin1String("seccomp:{"))) {
                m_service["security_opt"].push_back(utf8(option));
            }
        }
        if (hidesNoPaths(host())) {
            m_service["security_opt"].push_back("systempaths=unconfined");
        }
        m_host.ignore({"MaskedPaths", "ReadonlyPaths"});
        const auto unless = [&](const char *name, const char *key, const char *usual) {
            const QString value = m_host.text(key);
            given(name, value == QLatin1String(usual) ? QString() : value);
        };
        unless("ipc", "IpcMode", "private");
        unless("pid", "PidMode", "");
        unless("uts", "UTSMode", "");
        unless("userns_mode", "UsernsMode", "");
        unless("cgroup", "CgroupnsMode", "private");
        unless("cgroup_parent", "CgroupParent", "");
        unless("runtime", "Runtime", "");
        unless("isolation", "Isolation", "default");
    }

    void writeLogging()
    {
        const Json &logging = m_host.take("LogConfig");
        OrderedJson options = textMembers(memberOf(logging, "Config"));
        const QString driver = textOf(logging, "Type");
        if (driver.isEmpty() || (driver == QLatin1String("json-file") && options.empty())) {
            return;
        }
        m_service["logging"]["driver"] = utf8(driver);
        if (!options.empty()) {
            m_service["logging"]["options"] = std::move(options);
        }
    }

    void noteTheRest()
    {
        m_config.ignore({"HostConfig", "AttachStdin", "AttachStdout", "AttachStderr", "StdinOnce",
            "ArgsEscaped", "OnBuild"});
        m_host.ignore({"ConsoleSize", "ContainerIDFile"});
        for (const FieldReader *fields : {&m_config, &m_host}) {
            for (const QString &name : fields->rest()) {
                note(QStringLiteral("A compose file has no key for the setting %1; it is left out.")
                         .arg(name));
            }
        }
    }

    const Json &host() const { return memberOf(m_create, "HostConfig"); }

    const Json &m_inspect;
    ExportedNetworks m_networks;
    FieldReader m_config;
    FieldReader m_host;
    const Json &m_create;
    QString m_name;
    std::vector<QString> m_notes;
    OrderedJson m_service;
    OrderedJson m_topNetworks;
    OrderedJson m_topVolumes;
};

} // namespace

ExportedContainer asComposeFile(const Json &inspect, const RecreateSpec &spec)
{
    return ComposeWriter(inspect, spec).write();
}

} // namespace dockerauto::domain
