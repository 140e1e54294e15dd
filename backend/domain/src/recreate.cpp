#include "domain/recreate.h"

#include "hostspec.h"
#include "imageinheritance.h"
#include "jsonfield.h"
#include "networkspec.h"

namespace dockerauto::domain {

using core::ErrorCode;
using core::Json;
using core::memberOf;

core::Result<RecreateSpec> recreateSpec(const Json &inspect, const Json &oldImage, const Json &newImage,
    const QString &image, int apiMinor, const QString &defaultRuntime)
{
    if (!memberOf(inspect, "Config").is_object() || !memberOf(inspect, "HostConfig").is_object()) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral("The engine's description of the container lacks Config or HostConfig"));
    }
    if (!oldImage.is_object()) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral(
                "The image that the container was made from is gone, so nobody can tell which of its "
                "settings came from the image. Make the container again by hand once."));
    }
    RecreateSpec spec;
    spec.create = memberOf(inspect, "Config");
    spec.create["HostConfig"] = memberOf(inspect, "HostConfig");
    spec.create["Image"] = image;

    const Json &oldConfig = memberOf(oldImage, "Config");
    subtractImage(spec.create, oldConfig, memberOf(memberOf(inspect, "HostConfig"), "PortBindings"));
    specifyHost(spec, inspect, apiMinor, defaultRuntime);
    specifyNetworks(spec, inspect, apiMinor);
    if (newImage.is_object()) {
        for (QString &note : inheritedChanges(spec.create, oldConfig, memberOf(newImage, "Config"))) {
            spec.notes.push_back(std::move(note));
        }
        // Compose makes a container again when this is not the image it finds.
        const Json &id = memberOf(newImage, "Id");
        if (id.is_string() &&
            !memberOf(memberOf(spec.create, "Labels"), "com.docker.compose.image").is_null()) {
            spec.create["Labels"]["com.docker.compose.image"] = id;
        }
    }
    return spec;
}

} // namespace dockerauto::domain
