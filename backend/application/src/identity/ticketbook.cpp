#include "identity/ticketbook.h"

#include <QCryptographicHash>

namespace dockerauto::application {

namespace {

constexpr int ticketBytes = 32;
constexpr qsizetype maxOpen = 1000;
constexpr qsizetype maxTicketLength = 256;

QByteArray hashOf(const QByteArray &ticket)
{
    return QCryptographicHash::hash(ticket, QCryptographicHash::Sha256);
}

} // namespace

core::Result<QByteArray> TicketBook::issue(const contracts::Principal &owner)
{
    const QByteArray ticket = m_randomness.bytes(ticketBytes)
                                  .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const auto now = m_clock.steadyNow();
    const std::scoped_lock lock(m_mutex);
    if (m_entries.size() >= maxOpen) {
        m_entries.removeIf([&](const auto &entry) { return entry.value().until <= now; });
    }
    if (m_entries.size() >= maxOpen) {
        return core::fail(core::ErrorCode::RateLimited,
            QStringLiteral("Too many tickets are open. Try again in %1 s.").arg(life.count()));
    }
    m_entries.insert(hashOf(ticket), {owner, now + life});
    return ticket;
}

std::optional<contracts::Principal> TicketBook::redeem(const QByteArray &ticket)
{
    if (ticket.size() > maxTicketLength) {
        return std::nullopt;
    }
    const std::scoped_lock lock(m_mutex);
    const auto entry = m_entries.constFind(hashOf(ticket));
    if (entry == m_entries.cend()) {
        return std::nullopt;
    }
    const Entry found = *entry;
    m_entries.erase(entry);
    return found.until > m_clock.steadyNow() ? std::optional(found.owner) : std::nullopt;
}

void TicketBook::drop(const core::SessionId &session)
{
    const std::scoped_lock lock(m_mutex);
    m_entries.removeIf([&](const auto &entry) { return entry.value().owner.session == session; });
}

} // namespace dockerauto::application
