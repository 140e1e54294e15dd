#include "shape.h"

namespace dockerauto::shapes {

std::vector<Shape> storageShapes()
{
    const auto host = [](const char *name, const char *config, State state = State::Running) {
        return Shape{.name = name, .body = std::string(R"({"HostConfig":)") + config + "}", .state = state};
    };
    return {
        {.name = "volume without a name", .body = R"({"Volumes":{"/data":{}}})"},
        {.name = "volume without a name, stopped",
            .body = R"({"Volumes":{"/data":{}}})",
            .state = State::Stopped},
        {.name = "volume without a name, never started",
            .body = R"({"Volumes":{"/data":{}}})",
            .state = State::Created},
        {.name = "volume without a name where the image has one",
            .body = R"({"Volumes":{"/vol":{}}})",
            .sameAsImage = {"/Volumes/~1vol"}},
        {.name = "volume without a name, removed when it stops",
            .body = R"({"Volumes":{"/data":{}},"HostConfig":{"AutoRemove":true}})",
            .state = State::Created},
        host("named volume", R"({"Binds":["@NAME-v:/data"]})"),
        host("named volume, read-only", R"({"Binds":["@NAME-v:/data:ro"]})"),
        host("named volume, not filled from the image", R"({"Binds":["@NAME-v:/data:nocopy"]})"),
        host("named volume where the image has one", R"({"Binds":["@NAME-v:/vol"]})"),
        host("folder where the image has a volume", R"({"Binds":["@DIR:/vol"]})"),
        host("folder", R"({"Binds":["@DIR:/data"]})"),
        host("folder, read-only and private", R"({"Binds":["@DIR:/data:ro,rprivate"]})"),
        host("folder with labels", R"({"Binds":["@DIR:/data:z"]})"),
        host("folder with propagation", R"({"Binds":["@DIR:/data:rslave"]})", State::Created),
        host("file", R"({"Binds":["@DIR/file:/etc/app.conf:ro"]})"),
        host("time of the host",
            R"({"Binds":["/etc/localtime:/etc/localtime:ro","/etc/hostname:/etc/host-name:ro"]})"),
        host("socket of the engine", R"({"Binds":["@SOCKET:/var/run/docker.sock"]})"),
        host("folder by mount", R"({"Mounts":[{"Type":"bind","Source":"@DIR","Target":"/data","ReadOnly":true,
            "BindOptions":{"Propagation":"rslave","NonRecursive":true}}]})",
            State::Created),
        host("named volume by mount",
            R"({"Mounts":[{"Type":"volume","Source":"@NAME-v","Target":"/data","VolumeOptions":{"NoCopy":true,
            "Labels":{"a":"b"},"DriverConfig":{"Name":"local","Options":{"type":"tmpfs","device":"tmpfs","o":"size=1m"}}}}]})"),
        host("volume without a name by mount", R"({"Mounts":[{"Type":"volume","Target":"/data"}]})"),
        host("volume without a name by bind", R"({"Binds":["/data"]})", State::Created),
        host("memory by mount",
            R"({"Mounts":[{"Type":"tmpfs","Target":"/data","TmpfsOptions":{"SizeBytes":1048576,"Mode":493}}]})"),
        host("memory", R"({"Tmpfs":{"/run":"rw,noexec,nosuid,size=65536k","/tmp":""}})"),
        host("memory where the image has a volume", R"({"Tmpfs":{"/vol":""}})"),
        host("all kinds at once",
            R"({"Binds":["@DIR:/a:ro","@NAME-v:/b"],"Tmpfs":{"/c":"size=1m"},
            "Mounts":[{"Type":"volume","Source":"@NAME-w","Target":"/d"},{"Type":"bind","Source":"@DIR","Target":"/e"}]})"),
        host("volumes of another", R"({"VolumesFrom":["@OTHER"]})"),
        host("volumes of another by name, read-only", R"({"VolumesFrom":["@PARTNER:ro"]})"),
        {.name = "volumes of another and own ones",
            .body =
                R"({"Volumes":{"/data":{}},"HostConfig":{"VolumesFrom":["@PARTNER"],"Binds":["@NAME-v:/b"]}})"},
        host("volumes of another, one of them replaced",
            R"({"VolumesFrom":["@PARTNER"],"Binds":["@NAME-v:/shared"]})"),
        host("driver of volumes", R"({"VolumeDriver":"local","Binds":["@NAME-v:/data"]})"),
        {.name = "path with spaces and letters",
            .body = R"({"Volumes":{"/my data/größe":{}},"HostConfig":{"Binds":["@DIR:/srv/ü x:ro"]}})"},
    };
}

} // namespace dockerauto::shapes
