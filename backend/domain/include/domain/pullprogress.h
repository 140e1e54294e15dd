#pragma once

#include <core/json.h>
#include <core/result.h>

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <map>
#include <optional>

namespace dockerauto::domain {

/// Reads the stream that `POST /images/create` answers with, fed in pieces of any size. The answer's status
/// is 200 also when the pull fails: only this stream tells. Not thread-safe.
class PullProgressReader
{
public:
    /// Fails as soon as the stream reports an error, with the engine's words, or with Corrupt when it is no
    /// stream of JSON objects. After a failure every further call gives the same one.
    core::Result<> feed(QByteArrayView bytes);
    /// The stream has ended. Unavailable when it did so before the engine said that the pull is complete.
    core::Result<> finish();

    /// Layers that were named so far.
    [[nodiscard]] int layers() const { return static_cast<int>(m_layers.size()); }
    /// Bytes that were downloaded and that are to be downloaded, of the layers whose size is known so far.
    /// Extracting does not count, nor do layers that were already there.
    [[nodiscard]] qint64 bytesDone() const;
    [[nodiscard]] qint64 bytesTotal() const;
    /// The engine's closing words were read.
    [[nodiscard]] bool isComplete() const { return m_complete; }

private:
    struct Layer
    {
        qint64 done = 0;
        qint64 total = 0;
    };

    core::Result<> readLine(QByteArrayView line);
    void readStatus(const core::Json &message);

    QByteArray m_rest;
    std::map<QString, Layer> m_layers;
    std::optional<core::Error> m_failure;
    bool m_complete = false;
};

} // namespace dockerauto::domain
