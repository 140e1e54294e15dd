#include "foldercontent.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dockerauto::snapshots {
namespace {

constexpr int openFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

class Emptying
{
public:
    EmptyingResult result;

    /// Takes over the descriptor.
    void empty(int folder, int mount)
    {
        std::vector<std::string> names = namesIn(folder);
        for (const std::string &name : names) {
            remove(folder, name.c_str(), mount);
        }
        ::close(folder);
    }

private:
    // The names are read first: removing while reading may skip entries on some file systems.
    std::vector<std::string> namesIn(int folder)
    {
        std::vector<std::string> names;
        const int copy = ::dup(folder);
        DIR *entries = copy < 0 ? nullptr : ::fdopendir(copy);
        if (entries == nullptr) {
            failed(errno);
            if (copy >= 0) {
                ::close(copy);
            }
            return names;
        }
        errno = 0;
        while (const dirent *entry = ::readdir(entries)) {
            if (std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0) {
                names.emplace_back(entry->d_name);
            }
            errno = 0;
        }
        if (errno != 0) {
            failed(errno);
        }
        ::closedir(entries);
        return names;
    }

    void remove(int folder, const char *name, int mount)
    {
        if (::unlinkat(folder, name, 0) == 0) {
            ++result.removed;
            return;
        }
        const int why = errno;
        if (why == ENOENT) {
            return;
        }
        const int below = ::openat(folder, name, openFolder);
        if (below < 0) {
            // EBUSY: a single file that is mounted here; it is no part of this mount.
            if (why != EBUSY) {
                failed(why == EISDIR ? errno : why);
            }
            return;
        }
        if (mountOf(below) != mount) {
            ::close(below);
            return;
        }
        empty(below, mount);
        if (::unlinkat(folder, name, AT_REMOVEDIR) == 0) {
            ++result.removed;
        } else if (errno != ENOENT &&
                   !(holdsMounts(folder, name) && (errno == ENOTEMPTY || errno == EBUSY))) {
            failed(errno);
        }
    }

    // A folder stays where something is mounted below it; that is as it should be.
    static bool holdsMounts(int folder, const char *name)
    {
        const int below = ::openat(folder, name, openFolder);
        if (below < 0) {
            return false;
        }
        const int mount = mountOf(below);
        DIR *entries = ::fdopendir(below);
        if (entries == nullptr) {
            ::close(below);
            return false;
        }
        bool found = false;
        while (const dirent *entry = ::readdir(entries)) {
            if (found || std::strcmp(entry->d_name, ".") == 0 || std::strcmp(entry->d_name, "..") == 0) {
                continue;
            }
            const int inner = ::openat(below, entry->d_name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
            found = inner >= 0 && (mountOf(inner) != mount || holdsMounts(below, entry->d_name));
            if (inner >= 0) {
                ::close(inner);
            }
        }
        ::closedir(entries);
        return found;
    }

    void failed(int error)
    {
        if (result.error == 0) {
            result.error = error == 0 ? EIO : error;
        }
    }
};

} // namespace

int mountOf(int descriptor)
{
    char path[64];
    std::snprintf(path, sizeof path, "/proc/self/fdinfo/%d", descriptor);
    const int info = ::open(path, O_RDONLY | O_CLOEXEC);
    if (info < 0) {
        return -1;
    }
    char text[512];
    const ssize_t size = ::read(info, text, sizeof text - 1);
    ::close(info);
    text[size < 0 ? 0 : size] = '\0';
    const char *line = std::strstr(text, "mnt_id:");
    return line == nullptr ? -1 : std::atoi(line + std::strlen("mnt_id:"));
}

EmptyingResult emptyFolder(const char *path)
{
    Emptying emptying;
    const int folder = ::open(path, openFolder);
    if (folder < 0) {
        emptying.result.error = errno;
        return emptying.result;
    }
    const int mount = mountOf(folder);
    if (mount < 0) {
        // Without it other mounts can't be told apart, and their content would be at risk.
        ::close(folder);
        emptying.result.error = ENOTSUP;
        return emptying.result;
    }
    emptying.empty(folder, mount);
    return emptying.result;
}

} // namespace dockerauto::snapshots
