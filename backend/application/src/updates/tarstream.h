#pragma once

#include <core/result.h>

#include <QByteArray>
#include <QByteArrayView>

namespace dockerauto::application {

/// Whether a tar stream that passes by has reached its end. An engine that fails in the middle of an archive
/// just ends its answer, which otherwise looks complete.
class TarWatch
{
public:
    /// Internal when the bytes are no tar.
    core::Result<> add(QByteArrayView bytes);
    /// Internal when the end has not been seen.
    [[nodiscard]] core::Result<> finish() const;

private:
    core::Result<> header();
    void readExtension();

    QByteArray m_block;
    /// Bytes, with their padding, until the next header.
    qint64 m_skip = 0;
    bool m_inExtension = false;
    QByteArray m_extension;
    /// From an extension header, for the entry that follows it; -1 for none.
    qint64 m_nextSize = -1;
    int m_zeroBlocks = 0;
};

/// A tar with one executable file that belongs to root.
QByteArray tarWithProgram(const QByteArray &name, const QByteArray &content);

} // namespace dockerauto::application
