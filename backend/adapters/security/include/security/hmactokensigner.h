#pragma once

#include <ports/security.h>

#include <QString>

namespace dockerauto::security {

/// Access tokens signed with HS256 for one issuer and one audience. A token that lives longer than fifteen
/// minutes is refused, whoever signed it.
class HmacTokenSigner final : public ports::TokenSigner
{
public:
    /// `key` has at least 32 bytes.
    HmacTokenSigner(core::Secret key, QString issuer, QString audience);

    QByteArray sign(const core::Json &claims) override;
    core::Result<core::Json> verify(const QByteArray &token, core::Timestamp now) override;

private:
    [[nodiscard]] bool accepts(const core::Json &claims, core::Timestamp now) const;

    core::Secret m_key;
    QString m_issuer;
    QString m_audience;
};

} // namespace dockerauto::security
