// What is in the containers and volumes of the fake engine, and the commands that run there.

#include "fakearchive.h"
#include "testsupport/fakeengine.h"

#include <algorithm>

namespace dockerauto::testsupport {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;
using Container = FakeEngine::Container;
using Files = FakeEngine::Files;
using Mount = FakeEngine::Mount;

namespace {

QString clean(QString path)
{
    while (path.size() > 1 && path.endsWith(u'/')) {
        path.chop(1);
    }
    return path;
}

bool isBelow(const QString &path, const QString &folder)
{
    return folder == QStringLiteral("/") || path == folder || path.startsWith(folder + u'/');
}

/// The one that has the path, or nothing.
const Mount *mountOf(const Container &container, const QString &path)
{
    const Mount *found = nullptr;
    for (const Mount &mount : container.mounts) {
        if (isBelow(path, mount.destination) &&
            (!found || found->destination.size() < mount.destination.size())) {
            found = &mount;
        }
    }
    return found;
}

QString parentOf(const QString &path)
{
    return path.left(std::max<qsizetype>(path.lastIndexOf(u'/'), 1));
}

core::Failure noSuchPath(const Container &container, const QString &path)
{
    return fail(ErrorCode::NotFound,
        QStringLiteral("Could not find the file %1 in container %2").arg(path, container.id));
}

} // namespace

Files FakeEngine::filesOf(const Container &container) const
{
    Files all = container.image.files;
    for (const auto &[path, content] : container.files) {
        all[path] = content;
    }
    std::erase_if(all, [&](const auto &file) { return mountOf(container, file.first) != nullptr; });
    for (const Mount &mount : container.mounts) {
        const auto volume = m_volumes.find(mount.source);
        if (volume == m_volumes.end()) {
            continue;
        }
        for (const auto &[path, content] : volume->second) {
            const QString full = mount.destination % u'/' % path;
            if (mountOf(container, full) == &mount) {
                all[full] = content;
            }
        }
    }
    return all;
}

void FakeEngine::writeFile(Container &container, const QString &path, const QByteArray &content)
{
    const Mount *mount = mountOf(container, path);
    if (!mount) {
        container.files[path] = content;
    } else if (mount->type != QStringLiteral("tmpfs")) {
        m_volumes[mount->source][path.mid(mount->destination.size() + 1)] = content;
    }
}

void FakeEngine::emptyFolder(Container &container, const QString &folder)
{
    for (const auto &[path, content] : filesOf(container)) {
        if (path == folder || !isBelow(path, folder)) {
            continue;
        }
        if (const Mount *mount = mountOf(container, path)) {
            m_volumes[mount->source].erase(path.mid(mount->destination.size() + 1));
        } else {
            container.files.erase(path);
        }
    }
}

bool FakeEngine::hasFolder(const Container &container, const QString &path) const
{
    static const std::set<QString> everywhere{QStringLiteral("/"), QStringLiteral("/etc"),
        QStringLiteral("/tmp"), QStringLiteral("/var"), QStringLiteral("/var/lib"), QStringLiteral("/usr"),
        QStringLiteral("/home"), QStringLiteral("/root"), QStringLiteral("/opt"), QStringLiteral("/srv"),
        QStringLiteral("/run"), QStringLiteral("/run/secrets")};
    const auto files = filesOf(container);
    return everywhere.contains(path) || std::ranges::any_of(container.mounts, [&](const Mount &mount) {
        return isBelow(mount.destination, path);
    }) || std::ranges::any_of(files, [&](const auto &file) {
        return file.first != path && isBelow(file.first, path);
    });
}

Result<QByteArray> FakeEngine::archiveOf(const Container &container, const QString &asked) const
{
    // `/data/.` means what is in it, without its name.
    const bool contentOnly = asked.endsWith(QStringLiteral("/."));
    const QString path = clean(contentOnly ? asked.chopped(1) : asked);
    const Files all = filesOf(container);
    const QString name = path.section(u'/', -1);
    ArchiveContent content;
    if (const auto file = all.find(path); file != all.end() && !contentOnly) {
        content.files[name] = file->second;
        return testsupport::writeArchive(content);
    }
    if (!hasFolder(container, path)) {
        return noSuchPath(container, asked);
    }
    const QString root = contentOnly ? QStringLiteral(".") : name;
    content.folders.insert(root);
    for (const auto &[full, data] : all) {
        if (!isBelow(full, path)) {
            continue;
        }
        const QString below = full.mid(path == QStringLiteral("/") ? 1 : path.size() + 1);
        for (qsizetype slash = below.indexOf(u'/'); slash > 0; slash = below.indexOf(u'/', slash + 1)) {
            content.folders.insert(root % u'/' % below.left(slash));
        }
        content.files[root % u'/' % below] = data;
    }
    return testsupport::writeArchive(content);
}

std::optional<QByteArray> FakeEngine::file(const QString &idOrName, const QString &path) const
{
    const std::lock_guard lock(m_mutex);
    const Container *container = find(idOrName);
    if (!container) {
        return std::nullopt;
    }
    const Files all = filesOf(*container);
    const auto found = all.find(path);
    return found == all.end() ? std::nullopt : std::optional(found->second);
}

void FakeEngine::putFile(const QString &idOrName, const QString &path, const QByteArray &content)
{
    const std::lock_guard lock(m_mutex);
    if (Container *container = find(idOrName)) {
        writeFile(*container, path, content);
    }
}

std::optional<Files> FakeEngine::volume(const QString &name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_volumes.find(name);
    return found == m_volumes.end() ? std::nullopt : std::optional(found->second);
}

void FakeEngine::putVolume(const QString &name, Files files)
{
    const std::lock_guard lock(m_mutex);
    m_volumes[name] = std::move(files);
}

Result<Json> FakeEngine::listChanges(const QString &id, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    DOCKERAUTO_TRY_ASSIGN(container, look(QStringLiteral("changes"), id));
    std::map<QString, int> kinds;
    for (const auto &[path, content] : container->files) {
        kinds[path] = container->image.files.contains(path) ? 0 : 1;
        for (QString folder = parentOf(path); folder.size() > 1; folder = parentOf(folder)) {
            kinds.try_emplace(folder, 0);
        }
    }
    Json changes = Json::array();
    for (const auto &[path, kind] : kinds) {
        changes.push_back(Json{{"Path", path}, {"Kind", kind}});
    }
    return changes;
}

Result<ports::PathStat> FakeEngine::statPath(const QString &id, const QString &path, const CallContext &)
{
    constexpr quint32 folderMode = 0x80000000U | 0755U;
    const std::lock_guard lock(m_mutex);
    DOCKERAUTO_TRY_ASSIGN(container, look(QStringLiteral("stat"), id));
    const QString wanted = clean(path);
    const Files all = filesOf(*container);
    ports::PathStat stat;
    stat.name = wanted.section(u'/', -1);
    stat.modifiedAt = core::Timestamp(std::chrono::seconds(1'740'000'000));
    if (const auto file = all.find(wanted); file != all.end()) {
        stat.sizeBytes = file->second.size();
        stat.mode = 0644U;
        return stat;
    }
    if (!hasFolder(*container, wanted)) {
        return noSuchPath(*container, path);
    }
    stat.sizeBytes = 4096;
    stat.mode = folderMode;
    return stat;
}

Result<> FakeEngine::readArchive(
    const QString &id, const QString &path, const ports::ByteSink &sink, const CallContext &)
{
    QByteArray archive;
    {
        const std::lock_guard lock(m_mutex);
        DOCKERAUTO_TRY_ASSIGN(container, look(QStringLiteral("readArchive"), id));
        DOCKERAUTO_TRY_ASSIGN(made, archiveOf(*container, path));
        archive = std::move(made);
    }
    constexpr qsizetype part = 700; // no multiple of a block: nobody may rely on how a stream is cut
    for (qsizetype at = 0; at < archive.size(); at += part) {
        if (m_crash.dead()) {
            return Crash::gone();
        }
        DOCKERAUTO_TRY(sink(QByteArrayView(archive).sliced(at, std::min(part, archive.size() - at))));
    }
    return {};
}

Result<> FakeEngine::writeArchive(
    const QString &id, const QString &folder, const ports::ByteSource &source, const CallContext &)
{
    QByteArray archive;
    for (;;) {
        DOCKERAUTO_TRY_ASSIGN(part, source());
        if (part.isEmpty()) {
            break;
        }
        archive += part;
    }
    return change(QStringLiteral("writeArchive"), id, [&](Container &container) -> Result<> {
        const QString target = clean(folder);
        if (!hasFolder(container, target)) {
            return noSuchPath(container, folder);
        }
        if (const Mount *mount = mountOf(container, target); mount && !mount->writable) {
            return fail(ErrorCode::InvalidArgument, QStringLiteral("mounted volume is marked read-only"));
        }
        DOCKERAUTO_TRY_ASSIGN(content, testsupport::readArchive(archive));
        for (const auto &[name, data] : content.files) {
            const QString below = name.startsWith(QStringLiteral("./")) ? name.mid(2) : name;
            writeFile(container, (target == QStringLiteral("/") ? QString() : target) % u'/' % below, data);
        }
        return {};
    });
}

Result<ports::ExecResult> FakeEngine::runCommand(
    const QString &id, const std::vector<QString> &argv, const CallContext &)
{
    DOCKERAUTO_TRY(change(QStringLiteral("exec"), id, [&](Container &container) -> Result<> {
        if (container.status != QStringLiteral("running")) {
            return fail(ErrorCode::Conflict, QStringLiteral("container %1 is %2")
                                                 .arg(id, container.status == QStringLiteral("paused")
                                                              ? QStringLiteral("paused, unpause it first")
                                                              : QStringLiteral("not running")));
        }
        m_commands.push_back(argv);
        return {};
    }));
    const std::lock_guard lock(m_mutex);
    if (m_answerCommands) {
        return m_answerCommands(argv);
    }
    const auto result = m_commandResults.find(argv.front());
    return result == m_commandResults.end() ? ports::ExecResult{} : result->second;
}

void FakeEngine::setCommandResult(const QString &program, int exitCode, const QString &output)
{
    const std::lock_guard lock(m_mutex);
    m_commandResults[program] = {exitCode, output};
}

std::vector<std::vector<QString>> FakeEngine::commands() const
{
    const std::lock_guard lock(m_mutex);
    return m_commands;
}

void FakeEngine::answerCommands(std::function<Result<ports::ExecResult>(const std::vector<QString> &)> answer)
{
    const std::lock_guard lock(m_mutex);
    m_answerCommands = std::move(answer);
}

Result<Json> FakeEngine::inspectNetwork(const QString &idOrName, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    DOCKERAUTO_TRY(interceptRead(QStringLiteral("inspectNetwork")));
    const QString prefix = QStringLiteral("network-");
    const QString name = idOrName.startsWith(prefix) ? idOrName.mid(prefix.size()) : idOrName;
    if (!m_networks.contains(name)) {
        return fail(ErrorCode::NotFound, QStringLiteral("network %1 not found").arg(name));
    }
    const bool own = name == QStringLiteral("host") || name == QStringLiteral("none");
    return Json{{"Name", name}, {"Id", QString(prefix + name)},
        {"Driver", own ? (name == QStringLiteral("none") ? QStringLiteral("null") : name)
                       : QStringLiteral("bridge")},
        {"Scope", "local"}, {"Options", Json::object()}, {"Labels", Json::object()}};
}

Result<Json> FakeEngine::inspectVolume(const QString &name, const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    DOCKERAUTO_TRY(interceptRead(QStringLiteral("inspectVolume")));
    if (name.startsWith(u'/') || !m_volumes.contains(name)) {
        return fail(ErrorCode::NotFound, QStringLiteral("get %1: no such volume").arg(name));
    }
    return Json{{"Name", name}, {"Driver", "local"}, {"Scope", "local"}, {"Options", nullptr},
        {"Labels", nullptr}, {"Mountpoint", QString(QStringLiteral("/fake/volumes/%1/_data").arg(name))}};
}

Result<std::map<QString, qint64>> FakeEngine::volumeSizes(const CallContext &)
{
    const std::lock_guard lock(m_mutex);
    DOCKERAUTO_TRY(interceptRead(QStringLiteral("volumeSizes")));
    std::map<QString, qint64> sizes;
    for (const auto &[name, files] : m_volumes) {
        qint64 bytes = 0;
        for (const auto &[path, content] : files) {
            bytes += content.size();
        }
        if (!name.startsWith(u'/')) {
            sizes[name] = bytes;
        }
    }
    return sizes;
}

} // namespace dockerauto::testsupport
