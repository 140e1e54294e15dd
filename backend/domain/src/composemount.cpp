#include "composemount.h"

#include "jsonfield.h"

namespace dockerauto::domain {

using core::Json;
using core::memberOf;
using core::textOf;

OrderedJson composeMount(const Json &mount)
{
    OrderedJson result;
    const QString type = textOf(mount, "Type");
    const QString source = textOf(mount, "Source");
    result["type"] = type.toStdString();
    if (!source.isEmpty()) {
        result["source"] = source.toStdString();
    }
    result["target"] = textOf(mount, "Target").toStdString();
    if (flag(mount, "ReadOnly")) {
        result["read_only"] = true;
    }
    const QString consistency = textOf(mount, "Consistency");
    if (!consistency.isEmpty() && consistency != QLatin1String("default")) {
        result["consistency"] = consistency.toStdString();
    }
    const Json &bind = memberOf(mount, "BindOptions");
    if (const QString propagation = textOf(bind, "Propagation"); !propagation.isEmpty()) {
        result["bind"]["propagation"] = propagation.toStdString();
    }
    if (type == QLatin1String("bind")) {
        result["bind"]["create_host_path"] = flag(bind, "CreateMountpoint");
    }
    if (flag(bind, "NonRecursive")) {
        result["bind"]["recursive"] = "disabled";
    } else if (flag(bind, "ReadOnlyNonRecursive")) {
        result["bind"]["recursive"] = "writable";
    } else if (flag(bind, "ReadOnlyForceRecursive")) {
        result["bind"]["recursive"] = "readonly";
    }
    const Json &volume = memberOf(mount, "VolumeOptions");
    if (flag(volume, "NoCopy")) {
        result["volume"]["nocopy"] = true;
    }
    if (const QString path = textOf(volume, "Subpath"); !path.isEmpty()) {
        result["volume"]["subpath"] = path.toStdString();
    }
    const Json &tmpfs = memberOf(mount, "TmpfsOptions");
    if (const qint64 size = integer(tmpfs, "SizeBytes"); size > 0) {
        result["tmpfs"]["size"] = size;
    }
    if (const qint64 mode = integer(tmpfs, "Mode"); mode > 0) {
        result["tmpfs"]["mode"] = mode;
    }
    if (const QString path = textOf(memberOf(mount, "ImageOptions"), "Subpath"); !path.isEmpty()) {
        result["image"]["subpath"] = path.toStdString();
    }
    return result;
}

} // namespace dockerauto::domain
