#pragma once

#include <core/vocabulary.h>

#include <QString>

#include <optional>

namespace dockerauto::domain {

/// Software whose data directory a newer major version converts, or refuses to read, so that the way back
/// needs a copy of the data.
struct StatefulSoftware
{
    /// PostgreSQL, MariaDB, …
    QString name;
};

/// By the last component of the repository: `docker.io/library/postgres` and `ghcr.io/someone/postgres`
/// alike.
std::optional<StatefulSoftware> statefulSoftware(const QString &repository);

/// Whether volumes are to be saved before a step of this size, and why; no reason means no.
struct BackupAdvice
{
    bool recommended = false;
    QString reason;
};
BackupAdvice backupAdvice(const QString &repository, core::Bump bump);

} // namespace dockerauto::domain
