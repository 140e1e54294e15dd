#include <selfidentity/linuxselfidentity.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using dockerauto::selfidentity::LinuxSelfIdentity;

namespace {

// 64 digits each, as engines make them.
const auto ours = QStringLiteral("4f1c0de5a7b8932641d0e9c3b5a7f8e2d1c0b9a8f7e6d5c4b3a2918070605040");
const auto theirs = QStringLiteral("99887766554433221100ffeeddccbbaa99887766554433221100ffeeddccbbaa");

QString onCgroup(const QString &path)
{
    return QStringLiteral("0::%1\n").arg(path);
}

/// A line of mountinfo as of proc(5).
QString mounted(const QString &what, const QString &where)
{
    return QStringLiteral("1234 1200 254:1 %1 %2 rw,relatime - ext4 /dev/vda1 rw\n").arg(what, where);
}

} // namespace

/// Which container this process is in, from files as the engines leave them.
class LinuxSelfIdentityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void containerId_isFound_inTheFilesOfAnEngine_data();
    void containerId_isFound_inTheFilesOfAnEngine();
    void containerId_isNothing_outsideOfContainers_data();
    void containerId_isNothing_outsideOfContainers();
    void containerId_prefersTheControlGroup_whenTheNetworkIsAnothers();
    void containerId_isTheHostName_whenThereIsNothingElse();
    void executable_isWhereTheLinkPoints();

private:
    static void put(const QTemporaryDir &root, const QString &path, const QString &content)
    {
        QVERIFY(QDir().mkpath(QFileInfo(root.filePath(path)).path()));
        QFile file(root.filePath(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(content.toUtf8()) == content.toUtf8().size());
    }
};

void LinuxSelfIdentityTest::containerId_isFound_inTheFilesOfAnEngine_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("content");
    const QString cgroup = QStringLiteral("proc/self/cgroup");
    const QString mounts = QStringLiteral("proc/self/mountinfo");

    QTest::newRow("Docker, control groups 1")
        << cgroup
        << QStringLiteral("12:pids:/docker/%1\n11:cpu,cpuacct:/docker/%1\n1:name=systemd:/docker/%1\n"
                          "0::/system.slice/containerd.service\n")
               .arg(ours);
    QTest::newRow("Docker with a parent group") << cgroup << QStringLiteral("4:memory:/lab17/%1\n").arg(ours);
    QTest::newRow("Docker, systemd") << cgroup
                                     << onCgroup(QStringLiteral("/system.slice/docker-%1.scope").arg(ours));
    QTest::newRow("Podman") << cgroup
                            << onCgroup(QStringLiteral("/machine.slice/libpod-%1.scope/container").arg(ours));
    QTest::newRow("rootless Podman")
        << cgroup
        << onCgroup(QStringLiteral("/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-%1.scope")
                        .arg(ours));
    QTest::newRow("nerdctl") << cgroup
                             << onCgroup(QStringLiteral("/system.slice/nerdctl-%1.scope").arg(ours));
    QTest::newRow("containerd for Kubernetes")
        << cgroup
        << onCgroup(QStringLiteral("/kubepods.slice/kubepods-pod2f.slice/cri-containerd-%1.scope").arg(ours));
    QTest::newRow("Docker in Docker")
        << cgroup << QStringLiteral("4:memory:/docker/%1/docker/%2\n").arg(theirs, ours);

    QTest::newRow("Docker's mounts")
        << mounts
        << mounted(QStringLiteral("/"), QStringLiteral("/")) +
               mounted(QStringLiteral("/var/lib/docker/containers/%1/resolv.conf").arg(ours),
                   QStringLiteral("/etc/resolv.conf"));
    QTest::newRow("Docker's mounts, a file system of its own")
        << mounts
        << mounted(QStringLiteral("/containers/%1/hostname").arg(ours), QStringLiteral("/etc/hostname"));
    QTest::newRow("Docker in Docker's mounts")
        << mounts
        << mounted(QStringLiteral("/var/lib/docker/volumes/%1/_data/containers/%2/hosts").arg(theirs, ours),
               QStringLiteral("/etc/hosts"));
    QTest::newRow("Podman's mounts")
        << mounts
        << mounted(QStringLiteral("/containers/storage/overlay-containers/%1/userdata/hostname").arg(ours),
               QStringLiteral("/etc/hostname"));
    QTest::newRow("nerdctl's mounts")
        << mounts
        << mounted(QStringLiteral("/var/lib/nerdctl/1935db59/containers/default/%1/resolv.conf").arg(ours),
               QStringLiteral("/etc/resolv.conf"));
    QTest::newRow("Podman's own file")
        << QStringLiteral("run/.containerenv")
        << QStringLiteral("engine=\"podman-4.3.1\"\nname=\"auto\"\nid=\"%1\"\nimage=\"x\"\nrootless=0\n")
               .arg(ours);
}

void LinuxSelfIdentityTest::containerId_isFound_inTheFilesOfAnEngine()
{
    QFETCH(QString, file);
    QFETCH(QString, content);
    const QTemporaryDir root;
    put(root, file, content);
    QCOMPARE(LinuxSelfIdentity(root.path()).containerId(), std::optional(ours));
}

void LinuxSelfIdentityTest::containerId_isNothing_outsideOfContainers_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("content");
    const QString mounts = QStringLiteral("proc/self/mountinfo");
    QTest::newRow("no files at all") << QString() << QString();
    QTest::newRow("a session of a desktop")
        << QStringLiteral("proc/self/cgroup")
        << onCgroup(QStringLiteral("/user.slice/user-1000.slice/session-2.scope"));
    QTest::newRow("a name space of its own")
        << QStringLiteral("proc/self/cgroup") << onCgroup(QStringLiteral("/"));
    QTest::newRow("a short id in the group")
        << QStringLiteral("proc/self/cgroup") << onCgroup(QStringLiteral("/docker/4f1c0de5a7b8"));
    QTest::newRow("another container, seen by the host")
        << mounts
        << mounted(
               QStringLiteral("/"), QStringLiteral("/var/lib/docker/containers/%1/mounts/shm").arg(theirs)) +
               mounted(QStringLiteral("/var/lib/docker/containers/%1/hostname").arg(theirs),
                   QStringLiteral("/mnt/hostname"));
    QTest::newRow("the sandbox of a pod, which is no container")
        << mounts
        << mounted(QStringLiteral("/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/%1/hostname")
                       .arg(theirs),
               QStringLiteral("/etc/hostname"));
    QTest::newRow("a line cut off") << mounts
                                    << QStringLiteral("1234 1200 254:1 /containers/%1/hostname").arg(ours);
    QTest::newRow("a host that is called like a container")
        << QStringLiteral("proc/sys/kernel/hostname") << QStringLiteral("4f1c0de5a7b8\n");
}

void LinuxSelfIdentityTest::containerId_isNothing_outsideOfContainers()
{
    QFETCH(QString, file);
    QFETCH(QString, content);
    const QTemporaryDir root;
    if (!file.isEmpty()) {
        put(root, file, content);
    }
    QCOMPARE(LinuxSelfIdentity(root.path()).containerId(), std::optional<QString>());
}

void LinuxSelfIdentityTest::containerId_prefersTheControlGroup_whenTheNetworkIsAnothers()
{
    const QTemporaryDir root;
    put(root, QStringLiteral("proc/self/cgroup"), QStringLiteral("4:memory:/docker/%1\n").arg(ours));
    put(root, QStringLiteral("proc/self/mountinfo"),
        mounted(QStringLiteral("/var/lib/docker/containers/%1/hostname").arg(theirs),
            QStringLiteral("/etc/hostname")));
    QCOMPARE(LinuxSelfIdentity(root.path()).containerId(), std::optional(ours));
}

void LinuxSelfIdentityTest::containerId_isTheHostName_whenThereIsNothingElse()
{
    const QTemporaryDir root;
    put(root, QStringLiteral(".dockerenv"), {});
    put(root, QStringLiteral("proc/self/cgroup"), onCgroup(QStringLiteral("/")));
    put(root, QStringLiteral("proc/sys/kernel/hostname"), QStringLiteral("4f1c0de5a7b8\n"));
    QCOMPARE(LinuxSelfIdentity(root.path()).containerId(), std::optional(QStringLiteral("4f1c0de5a7b8")));
    put(root, QStringLiteral("proc/sys/kernel/hostname"), QStringLiteral("web.example.org\n"));
    QCOMPARE(LinuxSelfIdentity(root.path()).containerId(), std::optional<QString>());
}

void LinuxSelfIdentityTest::executable_isWhereTheLinkPoints()
{
    const QTemporaryDir root;
    QVERIFY(QDir(root.path()).mkpath(QStringLiteral("proc/self")));
    QVERIFY(QFile::link(QStringLiteral("/opt/docker-auto/bin/docker-auto-server"),
        root.filePath(QStringLiteral("proc/self/exe"))));
    QCOMPARE(LinuxSelfIdentity(root.path()).executable(),
        QStringLiteral("/opt/docker-auto/bin/docker-auto-server"));
    QVERIFY(LinuxSelfIdentity().executable().endsWith(QStringLiteral("tst_linuxselfidentity")));
}

QTEST_GUILESS_MAIN(LinuxSelfIdentityTest)
#include "tst_linuxselfidentity.moc"
