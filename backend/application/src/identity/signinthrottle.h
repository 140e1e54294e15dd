#pragma once

#include <core/clock.h>
#include <core/result.h>

#include <QByteArray>
#include <QHash>
#include <QString>

#include <chrono>
#include <mutex>

namespace dockerauto::application {

/// Slows guessing down without giving an attacker a way to lock somebody out. Failures count for the account
/// from one address, for the address, and for the account from everywhere; each has a growing pause, and the
/// last one does not concern an address from which the account has been signed in to. Known and unknown
/// accounts are treated alike. In memory, of bounded size. Thread-safe.
class SignInThrottle
{
public:
    explicit SignInThrottle(const core::Clock &clock) : m_clock(clock) {}

    /// RateLimited, with the time to wait, while there is a pause. Otherwise the attempt counts as failed
    /// until succeeded or withdrawn says something else, so that attempts at the same time count too.
    core::Result<> begin(const QString &account, const QString &address);
    void succeeded(const QString &account, const QString &address);
    /// The attempt came to no answer for a reason that is ours.
    void withdrawn(const QString &account, const QString &address);

private:
    using Time = std::chrono::steady_clock::time_point;

    /// How many failures are free and how long the pause may grow.
    struct Rule
    {
        int free;
        std::chrono::seconds longest;
    };
    struct Counter
    {
        int failures = 0;
        Time last{};
    };
    struct Keys
    {
        QByteArray pair;
        QByteArray address;
        QByteArray account;
    };

    static Keys keysOf(const QString &account, const QString &address);
    [[nodiscard]] std::chrono::seconds remaining(const QByteArray &key, const Rule &rule, Time now) const;
    void count(const QByteArray &key, Time now);
    void takeBack(const QByteArray &key);
    void makeRoom(Time now);

    static constexpr Rule pairRule{4, std::chrono::seconds(60)};
    static constexpr Rule addressRule{20, std::chrono::seconds(60)};
    static constexpr Rule accountRule{50, std::chrono::seconds(30)};

    const core::Clock &m_clock;
    std::mutex m_mutex;
    QHash<QByteArray, Counter> m_counters;
    /// Pairs that have signed in, with the time of it.
    QHash<QByteArray, Time> m_trusted;
};

} // namespace dockerauto::application
