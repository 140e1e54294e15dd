#pragma once

#include <docker/engineaddress.h>

#include <QByteArray>
#include <QTemporaryDir>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

/// A request as it came over the socket.
struct SeenRequest
{
    QByteArray method;
    /// With version and query.
    QByteArray target;
    /// Names in lower case.
    std::map<QByteArray, QByteArray> headers;
    QByteArray body;
    /// Which connection it came over, counted from 1.
    int connection = 0;

    [[nodiscard]] QByteArray query() const;
    /// `GET /containers/json`: without version and query.
    [[nodiscard]] QByteArray route() const;
};

/// What a scripted answer is written to.
class FakeConnection
{
public:
    explicit FakeConnection(int socket) : m_socket(socket) {}

    void raw(const QByteArray &bytes);
    void answer(int status, const QByteArray &body, const QByteArray &headerLines = {});
    void beginChunks(const QByteArray &headerLines = {});
    /// `body` in chunks of `size` bytes, each written by itself.
    void chunks(const QByteArray &body, int size = 1 << 20);
    void endChunks();
    /// Ends the connection.
    void drop();
    /// Until the other side ends the connection, or the fake engine does.
    void waitForEnd();

private:
    int m_socket;
};

/// An HTTP server on a unix socket that answers as the test tells it. Answers `/_ping`, `/info` and
/// `/version` like an engine of API 1.41 by itself, everything else with 404.
class FakeEngine
{
public:
    using Handler = std::function<void(const SeenRequest &, FakeConnection &)>;

    FakeEngine();
    ~FakeEngine();
    FakeEngine(const FakeEngine &) = delete;
    FakeEngine &operator=(const FakeEngine &) = delete;

    [[nodiscard]] dockerauto::docker::EngineAddress address() const;
    [[nodiscard]] QString socketPath() const;

    /// `route` as in SeenRequest.
    void on(const QByteArray &route, Handler handler);
    /// The same, but asked as soon as the request's head is there; its body is not read and the connection
    /// ends after the answer.
    void onHead(const QByteArray &route, Handler handler);
    /// Stops listening and ends all connections, as an engine that is stopped; start() comes back.
    void stop();
    void start();

    [[nodiscard]] std::vector<SeenRequest> requests() const;
    /// Those with this route.
    [[nodiscard]] std::vector<SeenRequest> requests(const QByteArray &route) const;
    /// Waits until `count` requests with this route have come; false after ten seconds.
    bool waitForRequests(const QByteArray &route, std::size_t count) const;
    [[nodiscard]] int connections() const;

private:
    void acceptLoop();
    void serve(int socket, int number);
    [[nodiscard]] bool isAnsweredEarly(const QByteArray &route) const;
    std::shared_ptr<Handler> handlerFor(const SeenRequest &request);

    QTemporaryDir m_folder;
    int m_listener = -1;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::map<QByteArray, std::shared_ptr<Handler>> m_handlers;
    std::set<QByteArray> m_answeredEarly;
    std::vector<SeenRequest> m_requests;
    std::vector<int> m_sockets;
    int m_connections = 0;
    std::thread m_acceptor;
    std::vector<std::thread> m_servers;
};
