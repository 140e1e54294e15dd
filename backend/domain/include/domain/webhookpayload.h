#pragma once

#include <core/json.h>

#include <QString>

#include <vector>

namespace dockerauto::domain {

/// An image that a registry says was pushed.
struct PushedImage
{
    /// With domain, as domain::ImageReference::repository(). The domain is empty where the message does not
    /// say which registry it comes from.
    QString domain;
    QString path;
    /// Empty: any tag.
    QString tag;

    friend bool operator==(const PushedImage &, const PushedImage &) = default;
};

/// The pushes in a message of Docker Hub, Harbor, GitHub packages (`package`, `registry_package`), Quay, or
/// of distribution notifications (and so of GitLab and others). Empty for messages that tell of no push, such
/// as the ping of GitHub. At most 1,000.
std::vector<PushedImage> pushedImages(const core::Json &message);

} // namespace dockerauto::domain
