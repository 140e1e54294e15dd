#include "gapclient.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace dockerauto::bench {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

struct Attempt
{
    int socket = -1;
    bool asked = false;
    Clock::time_point since;
};

Attempt begin(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // In progress is what is expected; a refusal shows at the next poll.
    (void)::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    return {socket, false, Clock::now()};
}

/// True when the attempt is over; `answered` when there was an answer.
bool advance(Attempt &attempt, short events, bool &answered)
{
    static constexpr char request[] = "GET / HTTP/1.0\r\n\r\n";
    if (!attempt.asked && (events & POLLOUT) != 0 && (events & (POLLERR | POLLHUP)) == 0) {
        attempt.asked = ::send(attempt.socket, request, sizeof request - 1, MSG_NOSIGNAL) > 0;
        return !attempt.asked;
    }
    if (attempt.asked && (events & POLLIN) != 0) {
        char byte = 0;
        answered = ::recv(attempt.socket, &byte, 1, 0) == 1;
        return true;
    }
    return (events & (POLLERR | POLLHUP)) != 0 || Clock::now() - attempt.since > 2s;
}

std::chrono::milliseconds longest(std::vector<Clock::time_point> times)
{
    std::ranges::sort(times);
    auto most = Clock::duration::zero();
    for (std::size_t i = 1; i < times.size(); ++i) {
        most = std::max(most, times[i] - times[i - 1]);
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(most);
}

} // namespace

GapClient::GapClient(int port) : m_thread([this, port](const std::stop_token &stop) { run(stop, port); }) {}

bool GapClient::awaitAnswer() const
{
    const auto asked = Clock::now();
    while (m_lastAnswer.load() < asked) {
        if (Clock::now() - asked > 10s) {
            return false;
        }
        std::this_thread::sleep_for(5ms);
    }
    return true;
}

std::optional<GapClient::Gaps> GapClient::finish()
{
    // A gap that has not ended yet must not be missed.
    const bool served = awaitAnswer();
    m_thread.request_stop();
    m_thread.join();
    return served ? std::optional(Gaps{longest(m_served), longest(m_answers)}) : std::nullopt;
}

void GapClient::run(const std::stop_token &stop, int port)
{
    std::vector<Attempt> open;
    auto next = Clock::now();
    // At the end, what is under way is still awaited: an answer may come late, and is one.
    while (!stop.stop_requested() || !open.empty()) {
        if (!stop.stop_requested() && Clock::now() >= next) {
            open.push_back(begin(port));
            next += 5ms;
        }
        std::vector<pollfd> polled;
        polled.reserve(open.size());
        for (const Attempt &attempt : open) {
            polled.push_back({attempt.socket, static_cast<short>(attempt.asked ? POLLIN : POLLOUT), 0});
        }
        ::poll(polled.data(), polled.size(), 1);
        std::vector<Attempt> left;
        for (std::size_t i = 0; i < open.size(); ++i) {
            bool answered = false;
            if (advance(open[i], polled[i].revents, answered)) {
                ::close(open[i].socket);
            } else {
                left.push_back(open[i]);
            }
            if (answered) {
                m_served.push_back(open[i].since);
                m_answers.push_back(Clock::now());
                m_lastAnswer = m_answers.back();
            }
        }
        open.swap(left);
    }
}

} // namespace dockerauto::bench
