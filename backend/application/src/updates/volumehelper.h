#pragma once

#include "savedmounts.h"

#include <core/clock.h>
#include <core/ids.h>
#include <ports/volumesnapshots.h>

namespace dockerauto::application {

/// A volume under a name of its own in a helper container: a flat one, so that a volume that is mounted below
/// another one is not part of both.
struct HelperMount
{
    QString key;
    QString volume;
};

/// A container that is there only so that volumes can be reached through the engine. It is made from an image
/// that the engine has, of which nothing is used, and removed when this goes out of scope.
class VolumeHelper
{
public:
    enum class Purpose
    {
        Saving,
        Restoring
    };

    /// `inspect` is of the container whose image is taken.
    static core::Result<std::unique_ptr<VolumeHelper>> create(const core::Json &inspect,
        const core::UpdateId &update, const std::vector<HelperMount> &mounts, Purpose purpose,
        ports::ContainerEngine &engine, const core::CallContext &context);
    ~VolumeHelper();
    VolumeHelper(const VolumeHelper &) = delete;
    VolumeHelper &operator=(const VolumeHelper &) = delete;

    /// The content as tar; everything in it lies in a folder `key`.
    core::Result<> read(const QString &key, const ports::ByteSink &sink, const core::CallContext &context);
    /// Takes what `read` gave.
    core::Result<> write(const ports::ByteSource &source, const core::CallContext &context);
    /// Empties all its volumes by the program. Unsupported when the program can't run there; then nothing was
    /// deleted.
    core::Result<> empty(
        const ports::EmptyingProgram &program, const core::Clock &clock, const core::CallContext &context);

private:
    VolumeHelper(ports::ContainerEngine &engine, QString id) : m_engine(engine), m_id(std::move(id)) {}
    core::Result<int> awaitEnd(const core::Clock &clock, const core::CallContext &context);

    ports::ContainerEngine &m_engine;
    QString m_id;
};

} // namespace dockerauto::application
