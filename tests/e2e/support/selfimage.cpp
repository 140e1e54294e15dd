#include "selfimage.h"

#include <core/json.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>

namespace dockerauto::e2e {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;

namespace {

Result<QString> outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        return fail(ErrorCode::Internal,
            QStringLiteral("%1 %2: %3")
                .arg(program, arguments.join(u' '), QString::fromUtf8(process.readAllStandardError())));
    }
    return QString::fromUtf8(process.readAllStandardOutput());
}

} // namespace

Result<> SelfImage::add(const QString &file, const QString &path)
{
    const QString target = m_work.filePath(QStringLiteral("root") + path);
    if (QFile::exists(target)) {
        return {};
    }
    QDir().mkpath(QFileInfo(target).path());
    // Without symbols an image is a tenth of the size.
    DOCKERAUTO_TRY(outputOf(QStringLiteral("strip"), {QStringLiteral("-o"), target, file}));
    return addLibrariesOf(file);
}

Result<> SelfImage::addLibrariesOf(const QString &file)
{
    DOCKERAUTO_TRY_ASSIGN(listed, outputOf(QStringLiteral("ldd"), {file}));
    static const QRegularExpression library(QStringLiteral("(/\\S+) \\(0x"));
    for (auto found = library.globalMatch(listed); found.hasNext();) {
        const QString path = found.next().captured(1);
        const QString target = m_work.filePath(QStringLiteral("root") + path);
        if (!QFile::exists(target)) {
            QDir().mkpath(QFileInfo(target).path());
            DOCKERAUTO_TRY(outputOf(QStringLiteral("strip"),
                {QStringLiteral("-o"), target, QFileInfo(path).canonicalFilePath()}));
        }
    }
    return {};
}

Result<> SelfImage::makeArchive()
{
    DOCKERAUTO_TRY(add(QStringLiteral(DOCKERAUTO_SERVER), program()));
    const QString driver = QStringLiteral("/sqldrivers/libqsqlite.so");
    DOCKERAUTO_TRY(add(QLibraryInfo::path(QLibraryInfo::PluginsPath) + driver, pluginPath() + driver));
    for (const char *folder : {"root/tmp", "root/data", "root/etc"}) {
        QDir().mkpath(m_work.filePath(QString::fromLatin1(folder)));
    }
    const QString archive = m_work.filePath(QStringLiteral("root.tar"));
    DOCKERAUTO_TRY(outputOf(QStringLiteral("tar"),
        {QStringLiteral("--sort=name"), QStringLiteral("--mtime=@0"), QStringLiteral("--owner=0"),
            QStringLiteral("--group=0"), QStringLiteral("-C"), m_work.filePath(QStringLiteral("root")),
            QStringLiteral("-cf"), archive, QStringLiteral(".")}));
    m_archive = archive;
    return {};
}

Result<> SelfImage::publish(const QString &reference, const Version &version)
{
    if (m_archive.isEmpty()) {
        DOCKERAUTO_TRY(makeArchive());
    }
    const auto before = m_lab.dockerCli({QStringLiteral("image"), QStringLiteral("inspect"),
        QStringLiteral("--format"), QStringLiteral("{{.Id}}"), reference});
    Json entrypoint = Json::array({program()});
    for (const QString &option : version.options) {
        entrypoint.push_back(option);
    }
    const QStringList changes{
        QStringLiteral("ENTRYPOINT ") + QString::fromStdString(core::writeJson(entrypoint)),
        QStringLiteral("ENV QT_PLUGIN_PATH=") + pluginPath(), QStringLiteral("VOLUME /data"),
        QStringLiteral("LABEL version=") + version.version};
    QStringList arguments{QStringLiteral("import")};
    for (const QString &change : changes) {
        arguments << QStringLiteral("--change") << change;
    }
    DOCKERAUTO_TRY(m_lab.dockerCli(arguments << m_archive << reference, std::chrono::seconds(120)));
    DOCKERAUTO_TRY(m_lab.dockerCli({QStringLiteral("push"), reference}, std::chrono::seconds(120)));
    DOCKERAUTO_TRY(m_lab.dockerCli({QStringLiteral("rmi"), reference}));
    if (before) {
        DOCKERAUTO_TRY(
            m_lab.dockerCli({QStringLiteral("tag"), QString::fromLatin1(*before).trimmed(), reference}));
    }
    return {};
}

} // namespace dockerauto::e2e
