#pragma once

#include <core/result.h>
#include <testsupport/testlab.h>

#include <QMap>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace dockerauto::e2e {

/// Images that hold the program itself, as it was built, with the libraries that it needs and nothing else.
class SelfImage
{
public:
    explicit SelfImage(testsupport::TestLab lab) : m_lab(std::move(lab)) {}

    struct Version
    {
        /// A label of that name tells the versions apart.
        QString version;
        /// Options of the entrypoint, before those of the container.
        QStringList options = {};
    };
    /// Puts it into the registry under this reference. What the engine has under it stays.
    core::Result<> publish(const QString &reference, const Version &version);

    /// Where the program is in the image.
    [[nodiscard]] static QString program() { return QStringLiteral("/usr/bin/docker-auto-server"); }
    /// The variables that it needs to start.
    [[nodiscard]] static QString pluginPath() { return QStringLiteral("/plugins"); }

private:
    core::Result<> makeArchive();
    core::Result<> add(const QString &file, const QString &path);
    core::Result<> addLibrariesOf(const QString &file);

    testsupport::TestLab m_lab;
    QTemporaryDir m_work;
    QString m_archive;
};

} // namespace dockerauto::e2e
