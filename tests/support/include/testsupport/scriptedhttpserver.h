#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <functional>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <poll.h>
#include <stop_token>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace dockerauto::testsupport {

/// A server on 127.0.0.1 that answers what a test says, right or wrong, byte for byte. One thread a
/// connection. A client that speaks TLS is cut off.
class ScriptedHttpServer
{
public:
    struct Request
    {
        QByteArray method;
        QByteArray target;
        /// The head as it came, without the first line.
        QByteArray head;
        QByteArray body = {};

        /// The value of a field, or nothing.
        [[nodiscard]] QByteArray field(const QByteArray &name) const
        {
            for (const QByteArray &line : head.split('\n')) {
                if (line.left(name.size() + 1).toLower() == name.toLower() + ':') {
                    return line.mid(name.size() + 1).trimmed();
                }
            }
            return {};
        }
    };
    struct Reply
    {
        QByteArray bytes;
        /// What happens after the bytes.
        enum class Then
        {
            KeepOpen,
            Close,
            Hang,
            Drip
        } then = Then::KeepOpen;
    };
    using Script = std::function<Reply(const Request &)>;

    /// On a port of its own choice, or on the given one.
    explicit ScriptedHttpServer(Script script, int port = 0) : m_script(std::move(script))
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int yes = 1;
        ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        const bool bound = ::bind(m_listener, reinterpret_cast<sockaddr *>(&address), size) == 0;
        constexpr int backlog = 256;
        if (!bound || ::listen(m_listener, backlog) != 0) {
            qFatal("Port %d cannot be opened: is somebody else using it?", port);
        }
        ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_acceptor = std::jthread([this](const std::stop_token &stop) { accept(stop); });
    }
    ~ScriptedHttpServer()
    {
        m_acceptor.request_stop();
        m_acceptor.join();
        m_connections.clear();
        ::close(m_listener);
    }
    ScriptedHttpServer(const ScriptedHttpServer &) = delete;
    ScriptedHttpServer &operator=(const ScriptedHttpServer &) = delete;

    [[nodiscard]] int port() const { return m_port; }
    /// `127.0.0.1:port`
    [[nodiscard]] QString host() const { return QStringLiteral("127.0.0.1:%1").arg(m_port); }
    /// What was asked so far.
    [[nodiscard]] std::vector<Request> requests() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_requests;
    }
    /// How many connections sent at least one request.
    [[nodiscard]] int connections() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_used;
    }

    /// A whole answer. `fields` are lines without their ends.
    static Reply answer(int status, const QByteArrayList &fields = {}, const QByteArray &body = {})
    {
        QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\n";
        for (const QByteArray &field : fields) {
            bytes += field + "\r\n";
        }
        return {bytes + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body};
    }

private:
    void accept(const std::stop_token &stop)
    {
        while (!stop.stop_requested()) {
            if (!readable(m_listener)) {
                continue;
            }
            const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (client >= 0) {
                // Long answers are written in pieces.
                const int yes = 1;
                ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                m_connections.emplace_back([this, client](const std::stop_token &ended) {
                    serve(client, ended);
                    ::close(client);
                });
            }
        }
    }

    /// Waits a little, so that the end of the test is noticed.
    static bool readable(int fd)
    {
        pollfd entry{fd, POLLIN, 0};
        constexpr int milliseconds = 20;
        return ::poll(&entry, 1, milliseconds) > 0;
    }

    static bool write(int client, const QByteArray &bytes)
    {
        for (qsizetype sent = 0; sent < bytes.size();) {
            const ssize_t count = ::send(client, bytes.constData() + sent,
                static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
            if (count <= 0) {
                return false;
            }
            sent += static_cast<qsizetype>(count);
        }
        return true;
    }

    /// The next request, or nothing when the client has gone, speaks TLS or the test is over.
    static std::optional<Request> receive(int client, const std::stop_token &stop)
    {
        QByteArray bytes;
        while (!stop.stop_requested()) {
            if (!readable(client)) {
                continue;
            }
            char buffer[4096];
            const ssize_t got = ::recv(client, buffer, sizeof buffer, 0);
            if (got <= 0) {
                return std::nullopt;
            }
            bytes.append(buffer, static_cast<qsizetype>(got));
            constexpr char tlsHandshake = 0x16;
            if (bytes.at(0) == tlsHandshake) {
                write(client, "no TLS\r\n\r\n");
                return std::nullopt;
            }
            if (auto request = whole(bytes)) {
                return request;
            }
        }
        return std::nullopt;
    }

    /// The request, when all of it is there.
    static std::optional<Request> whole(const QByteArray &bytes)
    {
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        if (end < 0) {
            return std::nullopt;
        }
        const qsizetype line = bytes.indexOf("\r\n");
        const QByteArrayList first = bytes.left(line).split(' ');
        Request request{first.value(0), first.value(1), bytes.mid(line + 2, end - line), bytes.mid(end + 4)};
        const bool isWhole = request.body.size() >= request.field("Content-Length").toLongLong();
        return isWhole ? std::optional(std::move(request)) : std::nullopt;
    }

    void serve(int client, const std::stop_token &stop)
    {
        bool counted = false;
        while (const auto request = receive(client, stop)) {
            {
                const std::scoped_lock lock(m_mutex);
                m_requests.push_back(*request);
                m_used += counted ? 0 : 1;
            }
            counted = true;
            const Reply reply = m_script(*request);
            if (!write(client, reply.bytes) || reply.then == Reply::Then::Close) {
                return;
            }
            while (reply.then == Reply::Then::Hang && !stop.stop_requested() && !readable(client)) {
            }
            while (reply.then == Reply::Then::Drip && !stop.stop_requested() && !readable(client)) {
                if (!write(client, "x")) {
                    return;
                }
            }
        }
    }

    Script m_script;
    int m_listener = -1;
    int m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<Request> m_requests;
    int m_used = 0;
    std::vector<std::jthread> m_connections;
    std::jthread m_acceptor;
};

} // namespace dockerauto::testsupport
