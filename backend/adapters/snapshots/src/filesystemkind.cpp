#include "filesystemkind.h"

#include "foldercontent.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace dockerauto::snapshots {
namespace {

// linux/magic.h has the first; the second is OpenZFS's own.
constexpr quint32 btrfsMagic = 0x9123683E;
constexpr quint32 zfsMagic = 0x2FC12FC1;
/// The number of a subvolume's root on every btrfs.
constexpr ino_t subvolumeRoot = 256;

class OpenFolder
{
public:
    explicit OpenFolder(const QByteArray &path)
        : m_descriptor(::open(path.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
    {
    }
    ~OpenFolder()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    OpenFolder(const OpenFolder &) = delete;
    OpenFolder &operator=(const OpenFolder &) = delete;
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

} // namespace

std::optional<core::SnapshotMethod> kindOfFolder(const QString &path)
{
    const QByteArray encoded = QFile::encodeName(path);
    const OpenFolder folder(encoded);
    const OpenFolder parent(encoded + "/..");
    struct statfs system
    {
    };
    struct stat status
    {
    };
    if (folder.descriptor() < 0 || parent.descriptor() < 0 || ::fstatfs(folder.descriptor(), &system) != 0 ||
        ::fstat(folder.descriptor(), &status) != 0) {
        return std::nullopt;
    }
    const bool mountedByItself = mountOf(folder.descriptor()) != mountOf(parent.descriptor());
    const auto magic = static_cast<quint32>(system.f_type);
    if (magic == btrfsMagic && status.st_ino == subvolumeRoot && !mountedByItself) {
        return core::SnapshotMethod::Btrfs;
    }
    if (magic == zfsMagic && mountedByItself) {
        return core::SnapshotMethod::Zfs;
    }
    return std::nullopt;
}

} // namespace dockerauto::snapshots
