#include "domain/updateplan.h"

#include <QCryptographicHash>

namespace dockerauto::domain {

QString planHash(const PlanEssence &essence)
{
    // Keys of objects are sorted, so equal essences have equal texts.
    const core::Json text{{"engine", essence.engineId}, {"image", essence.imageId},
        {"tag", essence.candidateTag}, {"digest", essence.candidateDigest},
        {"strategy", std::string(core::toText(essence.strategy))}, {"payload", essence.payload},
        {"dependants", essence.dependants}};
    const QByteArray bytes = QByteArray::fromStdString(core::writeJson(text));
    return QStringLiteral("sha256:") +
           QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

} // namespace dockerauto::domain
