#include <domain/containerexport.h>

#include <QProcess>
#include <QTest>

using namespace dockerauto;
using core::Json;

/// What a shell or compose makes of an export is tried on a real engine elsewhere; here is how it is written.
class ContainerExportTest : public QObject
{
    Q_OBJECT

private:
    static domain::ExportedContainer run(const Json &create, Json inspect = Json::object())
    {
        return domain::asRunCommand(withState(std::move(inspect)), specOf(create));
    }
    static domain::ExportedContainer compose(const Json &create, Json inspect = Json::object())
    {
        return domain::asComposeFile(withState(std::move(inspect)), specOf(create));
    }
    static Json withState(Json inspect)
    {
        if (!inspect.contains("Name")) {
            inspect["Name"] = "/web";
        }
        if (!inspect.contains("State")) {
            inspect["State"] = Json{{"Running", true}};
        }
        return inspect;
    }
    static domain::RecreateSpec specOf(Json create)
    {
        create["Image"] = "nginx:1";
        if (!create.contains("HostConfig")) {
            create["HostConfig"] = Json::object();
        }
        if (!create["HostConfig"].contains("ShmSize")) {
            create["HostConfig"]["ShmSize"] = 67108864;
        }
        return {.create = std::move(create), .connect = {}, .notes = {}};
    }
    static Json host(Json host) { return Json{{"HostConfig", std::move(host)}}; }

    /// The words that a shell makes of a command.
    static QStringList words(const QString &command)
    {
        QProcess shell;
        shell.start(QStringLiteral("sh"),
            {QStringLiteral("-c"),
                QString(
                    QStringLiteral("docker() { for word in \"$@\"; do printf '%s\\0' \"$word\"; done; }\n") +
                    command)});
        if (!shell.waitForFinished(10'000)) {
            return {QStringLiteral("the shell does not end")};
        }
        QStringList all;
        for (const QByteArray &word : shell.readAllStandardOutput().split('\0')) {
            all << QString::fromUtf8(word);
        }
        all.removeLast();
        return all;
    }
    static QStringList after(const QStringList &words, const char *option)
    {
        QStringList values;
        for (qsizetype i = 0; i + 1 < words.size(); ++i) {
            if (words[i] == QLatin1String(option)) {
                values << words[i + 1];
            }
        }
        return values;
    }
    static void hostileRows()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QStringLiteral("plain-1.2_x/y:z=1,2@3%+");
        QTest::newRow("blank") << QStringLiteral(" two  words ");
        QTest::newRow("single quotes") << QStringLiteral("it's 'so'");
        QTest::newRow("double quotes") << QStringLiteral("say \"so\"");
        QTest::newRow("dollar") << QStringLiteral("$HOME ${HOME} $$ $(id) `id`");
        QTest::newRow("backslashes") << QStringLiteral("\\ \\n \\\\ C:\\x");
        QTest::newRow("newlines") << QStringLiteral("one\ntwo\r\nthree\n");
        QTest::newRow("tab and controls") << QStringLiteral("\t\u0001\u007f\u001b[0m");
        QTest::newRow("unicode") << QStringLiteral("žluť 世界 🐳 \u2028 \u0085 \ufeff");
        QTest::newRow("yaml") << QStringLiteral("- a: &b *c !d # e | > % @ ` {f} [g]");
        QTest::newRow("words of yaml") << QStringLiteral("yes");
        QTest::newRow("a number") << QStringLiteral("0123");
        QTest::newRow("shell") << QStringLiteral("; rm -rf / & | > < * ? ~ ! #");
        QTest::newRow("option") << QStringLiteral("--privileged");
    }

private Q_SLOTS:
    void run_quotesForTheShell_data() { hostileRows(); }
    void run_quotesForTheShell()
    {
        QFETCH(QString, text);
        const std::string value = text.toStdString();
        const auto exported = run({{"Env", {"A=" + value}}, {"Labels", {{"l", value}}},
            {"Cmd", {"echo", value}}, {"Healthcheck", {{"Test", {"CMD-SHELL", value}}}}});
        const QStringList all = words(exported.text);
        QCOMPARE(after(all, "--env"), QStringList(QString(u"A=" + text)));
        QCOMPARE(after(all, "--label"), QStringList(QString(u"l=" + text)));
        QCOMPARE(after(all, "--health-cmd"), QStringList(text));
        QCOMPARE(all.last(), text);
    }

    /// JSON has the same escapes as the double quotes of YAML that are used here, so it can read them.
    void compose_quotesEveryText_data() { hostileRows(); }
    void compose_quotesEveryText()
    {
        QFETCH(QString, text);
        const auto exported = compose({{"Cmd", {text.toStdString()}}});
        const qsizetype begin = exported.text.indexOf(QStringLiteral("command:\n"));
        QVERIFY(begin > 0);
        const QString line = exported.text.mid(begin).section(u'\n', 1, 1).trimmed();
        QVERIFY2(line.startsWith(QStringLiteral("- \"")), qPrintable(line));
        const auto value = core::parseJson(line.mid(2).toStdString());
        QVERIFY2(value, qPrintable(line));
        QString expected = text;
        QCOMPARE(value->get<QString>(), expected.replace(u'$', QStringLiteral("$$")));
        for (const QChar c : line) {
            QVERIFY(c.isPrint() || c == u' ' || c.isSurrogate());
        }
    }

    void run_isReadable()
    {
        const auto exported = run({{"Env", {"A=1"}},
            {"HostConfig", {{"RestartPolicy", {{"Name", "unless-stopped"}}},
                               {"PortBindings", {{"80/tcp", {{{"HostIp", ""}, {"HostPort", "8080"}}}}}}}},
            {"ExposedPorts", {{"80/tcp", Json::object()}}}});
        QCOMPARE(exported.text, QStringLiteral("docker run -d \\\n"
                                               "  --name web \\\n"
                                               "  --restart unless-stopped \\\n"
                                               "  --env A=1 \\\n"
                                               "  --publish 8080:80/tcp \\\n"
                                               "  nginx:1\n"));
        QVERIFY(exported.notes.empty());
    }

    void compose_isReadable()
    {
        const auto exported = compose({{"Env", {"A=1"}}, {"Labels", {{"com.docker.compose.project", "old"}}},
            {"HostConfig", {{"RestartPolicy", {{"Name", "on-failure"}, {"MaximumRetryCount", 3}}},
                               {"Binds", {"data:/data:ro", "/srv:/srv"}}, {"NetworkMode", "front"}}},
            {"NetworkingConfig", {{"EndpointsConfig", {{"front", {{"Aliases", {"shop"}}}}}}}}});
        QCOMPARE(exported.text, QStringLiteral("services:\n"
                                               "  web:\n"
                                               "    image: \"nginx:1\"\n"
                                               "    container_name: \"web\"\n"
                                               "    environment:\n"
                                               "      - \"A=1\"\n"
                                               "    restart: \"on-failure:3\"\n"
                                               "    networks:\n"
                                               "      front:\n"
                                               "        aliases:\n"
                                               "          - \"shop\"\n"
                                               "    volumes:\n"
                                               "      - \"data:/data:ro\"\n"
                                               "      - \"/srv:/srv\"\n"
                                               "networks:\n"
                                               "  front:\n"
                                               "    external: true\n"
                                               "    name: \"front\"\n"
                                               "volumes:\n"
                                               "  data:\n"
                                               "    external: true\n"
                                               "    name: \"data\"\n"));
        QVERIFY(exported.notes.empty());
    }

    void run_startsAfterwards_whenThereAreMoreNetworks()
    {
        const Json endpoints{{"back", {{"Aliases", {"db"}}, {"IPAMConfig", {{"IPv4Address", "10.0.0.5"}}},
                                          {"MacAddress", "00:11:22:33:44:55"}}},
            {"front", {{"Aliases", {"www"}}, {"DriverOpts", {{"a", "b,c"}}}}}};
        const auto exported = run({{"HostConfig", {{"NetworkMode", "front"}}},
            {"NetworkingConfig", {{"EndpointsConfig", endpoints}}}});
        QCOMPARE(exported.text, QStringLiteral("docker create \\\n"
                                               "  --name web \\\n"
                                               "  --network 'name=front,\"driver-opt=a=b,c\"' \\\n"
                                               "  --network-alias www \\\n"
                                               "  nginx:1\n"
                                               "docker network connect \\\n"
                                               "  --ip 10.0.0.5 \\\n"
                                               "  --alias db \\\n"
                                               "  back web\n"
                                               "docker start web\n"));
        QCOMPARE(exported.notes.size(), 1U);
        QVERIFY(exported.notes.front().contains(QStringLiteral("00:11:22:33:44:55")));
    }

    void run_isCreateAlone_whenTheContainerDoesNotRun()
    {
        const auto exported = run(Json::object(), {{"State", {{"Running", false}}}});
        QCOMPARE(exported.text, QStringLiteral("docker create \\\n  --name web \\\n  nginx:1\n"));
    }

    void run_putsTheRestOfTheEntrypoint_beforeTheCommand()
    {
        const auto exported = run({{"Entrypoint", {"sh", "-c"}}, {"Cmd", {"echo $A"}}});
        QCOMPARE(exported.text, QStringLiteral("docker run -d \\\n"
                                               "  --name web \\\n"
                                               "  --entrypoint sh \\\n"
                                               "  nginx:1 -c 'echo $A'\n"));
        QCOMPARE(exported.notes.size(), 1U);
        QCOMPARE(words(run({{"Entrypoint", {""}}, {"Cmd", {"x"}}}).text).mid(4),
            (QStringList{
                QStringLiteral("--entrypoint"), QString(), QStringLiteral("nginx:1"), QStringLiteral("x")}));
    }

    void option_isSaid_data()
    {
        QTest::addColumn<QByteArray>("create");
        QTest::addColumn<QString>("run");
        QTest::addColumn<QString>("compose");
        const auto row = [](const char *name, const char *create, const char *run, const char *compose) {
            QTest::newRow(name) << QByteArray(create) << QString::fromUtf8(run) << QString::fromUtf8(compose);
        };
        row("udp on one address",
            R"({"HostConfig":{"PortBindings":{"53/udp":[{"HostIp":"127.0.0.1","HostPort":"5353"}]}}})",
            "--publish 127.0.0.1:5353:53/udp", "ports:\n      - \"127.0.0.1:5353:53/udp\"");
        row("address of version 6",
            R"({"HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":"::1","HostPort":"80"}]}}})",
            "--publish '[::1]:80:80/tcp'", "- \"[::1]:80:80/tcp\"");
        row("port that the engine chooses",
            R"({"HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":"","HostPort":""}]}}})", "--publish 80/tcp",
            "ports:\n      - \"80/tcp\"");
        row("exposed alone",
            R"({"ExposedPorts":{"9/tcp":{},"80/tcp":{}},"HostConfig":{"PortBindings":{"80/tcp":[{"HostPort":"80"}]}}})",
            "--expose 9/tcp", "expose:\n      - \"9/tcp\"");
        row("mount",
            R"({"HostConfig":{"Mounts":[{"Type":"volume","Source":"d","Target":"/a,b","ReadOnly":true,"VolumeOptions":{"NoCopy":true,"Subpath":"s"}}]}})",
            "--mount 'type=volume,source=d,\"target=/a,b\",readonly,volume-nocopy,volume-subpath=s'",
            "- type: \"volume\"\n        source: \"d\"\n        target: \"/a,b\"\n        read_only: true\n  "
            "      volume:\n          nocopy: true\n          subpath: \"s\"");
        row("bind mount",
            R"({"HostConfig":{"Mounts":[{"Type":"bind","Source":"/s","Target":"/t","BindOptions":{"Propagation":"rslave"}}]}})",
            "--mount type=bind,source=/s,target=/t,bind-propagation=rslave",
            "bind:\n          propagation: \"rslave\"\n          create_host_path: false");
        row("tmpfs mount",
            R"({"HostConfig":{"Mounts":[{"Type":"tmpfs","Target":"/t","TmpfsOptions":{"SizeBytes":65536,"Mode":1023}}]}})",
            "--mount type=tmpfs,target=/t,tmpfs-size=65536,tmpfs-mode=1777",
            "tmpfs:\n          size: 65536\n          mode: 1023");
        row("tmpfs", R"({"HostConfig":{"Tmpfs":{"/run":"size=1m,mode=755"}}})",
            "--tmpfs /run:size=1m,mode=755", "tmpfs:\n      - \"/run:size=1m,mode=755\"");
        row("healthcheck",
            R"({"Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":90000000000,"Timeout":1500000000,"StartPeriod":1000,"Retries":4}})",
            "--health-cmd true \\\n  --health-interval 90s \\\n  --health-timeout 1500ms \\\n  "
            "--health-start-period 1us \\\n  --health-retries 4",
            "healthcheck:\n      test:\n        - \"CMD-SHELL\"\n        - \"true\"\n      interval: "
            "\"90s\"\n      timeout: \"1500ms\"\n      start_period: \"1us\"\n      retries: 4");
        row("no healthcheck", R"({"Healthcheck":{"Test":["NONE"]}})", "--no-healthcheck",
            "healthcheck:\n      disable: true");
        row("processors", R"({"HostConfig":{"NanoCpus":1250000000}})", "--cpus 1.25", "cpus: \"1.25\"");
        row("memory", R"({"HostConfig":{"Memory":67108864,"MemorySwap":-1}})",
            "--memory 67108864 \\\n  --memory-swap -1", "mem_limit: 67108864\n    memswap_limit: -1");
        row("limits",
            R"({"HostConfig":{"Ulimits":[{"Name":"nofile","Soft":1024,"Hard":2048}],"PidsLimit":7}})",
            "--ulimit nofile=1024:2048", "ulimits:\n      nofile:\n        soft: 1024\n        hard: 2048");
        row("block devices",
            R"({"HostConfig":{"BlkioWeight":300,"BlkioDeviceReadBps":[{"Path":"/dev/sda","Rate":5000}]}})",
            "--blkio-weight 300 \\\n  --device-read-bps /dev/sda:5000",
            "blkio_config:\n      weight: 300\n      device_read_bps:\n        - path: \"/dev/sda\"\n        "
            "  rate: 5000");
        row("device",
            R"({"HostConfig":{"Devices":[{"PathOnHost":"/dev/fuse","PathInContainer":"/dev/fuse","CgroupPermissions":"rwm"}]}})",
            "--device /dev/fuse:/dev/fuse:rwm", "devices:\n      - \"/dev/fuse:/dev/fuse:rwm\"");
        row("all gpus",
            R"({"HostConfig":{"DeviceRequests":[{"Driver":"","Count":-1,"Capabilities":[["gpu"]]}]}})",
            "--gpus count=all", "capabilities:\n                - \"gpu\"\n              count: \"all\"");
        row("some gpus",
            R"({"HostConfig":{"DeviceRequests":[{"Driver":"nvidia","Count":0,"DeviceIDs":["0","1"],"Capabilities":[["gpu","utility"]]}]}})",
            "--gpus '\"device=0,1\",driver=nvidia,capabilities=utility'",
            "driver: \"nvidia\"\n              device_ids:\n                - \"0\"\n                - "
            "\"1\"");
        row("logging", R"({"HostConfig":{"LogConfig":{"Type":"json-file","Config":{"max-size":"1m"}}}})",
            "--log-driver json-file \\\n  --log-opt max-size=1m",
            "logging:\n      driver: \"json-file\"\n      options:\n        \"max-size\": \"1m\"");
        row("sysctl", R"({"HostConfig":{"Sysctls":{"net.core.somaxconn":"512"}}})",
            "--sysctl net.core.somaxconn=512", "sysctls:\n      - \"net.core.somaxconn=512\"");
        row("host network", R"({"HostConfig":{"NetworkMode":"host"}})", "--network host",
            "network_mode: \"host\"");
        row("names",
            R"({"Hostname":"h","Domainname":"d.e","HostConfig":{"Dns":["1.1.1.1"],"DnsSearch":["x"],"DnsOptions":["ndots:1"],"ExtraHosts":["a:1.2.3.4"]}})",
            "--dns 1.1.1.1 \\\n  --dns-search x \\\n  --dns-option ndots:1 \\\n  --add-host a:1.2.3.4",
            "dns_opt:\n      - \"ndots:1\"\n    extra_hosts:\n      - \"a:1.2.3.4\"");
        row("no hidden paths", R"({"HostConfig":{"MaskedPaths":[],"ReadonlyPaths":[]}})",
            "--security-opt systempaths=unconfined", "security_opt:\n      - \"systempaths=unconfined\"");
        row("spaces",
            R"({"HostConfig":{"IpcMode":"host","PidMode":"host","UTSMode":"host","UsernsMode":"host","CgroupnsMode":"host"}})",
            "--ipc host \\\n  --pid host \\\n  --uts host \\\n  --userns host \\\n  --cgroupns host",
            "ipc: \"host\"\n    pid: \"host\"\n    uts: \"host\"\n    userns_mode: \"host\"\n    cgroup: "
            "\"host\"");
        row("volumes of others", R"({"HostConfig":{"VolumesFrom":["store:ro"]}})", "--volumes-from store:ro",
            "volumes_from:\n      - \"container:store:ro\"");
        row("stop", R"({"StopSignal":"SIGINT","StopTimeout":0})",
            "--stop-signal SIGINT \\\n  --stop-timeout 0",
            "stop_signal: \"SIGINT\"\n    stop_grace_period: \"0s\"");
        row("init", R"({"HostConfig":{"Init":true}})", "--init", "init: true");
        row("links", R"({"HostConfig":{"Links":["db:database"]}})", "--link db:database",
            "external_links:\n      - \"db:database\"");
    }
    void option_isSaid()
    {
        QFETCH(QByteArray, create);
        QFETCH(QString, run);
        QFETCH(QString, compose);
        const auto parsed = core::parseJson(create.toStdString());
        QVERIFY(parsed);
        const auto asRun = ContainerExportTest::run(*parsed);
        const auto asCompose = ContainerExportTest::compose(*parsed);
        QVERIFY2(asRun.text.contains(run), qPrintable(asRun.text));
        QVERIFY2(asCompose.text.contains(compose), qPrintable(asCompose.text));
        QVERIFY(asRun.notes.empty());
        QVERIFY(asCompose.notes.empty());
    }

    void setting_thatCanNotBeSaid_isNoted()
    {
        const auto exported = run(host({{"FutureThing", "x"}, {"Nothing", 0}}));
        QCOMPARE(exported.notes.size(), 1U);
        QVERIFY(exported.notes.front().contains(QStringLiteral("FutureThing")));
        QCOMPARE(compose(host({{"AutoRemove", true}, {"PublishAllPorts", true}})).notes.size(), 2U);
        const auto secure =
            run(host({{"SecurityOpt", {"seccomp={\"defaultAction\":\"x\"}", "no-new-privileges"}}}));
        QVERIFY(secure.text.contains(QStringLiteral("--security-opt no-new-privileges")));
        QVERIFY(!secure.text.contains(QStringLiteral("seccomp")));
        QCOMPARE(secure.notes.size(), 1U);
    }

    void anonymousVolume_isMeantByItsName()
    {
        const QString id(64, u'a');
        const Json mounts = Json::array({{{"Type", "volume"}, {"Source", id}, {"Target", "/data"}}});
        const Json create{{"Volumes", {{"/data/", Json::object()}, {"/other", Json::object()}}},
            {"HostConfig", {{"Mounts", mounts}}}};
        const Json inspect{{"Mounts", {{{"Type", "volume"}, {"Name", id}, {"Destination", "/data"}}}}};
        const auto exported = run(create, inspect);
        QCOMPARE(after(words(exported.text), "--volume"), QStringList(QStringLiteral("/other")));
        QVERIFY(exported.text.contains(QString(QStringLiteral("source=") + id)));
        QCOMPARE(exported.notes.size(), 1U);
    }

    void labelsOfAnUpdate_areLeftOut()
    {
        const Json create{{"Labels", {{"docker-auto.operation", "1"}, {"docker-auto.policy", "manual"},
                                         {"com.docker.compose.service", "s"}}}};
        QCOMPARE(after(words(run(create).text), "--label"),
            (QStringList{QStringLiteral("com.docker.compose.service=s"),
                QStringLiteral("docker-auto.policy=manual")}));
        QVERIFY(compose(create).text.contains(
            QStringLiteral("labels:\n      - \"docker-auto.policy=manual\"\n")));
        QVERIFY(!compose(create).text.contains(QStringLiteral("com.docker.compose")));
    }
};

QTEST_GUILESS_MAIN(ContainerExportTest)
#include "tst_containerexport.moc"
