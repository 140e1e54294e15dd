#include "tcpprobe.h"

#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>

namespace dockerauto::probes {

using core::ErrorCode;
using core::fail;
using core::Result;
using namespace std::chrono_literals;

namespace {

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor()
    {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

struct FreeAddress
{
    void operator()(addrinfo *list) const { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddress>;

Addresses resolve(const QString &host, int port)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo *list = nullptr;
    const QByteArray name = host.toUtf8();
    const QByteArray service = QByteArray::number(port);
    return Addresses(
        ::getaddrinfo(name.constData(), service.constData(), &hints, &list) == 0 ? list : nullptr);
}

/// Zero when connected, else the reason as errno has it.
Result<int> awaitConnection(int fd, const core::CallContext &context)
{
    const Descriptor wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const std::stop_callback onStop(context.stop, [&wake] { ::eventfd_write(wake.get(), 1); });
    for (;;) {
        DOCKERAUTO_TRY(context.check());
        std::array<pollfd, 2> waited{pollfd{fd, POLLOUT, 0}, pollfd{wake.get(), POLLIN, 0}};
        const auto wait = std::min<std::chrono::milliseconds>(context.deadline.remaining() + 1ms, 1min);
        ::poll(waited.data(), waited.size(), static_cast<int>(wait.count()));
        if (waited[0].revents != 0) {
            int error = 0;
            socklen_t size = sizeof error;
            ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
            return error;
        }
    }
}

Result<int> connectTo(const addrinfo &address, const core::CallContext &context)
{
    const Descriptor fd(
        ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address.ai_protocol));
    if (fd.get() < 0) {
        return errno;
    }
    if (::connect(fd.get(), address.ai_addr, address.ai_addrlen) == 0) {
        return 0;
    }
    return errno == EINPROGRESS ? awaitConnection(fd.get(), context) : Result<int>(errno);
}

} // namespace

Result<> askTcp(const QString &host, int port, const core::CallContext &context)
{
    const QString where = QStringLiteral("%1:%2").arg(host).arg(port);
    const Addresses addresses = resolve(host, port);
    if (!addresses) {
        return fail(ErrorCode::Unavailable, QStringLiteral("The name %1 is not known").arg(host));
    }
    QString reason;
    for (const addrinfo *address = addresses.get(); address; address = address->ai_next) {
        auto connected = connectTo(*address, context);
        if (!connected && connected.error().code == ErrorCode::Timeout) {
            return fail(ErrorCode::Timeout, QStringLiteral("%1 did not answer in time").arg(where));
        }
        if (!connected) {
            return fail(std::move(connected.error()));
        }
        if (*connected == 0) {
            return {};
        }
        reason = QString::fromLocal8Bit(std::strerror(*connected));
    }
    return fail(ErrorCode::Unavailable, QStringLiteral("Nothing answers at %1: %2").arg(where, reason));
}

} // namespace dockerauto::probes
