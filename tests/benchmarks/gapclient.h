#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

namespace dockerauto::bench {

/// A client that opens a connection to a port of this computer every five milliseconds, whether or not the
/// one before was answered, as many clients together do.
class GapClient
{
public:
    explicit GapClient(int port);
    /// Waits until it is answered; false when that takes ten seconds.
    [[nodiscard]] bool awaitAnswer() const;
    struct Gaps
    {
        /// The longest time in which all connections that were opened failed.
        std::chrono::milliseconds failing;
        /// The longest time between two answers. Longer, as a connection that is opened while the port moves
        /// can be answered a second later: the system sends what was lost again only then.
        std::chrono::milliseconds silent;
    };
    /// Ends the client as soon as it is answered again; nothing when there was no further answer.
    [[nodiscard]] std::optional<Gaps> finish();

private:
    void run(const std::stop_token &stop, int port);

    std::vector<std::chrono::steady_clock::time_point> m_served;
    std::vector<std::chrono::steady_clock::time_point> m_answers;
    std::atomic<std::chrono::steady_clock::time_point> m_lastAnswer{};
    std::jthread m_thread;
};

} // namespace dockerauto::bench
