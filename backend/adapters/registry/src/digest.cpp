#include "digest.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace dockerauto::registry {

bool isDigest(const QString &text)
{
    static const QRegularExpression form(QStringLiteral(R"(\A(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})\z)"));
    return form.match(text).hasMatch();
}

QString digestOf(const QByteArray &bytes, const QString &like)
{
    const bool longer = like.startsWith(QLatin1String("sha512:"));
    const auto hash =
        QCryptographicHash::hash(bytes, longer ? QCryptographicHash::Sha512 : QCryptographicHash::Sha256);
    const QString algorithm = longer ? QStringLiteral("sha512:") : QStringLiteral("sha256:");
    return algorithm + QString::fromLatin1(hash.toHex());
}

bool sameAlgorithm(const QString &a, const QString &b)
{
    return a.section(QLatin1Char(':'), 0, 0) == b.section(QLatin1Char(':'), 0, 0);
}

} // namespace dockerauto::registry
