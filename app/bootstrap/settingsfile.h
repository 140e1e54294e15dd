#pragma once

#include <core/result.h>

#include <QString>

#include <map>

namespace dockerauto::app {

/// A value of the settings file with the place where it stands, for messages.
struct FileValue
{
    QString text;
    int line = 0;
};

/// Reads a TOML file into `table.key` → value. InvalidArgument with file and line when it is no TOML or holds
/// something else than texts, whole numbers and true or false in tables.
core::Result<std::map<QString, FileValue>> readSettingsFile(const QString &path);

} // namespace dockerauto::app
