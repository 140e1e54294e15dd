#pragma once

#include <core/result.h>

#include <QByteArray>
#include <QString>
#include <QThread>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace dockerauto::bench {

/// How a line treats what it carries. May change at any time.
struct LineRules
{
    /// To the server and back again, each; a new connection costs one round trip more.
    std::chrono::milliseconds oneWay{0};
    /// More than this is answered with 429 and Retry-After: 1, and goes nowhere.
    struct Limit
    {
        double perSecond = 0;
        int burst = 0;
    };
    std::optional<Limit> limit = {};
};

/// What came along since the last look.
struct LineCounts
{
    /// `HEAD /v2/a/manifests/latest HTTP/1.1`
    std::vector<QByteArray> requests;
    int refused = 0;
    int mostAtOnce = 0;
};

/// What all connections of a line share. Thread-safe.
class LineState
{
public:
    void setRules(const LineRules &rules);
    [[nodiscard]] std::chrono::milliseconds oneWay() const;
    /// Counts a request; false when it is one too many.
    bool admit(const QByteArray &requestLine);
    void answered();
    LineCounts take();

private:
    mutable std::mutex m_mutex;
    LineRules m_rules;
    double m_tokens = 0;
    std::chrono::steady_clock::time_point m_filledAt{};
    LineCounts m_counts;
    int m_atOnce = 0;
};

/// A line to an HTTP server that counts requests, on a thread of its own. Understands what asks without
/// pipelining and with Content-Length.
class CountingProxy
{
public:
    /// To `host:port`, from a free port of this machine.
    static core::Result<std::unique_ptr<CountingProxy>> toRegistry(const QString &hostAndPort);
    /// From one Unix socket to another.
    static core::Result<std::unique_ptr<CountingProxy>> toSocket(
        const QString &target, const QString &listen);
    ~CountingProxy();
    CountingProxy(const CountingProxy &) = delete;
    CountingProxy &operator=(const CountingProxy &) = delete;

    /// 127.0.0.1:PORT
    [[nodiscard]] QString address() const { return m_address; }
    void setRules(const LineRules &rules) { m_state->setRules(rules); }
    LineCounts take() { return m_state->take(); }

private:
    CountingProxy() = default;

    std::shared_ptr<LineState> m_state = std::make_shared<LineState>();
    QString m_address;
    QThread m_thread;
};

} // namespace dockerauto::bench
