#pragma once

#include <contracts/principal.h>
#include <core/clock.h>
#include <core/result.h>
#include <ports/security.h>

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <mutex>
#include <optional>

namespace dockerauto::application {

/// One-time tickets, in memory, of bounded number. Thread-safe.
class TicketBook
{
public:
    static constexpr std::chrono::seconds life{30};

    TicketBook(ports::Randomness &randomness, const core::Clock &clock)
        : m_randomness(randomness), m_clock(clock)
    {
    }

    /// RateLimited when too many are open.
    core::Result<QByteArray> issue(const contracts::Principal &owner);
    /// The owner; the ticket is used up, even when it is too old.
    std::optional<contracts::Principal> redeem(const QByteArray &ticket);
    /// The tickets of a session that has ended.
    void drop(const core::SessionId &session);

private:
    struct Entry
    {
        contracts::Principal owner;
        std::chrono::steady_clock::time_point until;
    };

    ports::Randomness &m_randomness;
    const core::Clock &m_clock;
    std::mutex m_mutex;
    /// By the hash of the ticket, so that a look-up tells nothing by its time.
    QHash<QByteArray, Entry> m_entries;
};

} // namespace dockerauto::application
