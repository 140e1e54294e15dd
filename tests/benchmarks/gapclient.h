#pragma once

#include <chrono>
#include <thread>

namespace dockerauto::bench {

/// A client that opens a connection to a port of this computer every five milliseconds, whether or not the
/// one before was answered, as many clients together do. Knows the longest time in which nobody was answered.
class GapClient
{
public:
    explicit GapClient(int port);
    /// Ends the client. The longest time between two answers.
    std::chrono::milliseconds finish();

private:
    void run(const std::stop_token &stop, int port);

    std::chrono::milliseconds m_longest{0};
    std::jthread m_thread;
};

} // namespace dockerauto::bench
