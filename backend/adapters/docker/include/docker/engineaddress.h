#pragma once

#include <core/result.h>

#include <QProcessEnvironment>
#include <QString>

#include <optional>

namespace dockerauto::docker {

/// Files in PEM form with which both ends of a TLS connection prove who they are.
struct TlsFiles
{
    QString authority;
    QString certificate;
    QString key;

    friend bool operator==(const TlsFiles &, const TlsFiles &) = default;
};

/// Where a Docker Engine listens.
struct EngineAddress
{
    enum class Transport
    {
        UnixSocket,
        Tcp
    };

    Transport transport = Transport::UnixSocket;
    /// Only for UnixSocket.
    QString socketPath;
    /// Only for Tcp; an IPv6 address without its brackets.
    QString host;
    int port = 0;
    /// Only for Tcp. Absent means that nothing is encrypted and nobody proves anything.
    std::optional<TlsFiles> tls;

    /// Reads `unix:///path` and `tcp://host[:port]`, the forms of DOCKER_HOST. The port defaults to 2375.
    /// InvalidArgument for what cannot be read, Unsupported for forms that this program does not speak.
    static core::Result<EngineAddress> parse(const QString &text);

    /// What Docker's own client would use: DOCKER_HOST, with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH (by
    /// default
    /// `~/.docker`) for tcp, and `unix:///var/run/docker.sock` when nothing is set.
    static core::Result<EngineAddress> fromEnvironment(const QProcessEnvironment &environment);

    /// As parse() reads it.
    [[nodiscard]] QString text() const;
    /// How it is called in sentences for people: the path of the socket, or text().
    [[nodiscard]] QString display() const;

    friend bool operator==(const EngineAddress &, const EngineAddress &) = default;
};

} // namespace dockerauto::docker
