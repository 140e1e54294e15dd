#pragma once

#include <QByteArray>
#include <QString>

namespace dockerauto::credentials {

inline QString helperProgram(const QString &name)
{
    return QStringLiteral("docker-credential-") + name;
}

/// What a helper prints, beside a status that is not 0, when it keeps nothing for the server.
inline bool saysNotFound(const QByteArray &output)
{
    return output.trimmed() == "credentials not found in native keychain";
}

} // namespace dockerauto::credentials
