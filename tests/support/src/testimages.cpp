#include <testsupport/testimages.h>

#include "process.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>

namespace dockerauto::testsupport {

namespace {

/// The exec form of an instruction: a JSON array of strings.
QString execForm(const QStringList &words)
{
    core::Json array = core::Json::array();
    for (const QString &word : words) {
        array.push_back(word.toStdString());
    }
    return QString::fromStdString(array.dump());
}

/// Double quotes keep spaces; a dollar would be taken for a variable.
QString quoted(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    text.replace(QLatin1Char('"'), QLatin1String("\\\""));
    text.replace(QLatin1Char('$'), QLatin1String("\\$"));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

/// A process with number 1 ignores SIGTERM unless it traps it, and would make every stop take ten seconds.
QStringList waitsForEnd()
{
    return {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
        QStringLiteral("trap 'exit 0' TERM INT; sleep 86400 & wait")};
}

QStringList healthCommand(ImageHealth health)
{
    switch (health) {
    case ImageHealth::None:
        return {};
    case ImageHealth::AlwaysHealthy:
        return {QStringLiteral("/bin/true")};
    case ImageHealth::AlwaysFailing:
        return {QStringLiteral("/bin/false")};
    case ImageHealth::FileDecides:
        return {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QStringLiteral("test ! -e /unhealthy")};
    }
    return {};
}

QString healthChange(const ImageOptions &options)
{
    return QStringLiteral("HEALTHCHECK --interval=%1ms --timeout=5s --start-period=%2ms --retries=%3 CMD %4")
        .arg(options.healthInterval.count())
        .arg(options.healthStartPeriod.count())
        .arg(options.healthRetries)
        .arg(execForm(healthCommand(options.health)));
}

QStringList changesOf(const ImageOptions &options)
{
    QStringList changes;
    changes << QStringLiteral("CMD ") + execForm(options.command.isEmpty() ? waitsForEnd() : options.command);
    if (!options.entrypoint.isEmpty()) {
        changes << QStringLiteral("ENTRYPOINT ") + execForm(options.entrypoint);
    }
    for (const QString &variable : options.environment) {
        const qsizetype end = variable.indexOf(QLatin1Char('='));
        changes << QStringLiteral("ENV %1=%2").arg(variable.left(end), quoted(variable.mid(end + 1)));
    }
    for (auto label = options.labels.cbegin(); label != options.labels.cend(); ++label) {
        changes << QStringLiteral("LABEL %1=%2").arg(quoted(label.key()), quoted(label.value()));
    }
    if (options.health != ImageHealth::None) {
        changes << healthChange(options);
    }
    return changes + options.changes;
}

core::Result<> writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        return core::fail(core::ErrorCode::Internal, QStringLiteral("%1: %2").arg(path, file.errorString()));
    }
    return {};
}

} // namespace

TestImages::TestImages(TestLab lab) : m_lab(std::move(lab)) {}

QStringList TestImages::webServer()
{
    return {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
        QStringLiteral("trap 'exit 0' TERM INT; httpd -f -p 80 -h /www & wait")};
}

QString TestImages::reference(const ImageOptions &options) const
{
    return QStringLiteral("%1/%2:%3").arg(m_lab.registry(), options.repository, options.tag);
}

core::Result<> TestImages::makeRoot(const QString &marker)
{
    const QString root = m_work.filePath(QStringLiteral("root"));
    const QString busybox = root + QStringLiteral("/bin/busybox");
    if (!QFile::exists(busybox)) {
        for (const char *folder : {"bin", "etc", "tmp", "www"}) {
            if (!QDir().mkpath(root + QLatin1Char('/') + QLatin1String(folder))) {
                return core::fail(core::ErrorCode::Internal, QStringLiteral("%1 cannot be made").arg(root));
            }
        }
        if (!QFile::copy(QStringLiteral("/bin/busybox"), busybox)) {
            return core::fail(core::ErrorCode::Unavailable,
                QStringLiteral("/bin/busybox is missing. Install busybox-static."));
        }
        DOCKERAUTO_TRY(writeFile(root + QStringLiteral("/etc/passwd"), "root:x:0:0::/:/bin/sh\n"));
        for (const char *name : {"sh", "sleep", "true", "false", "test", "cat", "echo", "httpd", "wget", "ls",
                 "touch", "rm", "id", "env", "kill", "ps", "hostname", "mkdir", "stat", "head", "printf"}) {
            QFile::link(QStringLiteral("busybox"), root + QStringLiteral("/bin/") + QLatin1String(name));
        }
    }
    DOCKERAUTO_TRY(writeFile(root + QStringLiteral("/marker"), marker.toUtf8()));
    return writeFile(root + QStringLiteral("/www/index.html"), marker.toUtf8());
}

core::Result<QString> TestImages::makeArchive(const QString &marker)
{
    if (!m_work.isValid()) {
        return core::fail(core::ErrorCode::Internal, m_work.errorString());
    }
    DOCKERAUTO_TRY(makeRoot(marker));
    const QString archive = m_work.filePath(QStringLiteral("root.tar"));
    // Without times and owners of this machine the same marker gives the same layer.
    DOCKERAUTO_TRY(runProcess(QStringLiteral("tar"),
        {QStringLiteral("--sort=name"), QStringLiteral("--mtime=@0"), QStringLiteral("--owner=0"),
            QStringLiteral("--group=0"), QStringLiteral("--numeric-owner"), QStringLiteral("-C"),
            m_work.filePath(QStringLiteral("root")), QStringLiteral("-cf"), archive, QStringLiteral(".")},
        std::chrono::seconds(20)));
    return archive;
}

core::Result<PublishedImage> TestImages::pushed(const ImageOptions &options, const QString &archive) const
{
    PublishedImage image;
    image.reference = reference(options);
    QStringList arguments{QStringLiteral("import")};
    for (const QString &change : changesOf(options)) {
        arguments << QStringLiteral("--change") << change;
    }
    DOCKERAUTO_TRY_ASSIGN(imported, m_lab.dockerCli(arguments << archive << image.reference));
    image.imageId = QString::fromLatin1(imported).trimmed();
    DOCKERAUTO_TRY_ASSIGN(output, m_lab.dockerCli({QStringLiteral("push"), image.reference}));
    static const QRegularExpression digest(QStringLiteral("digest: (sha256:[0-9a-f]{64})"));
    image.digest = digest.match(QString::fromLatin1(output)).captured(1);
    if (image.digest.isEmpty()) {
        return core::fail(core::ErrorCode::Internal,
            QStringLiteral("docker push told no digest: %1").arg(QString::fromUtf8(output)));
    }
    return image;
}

core::Result<PublishedImage> TestImages::publish(const ImageOptions &options)
{
    DOCKERAUTO_TRY_ASSIGN(archive, makeArchive(options.marker));
    const QString name = reference(options);
    const auto before = m_lab.dockerCli({QStringLiteral("image"), QStringLiteral("inspect"),
        QStringLiteral("--format"), QStringLiteral("{{.Id}}"), name});
    DOCKERAUTO_TRY_ASSIGN(image, pushed(options, archive));
    DOCKERAUTO_TRY(m_lab.dockerCli({QStringLiteral("rmi"), name}));
    if (before) {
        DOCKERAUTO_TRY(
            m_lab.dockerCli({QStringLiteral("tag"), QString::fromLatin1(*before).trimmed(), name}));
    }
    return image;
}

core::Result<PublishedImage> TestImages::publishAndPull(const ImageOptions &options)
{
    DOCKERAUTO_TRY_ASSIGN(image, publish(options));
    DOCKERAUTO_TRY(pull(image.reference));
    return image;
}

core::Result<> TestImages::pull(const QString &reference) const
{
    DOCKERAUTO_TRY(m_lab.dockerCli({QStringLiteral("pull"), QStringLiteral("-q"), reference}));
    return {};
}

} // namespace dockerauto::testsupport
