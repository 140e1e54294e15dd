#pragma once

#include <testsupport/scriptedhttpserver.h>

#include <QByteArray>
#include <QString>

#include <vector>

namespace dockerauto::testsupport {

/// A registry on 127.0.0.1 that does everything wrong, in threads of its own. What goes wrong is chosen by
/// the name of the repository, so that a test from outside can choose too: `HOST/evil/hang:1`.
/// `HOST/good/app:1` is an image without fault.
///
/// | repository | what it does |
/// |---|---|
/// | endless-401 | hands out tokens and accepts none |
/// | foreign-realm | wants the password for a token sent to another host |
/// | foreign-redirect | asks for a password and then redirects to another host |
/// | limit-seconds, limit-date, limit-text, limit-bare | 429: Retry-After as seconds, as a date, in the text,
/// not at all | | status-500, status-503 | that status | | hang, drip | no answer; one that never ends | |
/// truncated | half a JSON text, with nothing that says how long it is | | no-json, wrong-digest | a page for
/// people; other bytes than the digest says | | many-tags | 100,000 of them on one page, which is odd but
/// right | | null-tags | `"tags": null`, which is right | | link-loop, link-elsewhere | pages that run in a
/// circle; a next page at another host | | gzip-bomb | compressed, although nobody asked for that | |
/// huge-headers | 100 KB of them |
class EvilRegistry
{
public:
    explicit EvilRegistry(int port = 0);

    /// `127.0.0.1:port`
    [[nodiscard]] QString host() const { return m_server.host(); }
    [[nodiscard]] std::vector<ScriptedHttpServer::Request> requests() const { return m_server.requests(); }
    /// What arrived at the other host that it tries to send others to. Nothing secret may be among it.
    [[nodiscard]] std::vector<ScriptedHttpServer::Request> atOtherHost() const { return m_other.requests(); }

    /// What the repository good/app holds.
    [[nodiscard]] static QByteArray goodManifest();
    [[nodiscard]] static QByteArray goodDigest();

private:
    using Reply = ScriptedHttpServer::Reply;
    using Request = ScriptedHttpServer::Request;

    Reply reply(const Request &request) const;
    Reply misbehave(const QByteArray &trick, const Request &request) const;
    Reply signInTrick(const QByteArray &trick, const Request &request) const;
    /// The other host by another name than the registry's.
    [[nodiscard]] QByteArray otherAddress() const;

    ScriptedHttpServer m_other;
    ScriptedHttpServer m_server;
};

} // namespace dockerauto::testsupport
