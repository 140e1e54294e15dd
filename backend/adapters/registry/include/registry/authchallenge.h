#pragma once

#include <core/result.h>

#include <QByteArray>
#include <QString>

#include <map>
#include <vector>

namespace dockerauto::registry {

/// One challenge of a WWW-Authenticate header (RFC 9110, 11.6.1).
struct AuthChallenge
{
    /// In lower case.
    QString scheme;
    /// By names in lower case; values without their quotes and escapes.
    std::map<QString, QString> parameters;

    friend bool operator==(const AuthChallenge &, const AuthChallenge &) = default;
};

/// The challenges of a header's value, in order. A header may hold several, and a server may send several
/// headers. A token68 is read and left out. InvalidArgument when the value breaks the grammar.
core::Result<std::vector<AuthChallenge>> parseChallenges(const QByteArray &header);

} // namespace dockerauto::registry
