#pragma once

#include <core/json.h>
#include <domain/imagemanifest.h>

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace dockerauto::domain {

struct ImageFieldChange
{
    /// Env/PATH, Cmd, Entrypoint, User, WorkingDir, StopSignal, ExposedPorts/80/tcp, Volumes/…, Labels/…,
    /// Healthcheck.
    QString field;
    std::optional<QString> before;
    std::optional<QString> after;
};

/// What differs in the `config` of two images (the object `Config` of an inspect, `config` of an image
/// config; the keys are the same). Sorted by field.
std::vector<ImageFieldChange> configChanges(const core::Json &before, const core::Json &after);

/// The address of the release notes of a version: the template if there is one, else from the labels
/// `org.opencontainers.image.url` and `.source` of the new image, with `.version` or the tag, for GitHub,
/// GitLab, Codeberg and Gitea by their pages of releases. Only http and https. None when nothing tells one.
std::optional<QString> releaseNotesAddress(
    const QString &tmpl, const QString &tag, const std::map<QString, QString> &labels);

} // namespace dockerauto::domain
