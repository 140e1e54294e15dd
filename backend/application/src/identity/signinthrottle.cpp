#include "identity/signinthrottle.h"

#include <QCryptographicHash>

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace dockerauto::application {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype maxEntries = 20'000;
/// After so long without a failure everything is forgotten.
constexpr auto memoryOfFailures = 15min;
constexpr auto memoryOfTrust = std::chrono::hours(24 * 30);

/// Of an IPv6 address the network of 64 bits, since one person has all addresses of it.
QByteArray networkOf(const QString &address)
{
    std::array<char, 16> bytes{};
    constexpr int networkBytes = 8;
    if (::inet_pton(AF_INET6, address.toLatin1().constData(), bytes.data()) != 1) {
        return address.toUtf8();
    }
    const QByteArray mapped = QByteArray::fromHex("00000000000000000000ffff");
    const QByteArray all(bytes.data(), static_cast<qsizetype>(bytes.size()));
    return all.startsWith(mapped) ? all.toHex() : all.left(networkBytes).toHex();
}

/// Hashed, so that long texts take no room.
QByteArray keyOf(char kind, const QByteArray &first, const QByteArray &second = {})
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray(1, kind));
    hash.addData(QByteArray::number(first.size()));
    hash.addData(QByteArray(1, ':'));
    hash.addData(first);
    hash.addData(second);
    return hash.result().left(16);
}

} // namespace

SignInThrottle::Keys SignInThrottle::keysOf(const QString &account, const QString &address)
{
    const QByteArray network = networkOf(address);
    return {keyOf('p', network, account.toUtf8()), keyOf('a', network), keyOf('u', account.toUtf8())};
}

std::chrono::seconds SignInThrottle::remaining(const QByteArray &key, const Rule &rule, Time now) const
{
    const auto counter = m_counters.constFind(key);
    if (counter == m_counters.cend() || counter->failures < rule.free) {
        return 0s;
    }
    const int doublings = std::min(counter->failures - rule.free, 10);
    const auto pause = std::min<std::chrono::seconds>(rule.longest, std::chrono::seconds(1LL << doublings));
    return std::max(0s, std::chrono::ceil<std::chrono::seconds>(counter->last + pause - now));
}

core::Result<> SignInThrottle::begin(const QString &account, const QString &address)
{
    const Keys keys = keysOf(account, address);
    const Time now = m_clock.steadyNow();
    const std::scoped_lock lock(m_mutex);
    makeRoom(now);
    auto wait = std::max(remaining(keys.pair, pairRule, now), remaining(keys.address, addressRule, now));
    if (!m_trusted.contains(keys.pair)) {
        wait = std::max(wait, remaining(keys.account, accountRule, now));
    }
    if (wait > 0s) {
        return core::fail(core::ErrorCode::RateLimited,
            QStringLiteral("There were too many attempts to sign in. Try again in %1 s.").arg(wait.count()));
    }
    for (const QByteArray &key : {keys.pair, keys.address, keys.account}) {
        count(key, now);
    }
    return {};
}

void SignInThrottle::succeeded(const QString &account, const QString &address)
{
    const Keys keys = keysOf(account, address);
    const std::scoped_lock lock(m_mutex);
    m_counters.remove(keys.pair);
    takeBack(keys.address);
    takeBack(keys.account);
    m_trusted.insert(keys.pair, m_clock.steadyNow());
}

void SignInThrottle::withdrawn(const QString &account, const QString &address)
{
    const Keys keys = keysOf(account, address);
    const std::scoped_lock lock(m_mutex);
    for (const QByteArray &key : {keys.pair, keys.address, keys.account}) {
        takeBack(key);
    }
}

void SignInThrottle::count(const QByteArray &key, Time now)
{
    Counter &counter = m_counters[key];
    if (counter.last + memoryOfFailures < now) {
        counter.failures = 0;
    }
    ++counter.failures;
    counter.last = now;
}

void SignInThrottle::takeBack(const QByteArray &key)
{
    const auto counter = m_counters.find(key);
    if (counter != m_counters.end() && --counter->failures <= 0) {
        m_counters.erase(counter);
    }
}

void SignInThrottle::makeRoom(Time now)
{
    if (m_counters.size() >= maxEntries) {
        m_counters.removeIf([&](const auto &entry) { return entry.value().last + memoryOfFailures < now; });
    }
    // A flood of new names: the single failures are what can be forgotten with the least harm.
    for (int failures = 1; m_counters.size() >= maxEntries; failures *= 2) {
        m_counters.removeIf([&](const auto &entry) { return entry.value().failures <= failures; });
    }
    if (m_trusted.size() >= maxEntries) {
        m_trusted.removeIf([&](const auto &entry) { return entry.value() + memoryOfTrust < now; });
    }
    if (m_trusted.size() >= maxEntries) {
        m_trusted.clear();
    }
}

} // namespace dockerauto::application
