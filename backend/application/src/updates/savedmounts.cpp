#include "savedmounts.h"

#include <QDir>

#include <algorithm>
#include <array>
#include <set>

namespace dockerauto::application {

using core::CallContext;
using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;

namespace {

/// os.ModeDir of Go.
constexpr quint32 folderBit = 0x80000000U;

bool isBelow(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(folder.endsWith(u'/') ? folder : QString(folder % u'/'));
}

bool isOfSystem(const QString &path)
{
    static const std::array whole{"/boot", "/bin", "/dev", "/lib", "/lib32", "/lib64", "/libx32", "/proc",
        "/run", "/sbin", "/sys", "/usr/bin", "/usr/lib", "/usr/lib64", "/usr/sbin", "/var/run", "/var/lock"};
    static const std::array themselves{"/", "/etc", "/home", "/media", "/mnt", "/opt", "/root", "/srv",
        "/tmp", "/usr", "/usr/local", "/usr/share", "/var", "/var/lib", "/var/log", "/var/cache", "/var/tmp",
        "/var/spool", "/Users", "/Volumes", "/private"};
    return std::ranges::any_of(whole, [&](auto folder) {
        return isBelow(path, QString::fromLatin1(folder));
    }) || std::ranges::any_of(themselves, [&](auto folder) { return path == QLatin1String(folder); });
}

bool isOfEngine(const QString &path, const QString &root)
{
    if (root.isEmpty()) {
        return isBelow(path, QStringLiteral("/var/lib/docker"));
    }
    const bool isVolume =
        isBelow(path, root % QStringLiteral("/volumes")) && path != root % QStringLiteral("/volumes");
    return (isBelow(path, root) && !isVolume) || isBelow(root, path);
}

Result<bool> isFolder(const QString &containerId, const QString &path, ports::ContainerEngine &engine,
    const CallContext &context)
{
    auto stat = engine.statPath(containerId, path, context);
    if (!stat) {
        // A source that is gone; saving nothing of it is right.
        return stat.error().code == ErrorCode::NotFound ? Result<bool>(false) : core::fail(stat.error());
    }
    return (stat->mode & folderBit) != 0;
}

bool isWritable(const Json &mount)
{
    const Json &writable = memberOf(mount, "RW");
    return !writable.is_boolean() || writable.get<bool>();
}

/// What tells two mounts of the same content apart from two that differ.
QString nameOf(const Json &mount)
{
    const QString type = textOf(mount, "Type");
    if (type == QLatin1String("volume")) {
        return textOf(mount, "Name");
    }
    return type == QLatin1String("bind") ? QDir::cleanPath(textOf(mount, "Source")) : QString();
}

} // namespace

Result<std::vector<SavedMount>> mountsToSave(const Json &inspect, const ports::EngineInfo &info,
    ports::ContainerEngine &engine, const CallContext &context)
{
    std::vector<SavedMount> found;
    std::set<QString> seen;
    const Json &mounts = memberOf(inspect, "Mounts");
    for (const Json &mount : mounts.is_array() ? mounts : Json::array()) {
        const QString name = nameOf(mount);
        const QString at = textOf(mount, "Destination");
        const QString driver = textOf(mount, "Driver");
        if (name.isEmpty() || !isWritable(mount) || seen.contains(name)) {
            continue;
        }
        if (!isBoundFolder(name)) {
            if (!driver.isEmpty() && driver != QLatin1String("local")) {
                continue;
            }
        } else {
            if (isOfSystem(name) || isOfEngine(name, info.rootDirectory)) {
                continue;
            }
            DOCKERAUTO_TRY_ASSIGN(folder, isFolder(textOf(inspect, "Id"), at, engine, context));
            if (!folder) {
                continue;
            }
        }
        seen.insert(name);
        found.push_back({name, at, textOf(mount, "Source")});
    }
    return found;
}

Result<std::vector<VolumeUser>> runningUsers(
    const QString &exceptId, ports::ContainerEngine &engine, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(all, engine.listContainers(context));
    std::vector<VolumeUser> users;
    for (const ports::ContainerSummary &container : all) {
        static const std::array still{"created", "exited", "dead", "removing"};
        if (container.id.text() == exceptId ||
            std::ranges::any_of(still, [&](auto state) { return container.state == QLatin1String(state); })) {
            continue;
        }
        auto inspect = engine.inspectContainer(container.id.text(), context);
        if (!inspect) {
            if (inspect.error().code == ErrorCode::NotFound) {
                continue;
            }
            return core::fail(inspect.error());
        }
        VolumeUser user{container.name, {}};
        const Json &mounts = memberOf(*inspect, "Mounts");
        for (const Json &mount : mounts.is_array() ? mounts : Json::array()) {
            if (isWritable(mount) && !nameOf(mount).isEmpty()) {
                user.sources.push_back(nameOf(mount));
            }
        }
        users.push_back(std::move(user));
    }
    return users;
}

QString userOf(const QString &volume, const std::vector<VolumeUser> &users)
{
    for (const VolumeUser &user : users) {
        for (const QString &source : user.sources) {
            // A program that sees all of the machine, as monitors do, would else forbid everything.
            const bool related = isBoundFolder(volume) && isBoundFolder(source) && !isOfSystem(source) &&
                                 (isBelow(volume, source) || isBelow(source, volume));
            if (source == volume || related) {
                return user.container;
            }
        }
    }
    return {};
}

} // namespace dockerauto::application
