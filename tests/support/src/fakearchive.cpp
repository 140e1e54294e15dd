#include "fakearchive.h"

namespace dockerauto::testsupport {

namespace {

constexpr qsizetype block = 512;

void put(QByteArray &header, qsizetype at, const QByteArray &text)
{
    header.replace(at, text.size(), text);
}

QByteArray octal(qint64 number, int digits)
{
    return QByteArray::number(number, 8).rightJustified(digits, '0');
}

QByteArray headerOf(const QString &name, qsizetype size, char type)
{
    QByteArray header(block, '\0');
    put(header, 0, name.toUtf8());
    put(header, 100, type == '5' ? "0000755" : "0000644");
    put(header, 108, octal(0, 7));
    put(header, 116, octal(0, 7));
    put(header, 124, octal(size, 11));
    put(header, 136, octal(1'740'000'000, 11));
    put(header, 148, QByteArray(8, ' '));
    header[156] = type;
    put(header, 257,
        QByteArray("ustar\0"
                   "00",
            8));
    int sum = 0;
    for (const char byte : std::as_const(header)) {
        sum += static_cast<unsigned char>(byte);
    }
    put(header, 148, octal(sum, 6) + QByteArray("\0 ", 2));
    return header;
}

qsizetype padded(qsizetype size)
{
    return (size + block - 1) / block * block;
}

QByteArray textAt(const QByteArray &header, qsizetype at, qsizetype length)
{
    const QByteArray field = header.mid(at, length);
    const qsizetype end = field.indexOf('\0');
    return end < 0 ? field : field.first(end);
}

} // namespace

QByteArray writeArchive(const ArchiveContent &content)
{
    QByteArray bytes;
    for (const QString &folder : content.folders) {
        bytes += headerOf(folder + u'/', 0, '5');
    }
    for (const auto &[name, data] : content.files) {
        bytes += headerOf(name, data.size(), '0');
        bytes += data.leftJustified(padded(data.size()), '\0');
    }
    return bytes + QByteArray(2 * block, '\0');
}

core::Result<ArchiveContent> readArchive(const QByteArray &bytes)
{
    ArchiveContent content;
    for (qsizetype at = 0; at < bytes.size();) {
        const QByteArray header = bytes.mid(at, block);
        if (header.size() < block) {
            return core::fail(
                core::ErrorCode::InvalidArgument, QStringLiteral("archive/tar: unexpected EOF"));
        }
        if (header.count('\0') == block) {
            return content;
        }
        QString name = QString::fromUtf8(textAt(header, 0, 100));
        if (const QByteArray prefix = textAt(header, 345, 155); !prefix.isEmpty()) {
            name = QString::fromUtf8(prefix) % u'/' % name;
        }
        bool sound = false;
        const qsizetype size = textAt(header, 124, 12).trimmed().toLongLong(&sound, 8);
        at += block;
        if (!sound || bytes.size() - at < padded(size)) {
            return core::fail(
                core::ErrorCode::InvalidArgument, QStringLiteral("archive/tar: invalid tar header"));
        }
        while (name.endsWith(u'/')) {
            name.chop(1);
        }
        const char type = header.at(156);
        if (type == '5') {
            content.folders.insert(name);
        } else if (type == '0' || type == '\0') {
            content.files[name] = bytes.mid(at, size);
        }
        at += padded(size);
    }
    return core::fail(core::ErrorCode::InvalidArgument, QStringLiteral("archive/tar: unexpected EOF"));
}

} // namespace dockerauto::testsupport
