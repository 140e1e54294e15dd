// docker-auto-volume FOLDER…: empties the folders. Docker Auto puts it into a container of its own, in which
// volumes are mounted that are about to get their saved content back. Exit codes: see below.

#include "foldercontent.h"

#include <cerrno>

#include <sys/resource.h>

namespace {

// Every level of a deep tree needs a descriptor.
void raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int main(int count, char **arguments)
{
    constexpr int wrongUse = 2;
    constexpr int failed = 10;
    constexpr int notPermitted = 11;
    constexpr int readOnly = 12;
    if (count < 2) {
        return wrongUse;
    }
    raiseFileLimit();
    int code = 0;
    for (int index = 1; index < count; ++index) {
        const int error = dockerauto::snapshots::emptyFolder(arguments[index]).error;
        if (error != 0) {
            code = error == EPERM || error == EACCES ? notPermitted : error == EROFS ? readOnly : failed;
        }
    }
    return code;
}
