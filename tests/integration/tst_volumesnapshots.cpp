#include <application/updates/volumesnapshots.h>
#include <core/uniqueid.h>
#include <docker/dockerengine.h>
#include <snapshots/embeddedprogram.h>
#include <snapshots/filearchivestore.h>
#include <snapshots/programfilesystemsnapshots.h>
#include <testsupport/memorystorage.h>
#include <testsupport/testlab.h>

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace std::chrono_literals;
using namespace dockerauto;
using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using core::Json;
using testsupport::TestLab;

namespace {

CallContext soon()
{
    return {Deadline::in(60s), {}};
}

QString why(const core::Error &error)
{
    return QString::fromLatin1(core::toText(error.code).data()) % QStringLiteral(": ") % error.text();
}

QByteArray attributeOf(const QByteArray &path, const char *name)
{
    std::array<char, 256> value{};
    const ssize_t size = ::lgetxattr(path.constData(), name, value.data(), value.size());
    return size < 0 ? QByteArray() : QByteArray(value.data(), size).toHex();
}

/// Everything that can be told about what is below a folder, and about itself; sockets are left out.
QStringList treeOf(const QString &folder)
{
    QStringList lines;
    std::map<ino_t, QString> firstOf;
    QStringList paths{folder};
    QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (all.hasNext()) {
        paths += all.next();
    }
    paths.sort();
    for (const QString &path : paths) {
        const QByteArray encoded = QFile::encodeName(path);
        struct stat status
        {
        };
        if (::lstat(encoded.constData(), &status) != 0 || S_ISSOCK(status.st_mode)) {
            continue;
        }
        QString what;
        if (S_ISLNK(status.st_mode)) {
            what = QFile::symLinkTarget(path);
            std::array<char, 512> target{};
            const ssize_t size = ::readlink(encoded.constData(), target.data(), target.size());
            what = QString::fromUtf8(target.data(), size);
        } else if (S_ISREG(status.st_mode)) {
            QFile file(path);
            QCryptographicHash hash(QCryptographicHash::Md5);
            what = file.open(QFile::ReadOnly) && hash.addData(&file)
                       ? QString::fromLatin1(hash.result().toHex())
                       : QStringLiteral("unreadable");
            what += QStringLiteral(" same as ") %
                    firstOf.try_emplace(status.st_ino, path.mid(folder.size())).first->second;
        }
        lines += QStringLiteral("%1 mode %2 owner %3:%4 time %5 capability %6: %7")
                     .arg(path.mid(folder.size()))
                     .arg(status.st_mode, 0, 8)
                     .arg(status.st_uid)
                     .arg(status.st_gid)
                     .arg(status.st_mtime)
                     .arg(QString::fromLatin1(attributeOf(encoded, "security.capability")), what);
    }
    return lines;
}

void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY2(file.open(QFile::WriteOnly | QFile::Truncate), qPrintable(path));
    QCOMPARE(file.write(content), content.size());
}

/// Files of every kind that tar can hold, and one that it can't.
void fill(const QString &folder)
{
    const QDir dir(folder);
    put(dir.filePath(QStringLiteral("plain")), "one\n");
    put(dir.filePath(QStringLiteral("program")), QByteArray(300'000, 'x'));
    put(dir.filePath(QStringLiteral("-name with\nnewline, ünïcödé ") % QString(180, u'n')), "odd");
    QVERIFY(dir.mkpath(
        QStringLiteral("deep/") % QString(90, u'a') % u'/' % QString(90, u'b') % QStringLiteral("/empty")));
    QVERIFY(dir.mkpath(QStringLiteral("private")));
    put(dir.filePath(QStringLiteral("private/secret")), "s");
    const auto at = [&](const char *name) {
        return QFile::encodeName(dir.filePath(QString::fromUtf8(name)));
    };
    QCOMPARE(::chown(at("private").constData(), 999, 998), 0);
    QCOMPARE(::chown(at("private/secret").constData(), 70, 71), 0);
    QCOMPARE(::chmod(at("private").constData(), 01730), 0);
    QCOMPARE(::chmod(at("private/secret").constData(), 0400), 0);
    QCOMPARE(::chmod(at("program").constData(), 04755), 0);
    const QByteArray capability = QByteArray::fromHex("0100000200040000000000000000000000000000");
    QCOMPARE(::setxattr(at("private/secret").constData(), "security.capability", capability.constData(),
                 static_cast<std::size_t>(capability.size()), 0),
        0);
    QCOMPARE(::link(at("plain").constData(), at("deep/hard").constData()), 0);
    QCOMPARE(::symlink("/nowhere/at all", at("dangling").constData()), 0);
    QCOMPARE(::symlink("deep", at("to folder").constData()), 0);
    QCOMPARE(::mkfifo(at("pipe").constData(), 0600), 0);
    put(dir.filePath(QStringLiteral("sparse")), "begin");
    QCOMPARE(::truncate(at("sparse").constData(), 5'000'000), 0);
    const std::array<timespec, 2> times{timespec{1'000'000'000, 0}, timespec{1'000'000'000, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, at("plain").constData(), times.data(), 0), 0);
    // A socket can't be saved, and must not keep the rest from it.
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = at("socket");
    if (socket >= 0 && name.size() < qsizetype(sizeof address.sun_path)) {
        std::copy(name.begin(), name.end(), address.sun_path);
        QCOMPARE(::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    }
    ::close(socket);
}

/// What a newer version may do to its data.
void spoil(const QString &folder, const QString &outside)
{
    const QDir dir(folder);
    put(dir.filePath(QStringLiteral("plain")), "two, written over in place\n");
    QVERIFY(QFile::remove(dir.filePath(QStringLiteral("program"))));
    QVERIFY(dir.mkpath(QStringLiteral("program/is a folder now")));
    QVERIFY(QDir(dir.filePath(QStringLiteral("private"))).removeRecursively());
    put(dir.filePath(QStringLiteral("private")), "is a file now");
    QVERIFY(dir.mkpath(QStringLiteral("new/folder")));
    put(dir.filePath(QStringLiteral("new/folder/file")), "new");
    QCOMPARE(::symlink(QFile::encodeName(outside).constData(),
                 QFile::encodeName(dir.filePath(QStringLiteral("new/outside"))).constData()),
        0);
}

} // namespace

/// Saving and restoring through a real Docker Engine; see tests/support/lab.sh.
class TestVolumeSnapshots : public QObject
{
    Q_OBJECT

private:
    std::optional<TestLab> m_lab;
    std::unique_ptr<docker::DockerEngine> m_engine;
    QTemporaryDir m_work;
    QString m_image;
    QString m_container;
    QString m_data;
    QString m_inner;
    QString m_folder;
    QString m_outside;
    QStringList m_volumes;
    core::SystemClock m_clock;

    struct Saver
    {
        Saver(const QString &folder, const core::Clock &clock, qint64 reserve = 0)
            : archives(folder, reserve)
            , snapshots(storage, archives, fileSystems, clock, snapshots::embeddedProgram())
        {
            update.id = core::UpdateId(core::newUniqueId());
            update.container = core::ContainerId(QStringLiteral("c"));
        }
        testsupport::MemoryStorage storage;
        snapshots::FileArchiveStore archives;
        snapshots::ProgramFileSystemSnapshots fileSystems;
        application::VolumeSnapshots snapshots;
        ports::UpdateRecord update;
    };

    QString archiveFolder() const { return m_work.filePath(QStringLiteral("archives")); }
    QStringList archiveFiles() const { return QDir(archiveFolder()).entryList(QDir::Files); }

    QByteArray cli(const QStringList &arguments, const QByteArray &input = {})
    {
        auto output = m_lab->dockerCli(arguments, 60s, input);
        if (!output) {
            qWarning().noquote() << arguments << why(output.error());
        }
        return output ? output->trimmed() : QByteArray();
    }
    /// A name that is removed with the test.
    QString newVolume()
    {
        const QString name = TestLab::uniqueName(QStringLiteral("volume"));
        cli({QStringLiteral("volume"), QStringLiteral("create"), name});
        m_volumes += name;
        return name;
    }
    QString placeOf(const QString &volume)
    {
        return QString::fromUtf8(cli({QStringLiteral("volume"), QStringLiteral("inspect"),
            QStringLiteral("-f"), QStringLiteral("{{.Mountpoint}}"), volume}));
    }
    Json inspect()
    {
        auto answer = m_engine->inspectContainer(m_container, soon());
        return answer ? *answer : Json();
    }
    QStringList everything()
    {
        QStringList all;
        for (const QString &place : places()) {
            all += treeOf(place);
        }
        return all;
    }
    QStringList places() { return {placeOf(m_data), placeOf(m_inner), m_folder, placeOf(m_volumes.last())}; }
    QByteArray containers() { return cli({QStringLiteral("ps"), QStringLiteral("-aq")}); }
    QByteArray volumes()
    {
        return cli({QStringLiteral("volume"), QStringLiteral("ls"), QStringLiteral("-q")});
    }

    /// An image with one static program and nothing else, which declares a volume.
    void makeImage()
    {
        QVERIFY(QDir().mkpath(m_work.filePath(QStringLiteral("image"))));
        QVERIFY(
            QFile::copy(QStringLiteral("/bin/busybox"), m_work.filePath(QStringLiteral("image/busybox"))));
        QProcess tar;
        tar.start(QStringLiteral("tar"), {QStringLiteral("-C"), m_work.filePath(QStringLiteral("image")),
                                             QStringLiteral("-c"), QStringLiteral("busybox")});
        QVERIFY(tar.waitForFinished(10'000));
        m_image = TestLab::uniqueName(QStringLiteral("empty"));
        QVERIFY(!cli({QStringLiteral("import"), QStringLiteral("-c"), QStringLiteral("VOLUME /declared"),
                         QStringLiteral("-c"), QStringLiteral("USER 1234"), QStringLiteral("-"), m_image},
            tar.readAllStandardOutput())
                     .isEmpty());
    }
    void makeContainer()
    {
        m_data = newVolume();
        m_inner = newVolume();
        m_folder = m_work.filePath(QStringLiteral("bound"));
        m_outside = m_work.filePath(QStringLiteral("outside"));
        QVERIFY(QDir().mkpath(m_folder % QStringLiteral("/inner")));
        QVERIFY(QDir().mkpath(m_outside));
        put(m_outside % QStringLiteral("/precious"), "not ours");
        m_container = TestLab::uniqueName(QStringLiteral("saved"));
        const auto bind = [](const QString &from, const char *to) {
            return QStringList{QStringLiteral("-v"), from % QString::fromLatin1(to)};
        };
        const QStringList arguments = bind(m_data, ":/data") + bind(m_folder, ":/app") +
                                      bind(m_inner, ":/app/inner") + bind(m_outside, ":/read:ro") +
                                      bind(m_lab->socketPath(), ":/var/run/docker.sock") +
                                      bind(QStringLiteral("/etc/hostname"), ":/etc/localtime") +
                                      bind(QStringLiteral("/dev"), ":/host/dev") +
                                      QStringList{QStringLiteral("--tmpfs"), QStringLiteral("/scratch")};
        QVERIFY(m_lab->runContainer({m_container, m_image, arguments,
            {QStringLiteral("/busybox"), QStringLiteral("sleep"), QStringLiteral("1000")}}));
        const Json details = inspect();
        for (const Json &mount : details["Mounts"]) {
            if (core::textOf(mount, "Destination") == QLatin1String("/declared")) {
                m_volumes += core::textOf(mount, "Name");
            }
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto lab = TestLab::fromEnvironment();
        QVERIFY2(lab, lab ? "" : qPrintable(why(lab.error())));
        m_lab = *lab;
        const auto address = docker::EngineAddress::parse(m_lab->engineUrl());
        QVERIFY(address);
        m_engine = std::make_unique<docker::DockerEngine>(*address);
        makeImage();
    }
    void init()
    {
        m_volumes.clear();
        makeContainer();
        for (const QString &place : places()) {
            fill(place);
        }
        cli({QStringLiteral("stop"), QStringLiteral("-t"), QStringLiteral("0"), m_container});
    }
    void cleanup()
    {
        QVERIFY(m_lab->removeContainer(m_container));
        cli(QStringList{QStringLiteral("volume"), QStringLiteral("rm"), QStringLiteral("-f")} + m_volumes);
        QVERIFY(QDir(m_folder).removeRecursively());
        QDir(archiveFolder()).removeRecursively();
    }
    void cleanupTestCase() { cli({QStringLiteral("rmi"), QStringLiteral("-f"), m_image}); }

    void plan_listsWhatIsTheContainersOwn()
    {
        Saver saver(archiveFolder(), m_clock);
        const auto backup = saver.snapshots.plan(inspect(), saver.update.container, *m_engine, soon());
        QVERIFY2(backup, backup ? "" : qPrintable(why(backup.error())));
        QCOMPARE(backup->reason, QString());
        QStringList found;
        for (const auto &volume : backup->volumes) {
            found += volume.mountedAt;
            const bool isFolder = volume.mountedAt == QLatin1String("/app");
            QCOMPARE(volume.sizeBytes.has_value(), !isFolder);
        }
        found.sort();
        QCOMPARE(found, QStringList({QStringLiteral("/app"), QStringLiteral("/app/inner"),
                            QStringLiteral("/data"), QStringLiteral("/declared")}));
    }

    void restore_givesBackEverything()
    {
        const QStringList before = everything();
        const QByteArray containersBefore = containers();
        const QByteArray volumesBefore = volumes();
        Saver saver(archiveFolder(), m_clock);
        qint64 told = 0;
        const auto taken = saver.snapshots.take(
            inspect(), saver.update, *m_engine,
            [&](const contracts::Progress &progress) { told = progress.done; }, soon());
        QVERIFY2(taken, taken ? "" : qPrintable(why(taken.error())));
        QCOMPARE(taken->size(), 4U);
        QVERIFY(told > 20'000'000);
        QCOMPARE(containers(), containersBefore);
        QCOMPARE(volumes(), volumesBefore);
        QCOMPARE(everything(), before);

        for (const QString &place : places()) {
            spoil(place, m_outside);
        }
        QVERIFY(everything() != before);
        for (const char *attempt : {"first", "again"}) {
            const auto restored = saver.snapshots.restore(inspect(), saver.update.id, *m_engine, {}, soon());
            QVERIFY2(restored, restored ? attempt : qPrintable(why(restored.error())));
            QCOMPARE(everything(), before);
        }
        QVERIFY(QFile::exists(m_outside % QStringLiteral("/precious")));
        QCOMPARE(containers(), containersBefore);
        QCOMPARE(volumes(), volumesBefore);

        QVERIFY(saver.snapshots.remove(saver.update.id, soon()));
        QCOMPARE(archiveFiles(), QStringList());
        const auto nothing = saver.snapshots.restore(inspect(), saver.update.id, *m_engine, {}, soon());
        QVERIFY(nothing);
    }

    void restore_isFinishedByAnother_whenInterrupted()
    {
        const QStringList before = everything();
        Saver saver(archiveFolder(), m_clock);
        QVERIFY(saver.snapshots.take(inspect(), saver.update, *m_engine, {}, soon()));
        std::stop_source stop;
        const auto interrupted = saver.snapshots.restore(inspect(), saver.update.id, *m_engine,
            [&](const contracts::Progress &) { stop.request_stop(); }, {Deadline::in(60s), stop.get_token()});
        QVERIFY(!interrupted);
        QVERIFY(everything() != before);
        const auto restored = saver.snapshots.restore(inspect(), saver.update.id, *m_engine, {}, soon());
        QVERIFY2(restored, restored ? "" : qPrintable(why(restored.error())));
        QCOMPARE(everything(), before);
    }

    void restore_deletesNothing_whenAnArchiveIsDamaged()
    {
        Saver saver(archiveFolder(), m_clock);
        QVERIFY(saver.snapshots.take(inspect(), saver.update, *m_engine, {}, soon()));
        const QStringList before = everything();
        QFile file(QDir(archiveFolder()).filePath(archiveFiles().last()));
        QVERIFY(file.open(QFile::ReadWrite) && file.seek(file.size() - 30));
        const QByteArray byte = file.peek(1);
        QCOMPARE(file.write(QByteArray(1, static_cast<char>(byte.at(0) ^ 1))), 1);
        file.close();
        const auto restored = saver.snapshots.restore(inspect(), saver.update.id, *m_engine, {}, soon());
        QVERIFY(!restored);
        QVERIFY2(
            restored.error().text().contains(QLatin1String("damaged")), qPrintable(why(restored.error())));
        QCOMPARE(everything(), before);
    }

    void restore_deletesNothing_whileSomethingRunsThatUsesIt()
    {
        Saver saver(archiveFolder(), m_clock);
        QVERIFY(saver.snapshots.take(inspect(), saver.update, *m_engine, {}, soon()));
        cli({QStringLiteral("start"), m_container});
        const QStringList before = everything();
        const auto restored = saver.snapshots.restore(inspect(), saver.update.id, *m_engine, {}, soon());
        QVERIFY(!restored);
        QCOMPARE(restored.error().code, ErrorCode::Conflict);
        QVERIFY2(restored.error().message.contains(m_container), qPrintable(restored.error().message));
        QCOMPARE(everything(), before);
    }

    void take_leavesNothing_whenTheDiskIsFull()
    {
        const QByteArray containersBefore = containers();
        // More than any disk has to stay free, but the plan only knows that of what is there now.
        Saver saver(archiveFolder(), m_clock, qint64(1) << 60);
        const auto taken = saver.snapshots.take(inspect(), saver.update, *m_engine, {}, soon());
        QVERIFY(!taken);
        QCOMPARE(taken.error().code, ErrorCode::Unavailable);
        QCOMPARE(archiveFiles(), QStringList());
        QCOMPARE(containers(), containersBefore);
    }

    void take_leavesNothing_whenItIsCancelled()
    {
        const QByteArray containersBefore = containers();
        Saver saver(archiveFolder(), m_clock);
        std::stop_source stop;
        const auto taken = saver.snapshots.take(inspect(), saver.update, *m_engine,
            [&](const contracts::Progress &progress) {
                if (progress.done > 7'000'000) {
                    stop.request_stop();
                }
            },
            {Deadline::in(60s), stop.get_token()});
        QVERIFY(!taken);
        QCOMPARE(taken.error().code, ErrorCode::Cancelled);
        QCOMPARE(archiveFiles(), QStringList());
        QCOMPARE(containers(), containersBefore);
    }

    void removeHelpers_removesOnlyThoseOfTheUpdate()
    {
        Saver saver(archiveFolder(), m_clock);
        const auto left = [&](const QString &name, const QString &update) {
            return cli({QStringLiteral("create"), QStringLiteral("--name"), name, QStringLiteral("--label"),
                QStringLiteral("docker-auto.helper=backup"), QStringLiteral("--label"),
                QStringLiteral("docker-auto.operation=") % update, m_image, QStringLiteral("/x")});
        };
        const QString own = TestLab::uniqueName(QStringLiteral("own"));
        const QString other = TestLab::uniqueName(QStringLiteral("other"));
        QVERIFY(!left(own, saver.update.id.text()).isEmpty());
        QVERIFY(!left(other, QStringLiteral("another")).isEmpty());
        QVERIFY(saver.snapshots.removeHelpers(saver.update.id, *m_engine, soon()));
        QVERIFY(!m_lab->inspect(own));
        QVERIFY(m_lab->inspect(other));
        QVERIFY(m_lab->removeContainer(other));
    }
};

QTEST_GUILESS_MAIN(TestVolumeSnapshots)
#include "tst_volumesnapshots.moc"
