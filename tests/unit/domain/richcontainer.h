#pragma once

#include <core/json.h>

/// A container with everything that Docker knows, before an update and after a faithful one.
namespace richcontainer {

using Json = dockerauto::core::Json;

inline Json oldImage()
{
    return Json::parse(R"({"Id":"sha256:old","Config":{"Env":["PATH=/bin","VERSION=1"],"Cmd":["serve"],
        "Entrypoint":["/entry"],"User":"app","Labels":{"version":"1"},"ExposedPorts":{"80/tcp":{}},
        "Volumes":{"/data":{}},"WorkingDir":"/srv","StopSignal":"SIGQUIT"}})");
}

inline Json newImage()
{
    return Json::parse(R"({"Id":"sha256:new","Config":{"Env":["PATH=/bin","VERSION=2"],"Cmd":["serve","-v2"],
        "Entrypoint":["/entry"],"User":"app2","Labels":{"version":"2"},"ExposedPorts":{"80/tcp":{},"90/tcp":{}},
        "Volumes":{"/data":{},"/cache":{}},"WorkingDir":"/srv2","StopSignal":"SIGTERM"}})");
}

inline Json before()
{
    return Json::parse(R"({"Id":"aaaaaaaaaaaa1111","Name":"/app","Created":"2025-01-01T00:00:00Z",
    "Image":"sha256:old","Path":"/entry","Args":["serve"],"Driver":"overlay2","Platform":"linux",
    "AppArmorProfile":"docker-default","MountLabel":"m1","ProcessLabel":"p1","RestartCount":0,
    "ResolvConfPath":"/a/resolv.conf","HostnamePath":"/a/hostname","HostsPath":"/a/hosts","LogPath":"/a/log",
    "State":{"Running":true},
    "Config":{"Hostname":"web","Domainname":"example.org","MacAddress":"92:d0:c6:0a:29:33","Image":"x:1","User":"app",
        "AttachStdin":true,"AttachStdout":true,"AttachStderr":true,"Tty":true,"OpenStdin":true,"StdinOnce":true,
        "Env":["SECRET=hush","PATH=/bin","VERSION=1"],"Cmd":["serve"],"Entrypoint":["/entry"],"WorkingDir":"/srv",
        "Labels":{"own":"1","version":"1","com.docker.compose.project":"p","com.docker.compose.image":"sha256:old",
            "docker-auto.policy":"auto","docker-auto.operation":"u0","docker-auto.epoch":"1"},
        "ExposedPorts":{"80/tcp":{},"443/tcp":{},"8080/tcp":{}},"Volumes":{"/data":{}},"StopSignal":"SIGQUIT",
        "StopTimeout":7,"Shell":["/bin/bash","-c"],"Healthcheck":{"Test":["CMD","true"],"Interval":5,"Timeout":6,
            "StartPeriod":7,"Retries":8}},
    "HostConfig":{"NetworkMode":"front","Memory":9007199254740993,"MemorySwap":-1,"MemorySwappiness":10,
        "MemoryReservation":5,"NanoCpus":1500000000,"CpuShares":2,"CpusetCpus":"0-1","CpusetMems":"0","PidsLimit":100,
        "BlkioWeight":300,"BlkioDeviceReadBps":[{"Path":"/dev/sda","Rate":5}],"OomKillDisable":true,"OomScoreAdj":-5,
        "Binds":["conf:/conf:ro"],"Tmpfs":{"/tmp":"size=1m"},"VolumeDriver":"local","ShmSize":67108864,
        "Mounts":[{"Type":"bind","Source":"/srv","Target":"/host","ReadOnly":true,
            "BindOptions":{"Propagation":"rslave"}},{"Type":"volume","Source":"f00","Target":"/data"}],
        "MaskedPaths":["/proc/x"],"ReadonlyPaths":[],"Init":true,"Privileged":true,"ReadonlyRootfs":true,
        "AutoRemove":false,"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3},"Runtime":"runsc",
        "PortBindings":{"8080/tcp":[{"HostIp":"","HostPort":""}],"443/tcp":[{"HostIp":"127.0.0.1","HostPort":"443"}]},
        "PublishAllPorts":true,"Dns":["1.1.1.1"],"DnsOptions":["ndots:1"],"DnsSearch":["a"],"ExtraHosts":["h:1.2.3.4"],
        "CapAdd":["NET_ADMIN"],"CapDrop":["MKNOD"],"SecurityOpt":["no-new-privileges"],"GroupAdd":["44"],
        "Sysctls":{"net.core.somaxconn":"1024"},"StorageOpt":{"size":"1G"},"Annotations":{"a":"b"},
        "Ulimits":[{"Name":"nofile","Soft":1,"Hard":2}],"CgroupParent":"/x","CgroupnsMode":"host","Cgroup":"",
        "IpcMode":"private","PidMode":"host","UTSMode":"","UsernsMode":"host","Isolation":"default",
        "LogConfig":{"Type":"json-file","Config":{"max-size":"10m"}},"VolumesFrom":null,
        "Devices":[{"PathOnHost":"/dev/a","PathInContainer":"/dev/b","CgroupPermissions":"rwm"}],
        "DeviceCgroupRules":["c 1:3 rwm"],"ContainerIDFile":"/run/id","ConsoleSize":[40,120],
        "DeviceRequests":[{"Driver":"nvidia","Count":-1,"DeviceIDs":["0"],"Capabilities":[["gpu"]],"Options":{"a":"b"}}],
        "Links":["/db:/app/a","/db:/app/b"],"Tomorrow":{"Deep":[1,2]}},
    "Mounts":[{"Type":"volume","Name":"f00","Source":"/v/f00","Destination":"/data","Driver":"local","Mode":"z",
            "RW":true,"Propagation":""},
        {"Type":"volume","Name":"conf","Source":"/v/conf","Destination":"/conf","Driver":"local","Mode":"ro","RW":false,
            "Propagation":""},
        {"Type":"bind","Source":"/srv","Destination":"/host","Mode":"","RW":false,"Propagation":"rslave"}],
    "NetworkSettings":{"SandboxID":"s1","SandboxKey":"/k1","Bridge":"","EndpointID":"e","Gateway":"g","IPAddress":"i",
        "MacAddress":"m",
        "Ports":{"8080/tcp":[{"HostIp":"0.0.0.0","HostPort":"32768"}],
            "443/tcp":[{"HostIp":"127.0.0.1","HostPort":"443"}]},
        "Networks":{"front":{"IPAMConfig":{"IPv4Address":"10.0.0.9","IPv6Address":"fd00::9"},"IPAddress":"10.0.0.9",
                "GlobalIPv6Address":"fd00::9","Links":["db:d"],"Aliases":["web","aaaaaaaaaaaa"],
                "DriverOpts":{"a":"b"},"GwPriority":3,"EndpointID":"e1","Gateway":"10.0.0.1","IPPrefixLen":24,
                "MacAddress":"92:d0:c6:0a:29:33","NetworkID":"n"},
            "back":{"IPAMConfig":null,"IPAddress":"10.1.0.2","Aliases":["api"],"EndpointID":"e2","Gateway":"10.1.0.1",
                "IPPrefixLen":24,"MacAddress":"02:42:0a:01:00:02","NetworkID":"m"}}}})");
}

inline Json after()
{
    Json after = before();
    after.merge_patch(
        Json::parse(R"({"Id":"bbbbbbbbbbbb2222","Created":"2025-02-01T00:00:00Z","Image":"sha256:new",
    "Args":["serve","-v2"],"MountLabel":"m2","ProcessLabel":"p2","ResolvConfPath":"/b/resolv.conf",
    "HostnamePath":"/b/hostname","HostsPath":"/b/hosts","LogPath":"/b/log",
    "Config":{"Image":"x:2","User":"app2","Env":["SECRET=hush","PATH=/bin","VERSION=2"],"Cmd":["serve","-v2"],
        "WorkingDir":"/srv2","StopSignal":"SIGTERM","ExposedPorts":{"90/tcp":{}},"Volumes":{"/cache":{}},
        "Labels":{"version":"2","com.docker.compose.image":"sha256:new","docker-auto.operation":"u1",
            "docker-auto.epoch":"2"}},
    "NetworkSettings":{"SandboxID":"s2","SandboxKey":"/k2",
        "Ports":{"8080/tcp":[{"HostIp":"0.0.0.0","HostPort":"32769"}]},
        "Networks":{"front":{"Aliases":["web","bbbbbbbbbbbb"],"EndpointID":"e3"},
            "back":{"IPAddress":"10.1.0.7","EndpointID":"e4","MacAddress":"02:42:0a:01:00:07"}}}})"));
    after["Mounts"].push_back(Json::parse(
        R"({"Type":"volume","Name":"c4c","Source":"/v/c","Destination":"/cache","Driver":"local","Mode":"","RW":true,"Propagation":""})"));
    return after;
}

} // namespace richcontainer
