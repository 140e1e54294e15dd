#pragma once

#include <core/callcontext.h>
#include <core/result.h>
#include <ports/storage.h>

#include <QString>

#include <chrono>
#include <memory>

namespace dockerauto::storage {

/// Everything in one SQLite file, for one process at a time. An acknowledged write survives the death of the
/// process and of the machine. A write that fails for want of space works again as soon as there is some,
/// without a restart. Resources: resources/docs/storage.md.
///
/// Needs a QCoreApplication, which finds the driver. No call may be under way when it is destroyed.
class SqliteStorage final : public ports::Storage
{
public:
    struct Options
    {
        /// Threads, and so connections, that read; the one that writes comes on top.
        int readers = 2;
        /// How long to wait for another program (a backup, a shell) that keeps the file locked.
        std::chrono::milliseconds busyTimeout{5'000};
        /// The file may not grow beyond this; 0 for no limit. Reaching it is answered like a full disk.
        qint64 maxBytes = 0;
    };

    /// Opens the file, or makes it and its folder, checks it and brings its schema up to date. Blocks for as
    /// long as the check takes: about a second for a million rows.
    ///
    /// Unavailable when another Docker Auto uses the file, or it cannot be read or written. Corrupt when it
    /// is damaged, no database, or was made by other migrations than those of this program. Unsupported when
    /// a newer Docker Auto has written it, InvalidArgument when another program has. A file that is refused
    /// stays as it is.
    static core::Result<std::unique_ptr<SqliteStorage>> open(const QString &path, const Options &options);
    static core::Result<std::unique_ptr<SqliteStorage>> open(const QString &path);

    ~SqliteStorage() override;
    SqliteStorage(const SqliteStorage &) = delete;
    SqliteStorage &operator=(const SqliteStorage &) = delete;

    /// Runs `work` on the thread that writes. Timeout or Cancelled mean that nothing was written. Once `work`
    /// has begun the call waits for its end; a deadline that passes meanwhile stops it at its next statement.
    core::Result<> write(const Work &work, const core::CallContext &context) override;
    /// Runs `work` on one of the threads that read. An attempt to write is refused.
    core::Result<> read(const Work &work, const core::CallContext &context) override;

private:
    struct Parts;
    explicit SqliteStorage(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

} // namespace dockerauto::storage
