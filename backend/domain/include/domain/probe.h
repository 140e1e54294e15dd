#pragma once

#include <core/result.h>

#include <QString>

#include <vector>

namespace dockerauto::domain {

/// What is asked of a new container beside its own health check.
struct Probe
{
    enum class Kind
    {
        None,
        Http,
        Https,
        Tcp,
        Command
    };
    Kind kind = Kind::None;
    /// In the container.
    int port = 0;
    /// With the leading slash and the query; Http and Https only.
    QString path;
    std::vector<QString> argv;

    friend bool operator==(const Probe &, const Probe &) = default;
};

/// `http://:8080/ready`, `https://:8443/`, `tcp://:5432`, or a JSON array of words; empty for none. The host
/// is always the container, so none may be named. InvalidArgument with an example.
core::Result<Probe> parseProbe(const QString &text);
/// In words: `GET /ready on port 8080`.
QString describe(const Probe &probe);

} // namespace dockerauto::domain
