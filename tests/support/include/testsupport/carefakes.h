#pragma once

#include <ports/probes.h>
#include <ports/selfidentity.h>
#include <ports/volumesnapshots.h>

#include <QByteArray>

#include <map>
#include <mutex>

namespace dockerauto::testsupport {

/// Saved volumes in memory. Thread-safe.
class MemoryArchives final : public ports::ArchiveStore
{
public:
    core::Result<qint64> write(
        const QString &name, const std::function<core::Result<>(const ports::ByteSink &)> &produce) override
    {
        QByteArray content;
        DOCKERAUTO_TRY(produce([&](QByteArrayView part) -> core::Result<> {
            content.append(part);
            return {};
        }));
        const std::lock_guard lock(m_mutex);
        m_contents[name] = content;
        return content.size();
    }
    core::Result<> read(
        const QString &name, const std::function<core::Result<>(const ports::ByteSource &)> &consume) override
    {
        QByteArray content;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_contents.find(name);
            if (found == m_contents.end()) {
                return core::fail(core::ErrorCode::NotFound, QStringLiteral("No archive “%1”").arg(name));
            }
            content = found->second;
        }
        bool given = false;
        return consume([&]() -> core::Result<QByteArray> {
            return std::exchange(given, true) ? QByteArray() : content;
        });
    }
    core::Result<> remove(const QString &name) override
    {
        const std::lock_guard lock(m_mutex);
        m_contents.erase(name);
        return {};
    }
    [[nodiscard]] core::Result<qint64> freeBytes() const override { return qint64(1) << 40; }

private:
    std::mutex m_mutex;
    std::map<QString, QByteArray> m_contents;
};

/// Neither btrfs nor zfs.
class NoFileSystemSnapshots final : public ports::FileSystemSnapshots
{
public:
    std::optional<core::SnapshotMethod> methodFor(const QString &, const core::CallContext &) override
    {
        return std::nullopt;
    }
    core::Result<QString> take(
        core::SnapshotMethod, const QString &, const QString &, const core::CallContext &) override
    {
        return unsupported();
    }
    core::Result<> restore(
        core::SnapshotMethod, const QString &, const QString &, const core::CallContext &) override
    {
        return unsupported();
    }
    core::Result<> remove(core::SnapshotMethod, const QString &, const core::CallContext &) override
    {
        return unsupported();
    }

private:
    static core::Failure unsupported()
    {
        return core::fail(core::ErrorCode::Unsupported, QStringLiteral("no such file system here"));
    }
};

/// Answers every probe as told; passes unless told otherwise. Thread-safe.
class ScriptedProbes final : public ports::NetworkProbes
{
public:
    void fail(core::Error error)
    {
        const std::lock_guard lock(m_mutex);
        m_error = std::move(error);
    }
    core::Result<> ask(const domain::Probe &, const QString &, int, const core::CallContext &) override
    {
        const std::lock_guard lock(m_mutex);
        return m_error ? core::Result<>(core::fail(*m_error)) : core::Result<>();
    }

private:
    std::mutex m_mutex;
    std::optional<core::Error> m_error;
};

/// A program that runs in the named container, or in none.
class FixedIdentity final : public ports::SelfIdentity
{
public:
    explicit FixedIdentity(std::optional<QString> id = {}) : m_id(std::move(id)) {}
    [[nodiscard]] std::optional<QString> containerId() const override { return m_id; }
    [[nodiscard]] QString executable() const override
    {
        return QStringLiteral("/usr/bin/docker-auto-server");
    }

private:
    std::optional<QString> m_id;
};

} // namespace dockerauto::testsupport
