#include "fakeengine.h"

#include <QFile>

#include <algorithm>
#include <optional>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using dockerauto::docker::EngineAddress;

namespace {

/// Reads one request after the other, or nothing when the connection ends.
class RequestReader
{
public:
    explicit RequestReader(int socket) : m_socket(socket) {}

    std::optional<SeenRequest> nextHead()
    {
        const qsizetype end = find("\r\n\r\n");
        if (end < 0) {
            return std::nullopt;
        }
        SeenRequest request;
        const QList<QByteArray> lines = m_bytes.left(end).split('\n');
        const QList<QByteArray> words = lines.first().trimmed().split(' ');
        request.method = words.value(0);
        request.target = words.value(1);
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers[line.left(colon).toLower()] = line.mid(colon + 1).trimmed();
        }
        m_bytes.remove(0, end + 4);
        return request;
    }

    bool readBody(SeenRequest &request)
    {
        if (request.headers["transfer-encoding"] != "chunked") {
            return take(request.headers["content-length"].toLongLong(), request.body);
        }
        for (;;) {
            const qsizetype end = find("\r\n");
            if (end < 0) {
                return false;
            }
            const qsizetype size = m_bytes.left(end).toLongLong(nullptr, 16);
            m_bytes.remove(0, end + 2);
            QByteArray lineEnd;
            if (!take(size, request.body) || !take(2, lineEnd)) {
                return false;
            }
            if (size == 0) {
                return true;
            }
        }
    }

private:
    qsizetype find(const char *mark)
    {
        qsizetype at = -1;
        while ((at = m_bytes.indexOf(mark)) < 0) {
            if (!readMore()) {
                break;
            }
        }
        return at;
    }
    bool take(qsizetype length, QByteArray &to)
    {
        while (m_bytes.size() < length) {
            if (!readMore()) {
                return false;
            }
        }
        to += m_bytes.left(length);
        m_bytes.remove(0, length);
        return true;
    }
    bool readMore()
    {
        char buffer[4096];
        const ssize_t count = ::recv(m_socket, buffer, sizeof buffer, 0);
        if (count > 0) {
            m_bytes.append(buffer, count);
        }
        return count > 0;
    }

    int m_socket;
    QByteArray m_bytes;
};

} // namespace

QByteArray SeenRequest::query() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArray() : target.mid(mark + 1);
}

QByteArray SeenRequest::route() const
{
    QByteArray path = target.split('?').first();
    if (path.startsWith("/v1.")) {
        path.remove(0, path.indexOf('/', 1));
    }
    return method + ' ' + path;
}

void FakeConnection::raw(const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count =
            ::send(m_socket, bytes.constData() + done, size_t(bytes.size() - done), MSG_NOSIGNAL);
        if (count <= 0) {
            return;
        }
        done += count;
    }
}

void FakeConnection::answer(int status, const QByteArray &body, const QByteArray &headerLines)
{
    const bool bodyless = status == 204 || status == 304;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " Word\r\n" + headerLines;
    if (!bodyless) {
        head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    }
    raw(head + "\r\n" + (bodyless ? QByteArray() : body));
}

void FakeConnection::beginChunks(const QByteArray &headerLines)
{
    raw("HTTP/1.1 200 OK\r\n" + headerLines + "Transfer-Encoding: chunked\r\n\r\n");
}

void FakeConnection::chunks(const QByteArray &body, int size)
{
    for (qsizetype at = 0; at < body.size(); at += size) {
        const QByteArray part = body.mid(at, size);
        raw(QByteArray::number(part.size(), 16) + "\r\n" + part + "\r\n");
    }
}

void FakeConnection::endChunks()
{
    raw("0\r\n\r\n");
}

void FakeConnection::drop()
{
    ::shutdown(m_socket, SHUT_RDWR);
}

void FakeConnection::waitForEnd()
{
    char byte = 0;
    while (::recv(m_socket, &byte, 1, 0) > 0) {
    }
}

FakeEngine::FakeEngine()
{
    const auto ping = [](const SeenRequest &, FakeConnection &connection) {
        connection.raw("HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 0\r\n\r\n");
    };
    on("HEAD /_ping", ping);
    on("GET /_ping", ping);
    on("GET /info", [](const SeenRequest &, FakeConnection &connection) {
        connection.answer(200, R"({"ID":"ENGINE-1","Name":"box","OSType":"linux","Architecture":"x86_64"})");
    });
    on("GET /version", [](const SeenRequest &, FakeConnection &connection) {
        connection.answer(200, R"({"Version":"20.10.24","Os":"linux","Arch":"amd64"})");
    });
    start();
}

FakeEngine::~FakeEngine()
{
    stop();
}

EngineAddress FakeEngine::address() const
{
    EngineAddress address;
    address.socketPath = socketPath();
    return address;
}

QString FakeEngine::socketPath() const
{
    return m_folder.filePath(QStringLiteral("engine.sock"));
}

void FakeEngine::on(const QByteArray &route, Handler handler)
{
    const std::scoped_lock lock(m_mutex);
    m_handlers[route] = std::make_shared<Handler>(std::move(handler));
}

void FakeEngine::onHead(const QByteArray &route, Handler handler)
{
    on(route, std::move(handler));
    const std::scoped_lock lock(m_mutex);
    m_answeredEarly.insert(route);
}

void FakeEngine::start()
{
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    const QByteArray path = QFile::encodeName(socketPath());
    std::copy(path.begin(), path.end(), name.sun_path);
    m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(m_listener, reinterpret_cast<const sockaddr *>(&name), sizeof name) != 0 ||
        ::listen(m_listener, 64) != 0) {
        qFatal("The fake engine cannot listen");
    }
    m_acceptor = std::thread([this] { acceptLoop(); });
}

void FakeEngine::stop()
{
    if (!m_acceptor.joinable()) {
        return;
    }
    ::shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    ::close(m_listener);
    QFile::remove(socketPath());
    {
        const std::scoped_lock lock(m_mutex);
        for (const int socket : m_sockets) {
            ::shutdown(socket, SHUT_RDWR);
        }
    }
    for (std::thread &server : m_servers) {
        server.join();
    }
    m_servers.clear();
    for (const int socket : std::exchange(m_sockets, {})) {
        ::close(socket);
    }
}

std::vector<SeenRequest> FakeEngine::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

std::vector<SeenRequest> FakeEngine::requests(const QByteArray &route) const
{
    std::vector<SeenRequest> found = requests();
    std::erase_if(found, [&route](const SeenRequest &request) { return request.route() != route; });
    return found;
}

bool FakeEngine::waitForRequests(const QByteArray &route, std::size_t count) const
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, std::chrono::seconds(10), [&] {
        std::size_t found = 0;
        for (const SeenRequest &request : m_requests) {
            found += request.route() == route ? 1 : 0;
        }
        return found >= count;
    });
}

int FakeEngine::connections() const
{
    const std::scoped_lock lock(m_mutex);
    return m_connections;
}

void FakeEngine::acceptLoop()
{
    for (;;) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            return;
        }
        const std::scoped_lock lock(m_mutex);
        m_sockets.push_back(socket);
        m_servers.emplace_back([this, socket, number = ++m_connections] { serve(socket, number); });
    }
}

void FakeEngine::serve(int socket, int number)
{
    RequestReader reader(socket);
    FakeConnection connection(socket);
    while (auto request = reader.nextHead()) {
        request->connection = number;
        const bool early = isAnsweredEarly(request->route());
        if (!early && !reader.readBody(*request)) {
            break;
        }
        const auto handler = handlerFor(*request);
        (*handler)(*request, connection);
        if (early) {
            break;
        }
    }
    ::shutdown(socket, SHUT_RDWR);
}

bool FakeEngine::isAnsweredEarly(const QByteArray &route) const
{
    const std::scoped_lock lock(m_mutex);
    return m_answeredEarly.contains(route);
}

std::shared_ptr<FakeEngine::Handler> FakeEngine::handlerFor(const SeenRequest &request)
{
    const std::scoped_lock lock(m_mutex);
    m_requests.push_back(request);
    m_changed.notify_all();
    const auto found = m_handlers.find(request.route());
    if (found != m_handlers.end()) {
        return found->second;
    }
    return std::make_shared<Handler>([](const SeenRequest &, FakeConnection &connection) {
        connection.answer(404, R"({"message":"page not found"})");
    });
}
