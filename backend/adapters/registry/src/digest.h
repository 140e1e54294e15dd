#pragma once

#include <QByteArray>
#include <QString>

namespace dockerauto::registry {

/// Whether the text is a digest that can be checked: sha256 or sha512 with lower-case hexadecimal digits.
bool isDigest(const QString &text);
/// The digest of the bytes, with the algorithm of `like`, or with sha256.
QString digestOf(const QByteArray &bytes, const QString &like = {});
/// Whether both are of one algorithm, so that they can be compared.
bool sameAlgorithm(const QString &a, const QString &b);

} // namespace dockerauto::registry
