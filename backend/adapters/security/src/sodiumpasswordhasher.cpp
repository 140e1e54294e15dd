#include "security/sodiumpasswordhasher.h"

#include "sodiumstart.h"

#include <QRegularExpression>

#include <sodium.h>

#include <array>
#include <cerrno>

namespace dockerauto::security {

using core::ErrorCode;

namespace {

constexpr int maxRunning = 2;
constexpr int maxWaiting = 32;
constexpr quint64 memoryKiB = 64 * 1024;
constexpr quint64 passes = 2;
constexpr quint64 maxPasses = 4;
constexpr quint64 maxLanes = 4;
// Four times what a person may choose; hashing is not a way to make us read megabytes.
constexpr qsizetype maxPasswordBytes = 4096;

bool withinLimits(const QString &encoded)
{
    static const QRegularExpression form(QStringLiteral(
        R"(\A\$argon2id\$v=19\$m=([1-9][0-9]{0,9}),t=([1-9][0-9]{0,9}),p=([1-9][0-9]{0,7})\$[A-Za-z0-9+/]{11,88}\$[A-Za-z0-9+/]{22,88}\z)"));
    const auto match = form.match(encoded);
    if (!match.hasMatch()) {
        return false;
    }
    const quint64 memory = match.capturedView(1).toULongLong();
    const quint64 lanes = match.capturedView(3).toULongLong();
    return memory <= memoryKiB && memory >= 8 * lanes && match.capturedView(2).toULongLong() <= maxPasses &&
           lanes <= maxLanes;
}

core::Failure noMemory()
{
    return core::fail(ErrorCode::Unavailable,
        QStringLiteral("There is not enough memory to check a password. Try again in a moment."));
}

} // namespace

/// The right to compute, given back when it ends.
class SodiumPasswordHasher::Turn
{
public:
    explicit Turn(SodiumPasswordHasher &hasher) : m_hasher(hasher) {}
    ~Turn() { m_hasher.endTurn(); }
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;

private:
    SodiumPasswordHasher &m_hasher;
};

SodiumPasswordHasher::SodiumPasswordHasher()
{
    startSodium();
}

core::Result<> SodiumPasswordHasher::takeTurn(const core::CallContext &context)
{
    DOCKERAUTO_TRY(context.check());
    std::unique_lock lock(m_mutex);
    if (m_running >= maxRunning) {
        if (m_waiting >= maxWaiting) {
            return core::fail(ErrorCode::RateLimited,
                QStringLiteral("Too many people are signing in at once. Try again in a few seconds."));
        }
        ++m_waiting;
        const bool free = m_free.wait_until(
            lock, context.stop, context.deadline.at(), [this] { return m_running < maxRunning; });
        --m_waiting;
        if (!free) {
            lock.unlock();
            DOCKERAUTO_TRY(context.check());
            return core::fail(ErrorCode::Timeout, QStringLiteral("The time for this ran out"));
        }
    }
    ++m_running;
    return {};
}

void SodiumPasswordHasher::endTurn()
{
    {
        const std::scoped_lock lock(m_mutex);
        --m_running;
    }
    m_free.notify_one();
}

core::Result<QString> SodiumPasswordHasher::hash(
    const core::Secret &password, const core::CallContext &context)
{
    if (password.reveal().size() > maxPasswordBytes) {
        return core::fail(ErrorCode::InvalidArgument, QStringLiteral("The password is too long"));
    }
    DOCKERAUTO_TRY(takeTurn(context));
    const Turn turn(*this);
    std::array<char, crypto_pwhash_STRBYTES> encoded{};
    if (crypto_pwhash_argon2id_str(encoded.data(), password.reveal().constData(),
            static_cast<unsigned long long>(password.reveal().size()), passes, memoryKiB * 1024) != 0) {
        return noMemory();
    }
    return QString::fromLatin1(encoded.data());
}

core::Result<bool> SodiumPasswordHasher::verify(
    const QString &encoded, const core::Secret &password, const core::CallContext &context)
{
    const auto corrupt = [] {
        return core::fail(
            ErrorCode::Corrupt, QStringLiteral("The stored form of the password cannot be used"));
    };
    if (!withinLimits(encoded)) {
        return corrupt();
    }
    if (password.reveal().size() > maxPasswordBytes) {
        return false;
    }
    DOCKERAUTO_TRY(takeTurn(context));
    const Turn turn(*this);
    errno = 0;
    if (crypto_pwhash_argon2id_str_verify(encoded.toLatin1().constData(), password.reveal().constData(),
            static_cast<unsigned long long>(password.reveal().size())) == 0) {
        return true;
    }
    // The library tells a wrong password from other failures by errno alone.
    if (errno == EINVAL) {
        return false;
    }
    return errno == ENOMEM ? core::Result<bool>(noMemory()) : core::Result<bool>(corrupt());
}

} // namespace dockerauto::security
