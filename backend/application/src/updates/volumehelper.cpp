#include "volumehelper.h"

#include "names.h"
#include "tarstream.h"

#include <core/logging.h>

namespace dockerauto::application {

using core::CallContext;
using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;
using namespace std::chrono_literals;

namespace {

constexpr char programName[] = "docker-auto-volume";
/// Without what is mounted below a bound folder: that belongs to somebody else.
constexpr char contentFolder[] = "/docker-auto-content";
/// With it, so that the program sees where to stop. Removing the folder below a mount would detach the mount.
constexpr char wholeFolder[] = "/docker-auto-whole";

QString below(const char *folder, const QString &key)
{
    return QString::fromLatin1(folder) % u'/' % key;
}

Json mountOf(const HelperMount &mount, const char *folder, bool recursive)
{
    Json body{{"Source", mount.volume}, {"Target", below(folder, mount.key)}};
    if (isBoundFolder(mount.volume)) {
        body["Type"] = "bind";
        if (!recursive) {
            body["BindOptions"] = Json{{"NonRecursive", true}};
        }
    } else {
        body["Type"] = "volume";
        body["VolumeOptions"] = Json{{"NoCopy", true}};
    }
    return body;
}

/// The engine would make a new volume for each that the image declares, and nobody would remove it.
void coverVolumesOfImage(const Json &inspect, Json &mounts)
{
    const Json &declared = memberOf(memberOf(inspect, "Config"), "Volumes");
    if (declared.is_object()) {
        for (const auto &[path, nothing] : declared.items()) {
            mounts.push_back(Json{{"Type", "tmpfs"}, {"Target", path}});
        }
    }
}

Json bodyFor(const Json &inspect, const core::UpdateId &update, const std::vector<HelperMount> &mounts,
    VolumeHelper::Purpose purpose)
{
    Json list = Json::array();
    Json folders = Json::array();
    for (const HelperMount &mount : mounts) {
        list.push_back(mountOf(mount, contentFolder, false));
        if (purpose == VolumeHelper::Purpose::Restoring) {
            list.push_back(mountOf(mount, wholeFolder, true));
            folders.push_back(below(wholeFolder, mount.key));
        }
    }
    coverVolumesOfImage(inspect, list);
    return Json{{"Image", textOf(inspect, "Image")}, {"Entrypoint", {std::string("/") + programName}},
        {"Cmd", std::move(folders)}, {"User", "0"}, {"WorkingDir", "/"},
        {"Healthcheck", {{"Test", {"NONE"}}}},
        {"Labels", {{labels::operation, update.text()}, {labels::helper, "backup"}}},
        {"HostConfig",
            {{"NetworkMode", "none"}, {"RestartPolicy", {{"Name", "no"}}}, {"LogConfig", {{"Type", "none"}}},
                // SELinux would keep it from files that carry another container's label.
                {"SecurityOpt", {"label=disable"}}, {"Mounts", std::move(list)}}}};
}

/// Of the container, whatever an update calls it at the moment.
QString plainName(const Json &inspect)
{
    QString name = textOf(inspect, "Name");
    if (name.startsWith(u'/')) {
        name.remove(0, 1);
    }
    return isTemporaryName(name) ? name.left(name.lastIndexOf(u'.')) : name;
}

core::Failure notEmptied(int code)
{
    constexpr int notPermitted = 11;
    constexpr int readOnly = 12;
    const char *why = code == notPermitted ? "not everything in them may be deleted; is something immutable?"
                      : code == readOnly   ? "they can't be written to now"
                                           : "not everything in them could be deleted";
    return core::fail(ErrorCode::Internal,
        QStringLiteral("The volumes could not be emptied before their saved content is put back: %1 "
                       "The saved content is kept; it can be tried again.")
            .arg(QString::fromLatin1(why) % (code == notPermitted ? QString() : QStringLiteral("."))));
}

} // namespace

Result<std::unique_ptr<VolumeHelper>> VolumeHelper::create(const Json &inspect, const core::UpdateId &update,
    const std::vector<HelperMount> &mounts, Purpose purpose, ports::ContainerEngine &engine,
    const CallContext &context)
{
    const QString name = backupHelperName(plainName(inspect), update);
    auto id = engine.createContainer(name, bodyFor(inspect, update, mounts, purpose), context.within(60s));
    if (!id) {
        return core::fail(
            id.error().within(QStringLiteral("The container that reaches the volumes can't be made")));
    }
    return std::unique_ptr<VolumeHelper>(new VolumeHelper(engine, id->text()));
}

VolumeHelper::~VolumeHelper()
{
    // Also when the work was cancelled; what stays is found by its labels.
    const CallContext context{core::Deadline::in(30s), {}};
    if (auto gone = m_engine.removeContainer(m_id, ports::ContainerEngine::Removal::Force, context);
        !gone && gone.error().code != ErrorCode::NotFound) {
        qCWarning(core::logUpdate).noquote()
            << "The helper container" << m_id.left(12) << "could not be removed:" << gone.error().text();
    }
}

Result<> VolumeHelper::read(const QString &key, const ports::ByteSink &sink, const CallContext &context)
{
    TarWatch watch;
    const ports::ByteSink both = [&](QByteArrayView bytes) -> Result<> {
        DOCKERAUTO_TRY(watch.add(bytes));
        return sink(bytes);
    };
    DOCKERAUTO_TRY(m_engine.readArchive(m_id, below(contentFolder, key), both, context));
    return watch.finish();
}

Result<> VolumeHelper::write(const ports::ByteSource &source, const CallContext &context)
{
    return m_engine.writeArchive(m_id, QString::fromLatin1(contentFolder), source, context);
}

Result<> VolumeHelper::empty(
    const ports::EmptyingProgram &program, const core::Clock &clock, const CallContext &context)
{
    bool given = false;
    const ports::ByteSource source = [&]() -> Result<QByteArray> {
        return std::exchange(given, true) ? QByteArray() : tarWithProgram(programName, program.content);
    };
    DOCKERAUTO_TRY(m_engine.writeArchive(m_id, QStringLiteral("/"), source, context));
    if (auto started = m_engine.startContainer(m_id, context.within(60s)); !started) {
        return core::fail(ErrorCode::Unsupported,
            QStringLiteral(
                "The volumes can't be put back, since the program that empties them before does not "
                "run on the engine: %1 Nothing was deleted.")
                .arg(started.error().text()));
    }
    DOCKERAUTO_TRY_ASSIGN(code, awaitEnd(clock, context));
    return code == 0 ? Result<>() : Result<>(notEmptied(code));
}

Result<int> VolumeHelper::awaitEnd(const core::Clock &clock, const CallContext &context)
{
    auto pause = 10ms;
    for (;;) {
        DOCKERAUTO_TRY(context.check());
        DOCKERAUTO_TRY_ASSIGN(inspect, m_engine.inspectContainer(m_id, context.within(15s)));
        const Json &state = memberOf(inspect, "State");
        const Json &code = memberOf(state, "ExitCode");
        if (textOf(state, "Status") == QLatin1String("exited")) {
            return code.is_number_integer() ? code.get<int>() : -1;
        }
        clock.sleep(pause, context.stop);
        pause = std::min(2 * pause, 500ms);
    }
}

} // namespace dockerauto::application
