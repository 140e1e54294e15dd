#include "countingproxy.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <deque>
#include <functional>

namespace dockerauto::bench {

using std::chrono::steady_clock;

void LineState::setRules(const LineRules &rules)
{
    const std::lock_guard lock(m_mutex);
    m_rules = rules;
    m_tokens = rules.limit ? rules.limit->burst : 0;
    m_filledAt = steady_clock::now();
}

std::chrono::milliseconds LineState::oneWay() const
{
    const std::lock_guard lock(m_mutex);
    return m_rules.oneWay;
}

bool LineState::admit(const QByteArray &requestLine)
{
    const std::lock_guard lock(m_mutex);
    m_counts.requests.push_back(requestLine);
    m_counts.mostAtOnce = std::max(m_counts.mostAtOnce, ++m_atOnce);
    if (!m_rules.limit) {
        return true;
    }
    const auto now = steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - m_filledAt).count();
    m_tokens = std::min<double>(m_rules.limit->burst, m_tokens + seconds * m_rules.limit->perSecond);
    m_filledAt = now;
    if (m_tokens < 1) {
        ++m_counts.refused;
        return false;
    }
    m_tokens -= 1;
    return true;
}

void LineState::answered()
{
    const std::lock_guard lock(m_mutex);
    --m_atOnce;
}

LineCounts LineState::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_counts, {});
}

namespace {

/// Does things one after the other, each a while after it was asked for.
class Delay : public QObject
{
public:
    using QObject::QObject;

    void run(std::chrono::milliseconds wait, std::function<void()> action)
    {
        if (wait.count() == 0 && m_waiting.empty()) {
            action();
            return;
        }
        m_waiting.push_back(std::move(action));
        QTimer::singleShot(wait, Qt::PreciseTimer, this, [this] {
            const auto next = std::move(m_waiting.front());
            m_waiting.pop_front();
            next();
        });
    }

private:
    std::deque<std::function<void()>> m_waiting;
};

/// A client and the connection to the server that was made for it.
class Pair : public QObject
{
public:
    Pair(QIODevice *client, QIODevice *server, std::shared_ptr<LineState> state, QObject *parent)
        : QObject(parent)
        , m_client(client)
        , m_server(server)
        , m_state(std::move(state))
        , m_there(this)
        , m_back(this)
    {
        client->setParent(this);
        server->setParent(this);
        connect(client, &QIODevice::readyRead, this, [this] { fromClient(); });
        connect(
            server, &QIODevice::readyRead, this, [this] { answer(m_server->readAll(), m_state->oneWay()); });
    }
    ~Pair() override
    {
        if (m_busy) {
            m_state->answered();
        }
    }

    void start() { fromClient(); }
    void end()
    {
        m_back.run(m_state->oneWay(), [this] {
            m_client->close();
            m_server->close();
            deleteLater();
        });
    }

private:
    void fromClient()
    {
        m_buffer += m_client->readAll();
        // Clients try TLS first, and tell from such an answer that this is a server without.
        if (m_buffer.startsWith('\x16')) {
            answer("HTTP/1.0 400 Bad Request\r\n\r\n", m_state->oneWay());
            end();
            return;
        }
        for (;;) {
            const qsizetype head = m_buffer.indexOf("\r\n\r\n");
            if (head < 0) {
                return;
            }
            const qsizetype length = head + 4 + bodyLength(m_buffer.left(head));
            if (m_buffer.size() < length) {
                return;
            }
            request(m_buffer.left(length));
            m_buffer.remove(0, length);
        }
    }
    static qsizetype bodyLength(const QByteArray &head)
    {
        const QByteArray lower = head.toLower();
        const QByteArray name("\r\ncontent-length:");
        const qsizetype at = lower.indexOf(name);
        return at < 0 ? 0 : lower.mid(at + name.size()).split('\r').front().trimmed().toLongLong();
    }
    void request(const QByteArray &bytes)
    {
        const auto oneWay = m_state->oneWay();
        m_busy = true;
        const bool admitted = m_state->admit(bytes.left(bytes.indexOf("\r\n")));
        m_there.run(m_fresh ? 3 * oneWay : oneWay, [this, bytes, admitted, oneWay] {
            if (admitted) {
                m_server->write(bytes);
            } else {
                answer(
                    "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n", oneWay);
            }
        });
        m_fresh = false;
    }
    void answer(const QByteArray &bytes, std::chrono::milliseconds oneWay)
    {
        m_back.run(oneWay, [this, bytes] {
            if (m_busy) {
                m_busy = false;
                m_state->answered();
            }
            m_client->write(bytes);
        });
    }

    QIODevice *m_client;
    QIODevice *m_server;
    std::shared_ptr<LineState> m_state;
    QByteArray m_buffer;
    Delay m_there;
    Delay m_back;
    bool m_fresh = true;
    bool m_busy = false;
};

template <class Socket>
void join(Socket *client, Socket *server, const std::shared_ptr<LineState> &state, QObject *parent)
{
    auto *pair = new Pair(client, server, state, parent);
    QObject::connect(client, &Socket::disconnected, pair, &Pair::end);
    QObject::connect(server, &Socket::disconnected, pair, &Pair::end);
    pair->start();
}

} // namespace

core::Result<std::unique_ptr<CountingProxy>> CountingProxy::toRegistry(const QString &hostAndPort)
{
    std::unique_ptr<CountingProxy> proxy(new CountingProxy);
    auto *server = new QTcpServer;
    if (!server->listen(QHostAddress::LocalHost)) {
        return core::fail(core::ErrorCode::Unavailable, server->errorString());
    }
    proxy->m_address = QStringLiteral("127.0.0.1:%1").arg(server->serverPort());
    const QString host = hostAndPort.section(u':', 0, 0);
    const auto port = static_cast<quint16>(hostAndPort.section(u':', 1).toInt());
    QObject::connect(
        server, &QTcpServer::newConnection, server, [server, host, port, state = proxy->m_state] {
            while (QTcpSocket *client = server->nextPendingConnection()) {
                auto *onward = new QTcpSocket;
                client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
                onward->setSocketOption(QAbstractSocket::LowDelayOption, 1);
                onward->connectToHost(host, port);
                join(client, onward, state, server);
            }
        });
    server->moveToThread(&proxy->m_thread);
    QObject::connect(&proxy->m_thread, &QThread::finished, server, &QObject::deleteLater);
    proxy->m_thread.start();
    return proxy;
}

core::Result<std::unique_ptr<CountingProxy>> CountingProxy::toSocket(
    const QString &target, const QString &listen)
{
    std::unique_ptr<CountingProxy> proxy(new CountingProxy);
    auto *server = new QLocalServer;
    if (!server->listen(listen)) {
        return core::fail(core::ErrorCode::Unavailable, server->errorString());
    }
    QObject::connect(server, &QLocalServer::newConnection, server, [server, target, state = proxy->m_state] {
        while (QLocalSocket *client = server->nextPendingConnection()) {
            auto *onward = new QLocalSocket;
            onward->connectToServer(target);
            join(client, onward, state, server);
        }
    });
    server->moveToThread(&proxy->m_thread);
    QObject::connect(&proxy->m_thread, &QThread::finished, server, &QObject::deleteLater);
    proxy->m_thread.start();
    return proxy;
}

CountingProxy::~CountingProxy()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace dockerauto::bench
