#pragma once

#include <core/result.h>

#include <QString>

namespace dockerauto::application {

/// Whether a person may choose the password: 15 to 256 characters of any kind, none of the ones that
/// everybody tries. InvalidArgument with the path `password` says which rule it breaks. Rules of OWASP
/// ASVS 5.0, 6.2.
core::Result<> checkNewPassword(const QString &password, const QString &email);

/// The address in lower case without blanks around it; InvalidArgument with the path `email` when it cannot
/// be one.
core::Result<QString> normalizeEmail(const QString &text);

} // namespace dockerauto::application
