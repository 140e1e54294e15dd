#pragma once

#include <core/result.h>
#include <core/secret.h>
#include <ports/security.h>

#include <QString>

namespace dockerauto::security {

/// A file that holds one secret key of 32 bytes and nothing else.
class KeyFile
{
public:
    static constexpr int keySize = 32;

    /// The key in the file; a new random one is put there first when there is no file. The folder must exist.
    /// When two programs start at once, both get the same key. What the file says is on disk before this
    /// returns. PermissionDenied when others than its owner may read it or it is not ours, Corrupt when it is
    /// no key, Unavailable when the file system refuses.
    static core::Result<core::Secret> readOrCreate(const QString &path, ports::Randomness &randomness);
};

} // namespace dockerauto::security
