#pragma once

#include <contracts/containers.h>
#include <core/json.h>
#include <ports/storage.h>

#include <QString>

namespace dockerauto::application {

/// What is seen of a container on its engine, as a record without identity (`id` is empty) and without
/// settings. `image` is the inspect of its image, or null when that is gone.
ports::ContainerRecord observe(const core::HostId &host, const core::Json &inspect, const core::Json &image);

/// The record as clients see it.
contracts::Container toContract(const ports::ContainerRecord &record);
contracts::UpdateState toContract(const ports::DecisionRecord &decision);

/// What the container was created from, as its user wrote it.
QString imageTextOf(const core::Json &inspect);

/// The digest under which the repository of `image` knows this image, or nothing.
QString digestFor(const QString &imageText, const core::Json &image);

} // namespace dockerauto::application
