#include "security/sodiumsecretbox.h"

#include "security/aead.h"

namespace dockerauto::security {

using core::ErrorCode;

namespace {

constexpr char version = 1;
constexpr qsizetype maxIdSize = 255;

core::Failure corrupt(const char *why)
{
    return core::fail(
        ErrorCode::Corrupt, QStringLiteral("A sealed secret cannot be opened: %1").arg(QLatin1String(why)));
}

/// What stands before the nonce: the version and the id of the key.
QByteArray headOf(const QByteArray &keyId)
{
    return QByteArray(1, version) + static_cast<char>(keyId.size()) + keyId;
}

} // namespace

SodiumSecretBox::SodiumSecretBox(
    std::map<QByteArray, core::Secret> keys, QByteArray current, ports::Randomness &randomness)
    : m_keys(std::move(keys)), m_current(std::move(current)), m_randomness(randomness)
{
    Q_ASSERT(m_keys.contains(m_current) && m_current.size() <= maxIdSize);
}

QByteArray SodiumSecretBox::seal(const core::Secret &secret, const QByteArray &place)
{
    const QByteArray head = headOf(m_current);
    const QByteArray nonce = m_randomness.bytes(aead::nonceSize);
    // The head says where it ends, so head and place cannot be cut in another way.
    return head + nonce + aead::seal(m_keys.at(m_current), nonce, head + place, secret);
}

core::Result<core::Secret> SodiumSecretBox::open(const QByteArray &sealed, const QByteArray &place)
{
    if (sealed.size() < 2 || sealed[0] != version) {
        return corrupt("it has another form");
    }
    const QByteArray keyId = sealed.mid(2, static_cast<unsigned char>(sealed[1]));
    const QByteArray head = headOf(keyId);
    if (sealed.size() < head.size() + aead::nonceSize + aead::tagSize || !sealed.startsWith(head)) {
        return corrupt("a part of it is missing");
    }
    const auto key = m_keys.find(keyId);
    if (key == m_keys.end()) {
        return corrupt("the key that it was sealed with is not there");
    }
    const QByteArray nonce = sealed.mid(head.size(), aead::nonceSize);
    const QByteArray content = sealed.mid(head.size() + aead::nonceSize);
    auto opened = aead::open(
        key->second, nonce, head + place, content.chopped(aead::tagSize), content.right(aead::tagSize));
    if (!opened) {
        return corrupt("it was changed, moved, or sealed with another key");
    }
    return opened;
}

} // namespace dockerauto::security
