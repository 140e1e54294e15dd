#include "eventfollower.h"

#include "engineanswers.h"

#include <core/logging.h>

#include <QRandomGenerator>

#include <algorithm>

namespace dockerauto::docker {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t maxSeen = 1024;
constexpr std::size_t maxLine = 4 * 1024 * 1024;
/// For the calls that come before the stream.
constexpr auto askTime = 10s;
/// A stream that lived so long was a sound one: the next pause is a short one again.
constexpr auto soundStream = 5s;

/// `seconds.nanoseconds`, the form that the engine takes for a time.
QString engineTime(qint64 nano)
{
    return QStringLiteral("%1.%2").arg(nano / 1'000'000'000).arg(nano % 1'000'000'000, 9, 10, QChar(u'0'));
}

} // namespace

std::chrono::milliseconds RetryPause::next()
{
    const auto full = m_next;
    m_next = std::min(m_next * 2, m_longest);
    const double share = 0.5 + QRandomGenerator::global()->generateDouble() / 2;
    return std::chrono::milliseconds(qint64(double(full.count()) * share));
}

bool SeenEvents::add(const ports::EngineEvent &event)
{
    const QString key = QString::number(event.timeNano) % u' ' % event.type % u' ' % event.action % u' ' %
                        event.container.text();
    if (!m_keys.insert(key).second) {
        return false;
    }
    m_order.push_back(key);
    if (m_order.size() > maxSeen) {
        m_keys.erase(m_order.front());
        m_order.pop_front();
    }
    return true;
}

EventFollower::EventFollower(EngineClient &client, AskInfo askInfo, RetryPause pause)
    : m_client(client), m_askInfo(std::move(askInfo)), m_pause(pause)
{
}

void EventFollower::follow(const Listener &listener, const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        const auto begin = core::Deadline::Clock::now();
        const core::Error reason = followOnce(listener, stop);
        m_client.forgetVersion();
        if (stop.stop_requested()) {
            return;
        }
        if (core::Deadline::Clock::now() - begin >= soundStream) {
            m_pause.reset();
        }
        if (listener.lost) {
            listener.lost(reason);
        }
        waitForRetry(stop);
    }
}

core::Error EventFollower::followOnce(const Listener &listener, const std::stop_token &stop)
{
    auto info = m_askInfo({core::Deadline::in(askTime), stop});
    if (!info) {
        return info.error();
    }
    if (info->id != m_engineId) {
        // Times of another engine's events mean nothing here.
        m_engineId = info->id;
        m_lastNano = 0;
    }
    m_rest.clear();
    HttpStream stream;
    stream.opened = [&](const HttpResponse &) {
        if (listener.connected) {
            listener.connected(*info);
        }
    };
    stream.received = [&](std::string_view bytes) { return take(bytes, listener); };
    // Nothing may happen for days, so there is no deadline: a dead engine shows by the end of the connection.
    const core::CallContext context{core::Deadline(core::Deadline::Clock::time_point::max()), stop};
    const auto response = m_client.call(request(), context, &stream);
    if (!response) {
        return response.error();
    }
    return core::Error{core::ErrorCode::Unavailable,
        QStringLiteral(
            "The Docker Engine ended its stream of events. Is the Docker service being restarted?"),
        {}, nullptr};
}

ApiRequest EventFollower::request() const
{
    ApiRequest request;
    request.path = "/events";
    request.query = queryItem("filters", QStringLiteral(R"({"type":["container"]})"));
    if (m_lastNano > 0) {
        request.query += '&' + queryItem("since", engineTime(m_lastNano));
    }
    return request;
}

core::Result<> EventFollower::take(std::string_view bytes, const Listener &listener)
{
    for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
        m_rest.append(bytes.substr(0, end));
        takeLine(m_rest, listener);
        m_rest.clear();
        bytes.remove_prefix(end + 1);
    }
    m_rest.append(bytes);
    if (m_rest.size() > maxLine) {
        return core::fail(
            core::ErrorCode::Corrupt, QStringLiteral("The Docker Engine sent an event that has no end."));
    }
    return {};
}

void EventFollower::takeLine(std::string_view line, const Listener &listener)
{
    // JSON sequences (RFC 7464), which engines may send since API 1.53, have a mark in front of each value.
    if (line.starts_with('\x1e')) {
        line.remove_prefix(1);
    }
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
        return;
    }
    const auto json = core::parsePeerJson(line);
    if (!json || !json->is_object()) {
        // Ending the stream for it would only bring the same line again.
        qCWarning(core::logEngine, "The engine sent an event that is no JSON object; it is left out");
        return;
    }
    const ports::EngineEvent event = readEvent(*json);
    if (event.timeNano > 0) {
        m_lastNano = event.timeNano;
    }
    if (m_seen.add(event) && listener.event) {
        listener.event(event);
    }
}

void EventFollower::waitForRetry(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    m_retryNow = false;
    m_wakeUp.wait_for(lock, stop, m_pause.next(), [this] { return m_retryNow; });
}

void EventFollower::wake()
{
    const std::scoped_lock lock(m_mutex);
    m_retryNow = true;
    m_wakeUp.notify_all();
}

} // namespace dockerauto::docker
