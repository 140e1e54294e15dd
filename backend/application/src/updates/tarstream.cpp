#include "tarstream.h"

#include <algorithm>

namespace dockerauto::application {
namespace {

using core::Result;

constexpr qint64 blockSize = 512;
/// Extension headers hold names and attributes; nothing that is longer is of interest.
constexpr qsizetype extensionLimit = qsizetype(1) << 20;

// Offsets of the ustar header, POSIX.1-1988.
constexpr qsizetype modeAt = 100;
constexpr qsizetype ownerAt = 108;
constexpr qsizetype groupAt = 116;
constexpr qsizetype sizeAt = 124;
constexpr qsizetype sizeLength = 12;
constexpr qsizetype timeAt = 136;
constexpr qsizetype checksumAt = 148;
constexpr qsizetype checksumLength = 8;
constexpr qsizetype kindAt = 156;
constexpr qsizetype magicAt = 257;

qint64 padded(qint64 size)
{
    return (size + blockSize - 1) / blockSize * blockSize;
}

unsigned int checksumOf(const QByteArray &block)
{
    unsigned int sum = 0;
    for (qsizetype index = 0; index < block.size(); ++index) {
        const bool itself = index >= checksumAt && index < checksumAt + checksumLength;
        sum += itself ? static_cast<unsigned char>(' ') : static_cast<unsigned char>(block.at(index));
    }
    return sum;
}

qint64 octal(const QByteArray &field)
{
    qint64 value = 0;
    for (const char digit : field) {
        if (digit >= '0' && digit <= '7') {
            value = value * 8 + (digit - '0');
        } else if (digit != ' ') {
            break;
        }
    }
    return value;
}

/// Octal digits, or for what is too large a number of which the first bit is set.
qint64 sizeOf(const QByteArray &block)
{
    const QByteArray field = block.mid(sizeAt, sizeLength);
    if ((static_cast<unsigned char>(field.at(0)) & 0x80U) == 0) {
        return octal(field);
    }
    quint64 value = 0;
    for (const char byte : field.last(8)) {
        value = (value << 8U) | static_cast<unsigned char>(byte);
    }
    return static_cast<qint64>(value & 0x3fffffffffffffffULL);
}

core::Failure broken(const char *why)
{
    return core::fail(core::ErrorCode::Internal,
        QStringLiteral("The engine's archive of the volume %1. Its log may say why.")
            .arg(QString::fromLatin1(why)));
}

} // namespace

Result<> TarWatch::add(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (m_skip > 0) {
            const qsizetype count = std::min<qint64>(m_skip, bytes.size());
            if (m_inExtension && m_extension.size() < extensionLimit) {
                m_extension.append(bytes.first(count));
            }
            m_skip -= count;
            bytes = bytes.sliced(count);
            if (m_skip == 0) {
                readExtension();
            }
            continue;
        }
        const qsizetype count = std::min<qsizetype>(blockSize - m_block.size(), bytes.size());
        m_block.append(bytes.first(count));
        bytes = bytes.sliced(count);
        if (m_block.size() == blockSize) {
            DOCKERAUTO_TRY(header());
            m_block.clear();
        }
    }
    return {};
}

Result<> TarWatch::finish() const
{
    if (m_zeroBlocks < 2) {
        return broken("ended early");
    }
    return {};
}

Result<> TarWatch::header()
{
    if (std::ranges::all_of(m_block, [](char byte) { return byte == 0; })) {
        ++m_zeroBlocks;
        return {};
    }
    if (m_zeroBlocks >= 2 || octal(m_block.mid(checksumAt, checksumLength)) != checksumOf(m_block)) {
        return broken("is damaged");
    }
    m_zeroBlocks = 0;
    const char kind = m_block.at(kindAt);
    m_inExtension = kind == 'x';
    m_extension.clear();
    qint64 size = sizeOf(m_block);
    const bool ofAnother = kind == 'x' || kind == 'g' || kind == 'L' || kind == 'K';
    if (!ofAnother) {
        size = m_nextSize >= 0 ? m_nextSize : size;
        m_nextSize = -1;
    }
    m_skip = padded(size);
    return {};
}

/// Records are `LENGTH KEY=VALUE\n`.
void TarWatch::readExtension()
{
    if (!std::exchange(m_inExtension, false)) {
        return;
    }
    qsizetype at = 0;
    while (at < m_extension.size()) {
        const qsizetype space = m_extension.indexOf(' ', at);
        const qsizetype length = space < 0 ? 0 : m_extension.mid(at, space - at).toLongLong();
        if (length <= 0 || length > m_extension.size() - at) {
            return;
        }
        const QByteArray record = m_extension.mid(space + 1, at + length - space - 2);
        if (record.startsWith("size=")) {
            m_nextSize = std::max<qint64>(-1, record.mid(5).toLongLong());
        }
        at += length;
    }
}

QByteArray tarWithProgram(const QByteArray &name, const QByteArray &content)
{
    QByteArray header(blockSize, '\0');
    const auto put = [&header](
                         qsizetype at, const QByteArray &text) { header.replace(at, text.size(), text); };
    put(0, name);
    put(modeAt, "0000755");
    put(ownerAt, "0000000");
    put(groupAt, "0000000");
    put(sizeAt, QByteArray::number(content.size(), 8).rightJustified(sizeLength - 1, '0'));
    put(timeAt, "00000000000");
    header[kindAt] = '0';
    put(magicAt, QByteArray("ustar\0"
                            "00",
                     8));
    put(checksumAt, QByteArray::number(checksumOf(header), 8).rightJustified(6, '0') + QByteArray("\0 ", 2));
    return header + content + QByteArray(padded(content.size()) - content.size() + 2 * blockSize, '\0');
}

} // namespace dockerauto::application
