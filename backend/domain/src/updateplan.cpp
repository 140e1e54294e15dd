#include "domain/updateplan.h"

#include <QCryptographicHash>

namespace dockerauto::domain {

QString planHash(const PlanEssence &essence)
{
    const core::Json json{{"engineId", essence.engineId}, {"imageId", essence.imageId},
        {"candidateTag", essence.candidateTag}, {"candidateDigest", essence.candidateDigest},
        {"strategy", std::string(core::toText(essence.strategy))}, {"payload", essence.payload},
        {"dependants", essence.dependants}};
    // The library keeps the members of an object sorted, so equal values have equal texts.
    const std::string text = json.dump(-1, ' ', false, core::Json::error_handler_t::replace);
    const QByteArray digest = QCryptographicHash::hash(
        QByteArrayView(text.data(), static_cast<qsizetype>(text.size())), QCryptographicHash::Sha256);
    return QStringLiteral("sha256:") + QString::fromLatin1(digest.toHex());
}

} // namespace dockerauto::domain
