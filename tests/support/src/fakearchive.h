#pragma once

#include <core/result.h>

#include <QByteArray>
#include <QString>

#include <map>
#include <set>

namespace dockerauto::testsupport {

struct ArchiveContent
{
    /// Names without a slash at their end.
    std::set<QString> folders;
    std::map<QString, QByteArray> files;
};

/// As ustar (POSIX.1-2017, pax). Names are shorter than 100 bytes.
QByteArray writeArchive(const ArchiveContent &content);

/// Folders and regular files; InvalidArgument for what is no archive.
core::Result<ArchiveContent> readArchive(const QByteArray &bytes);

} // namespace dockerauto::testsupport
