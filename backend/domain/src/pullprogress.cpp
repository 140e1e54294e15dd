#include "domain/pullprogress.h"

#include <algorithm>

namespace dockerauto::domain {
namespace {

using core::ErrorCode;
using core::Json;

constexpr qsizetype maxLine = 1024 * 1024;

/// The engine passes on what the registry said as text; nothing else tells the kinds apart.
ErrorCode codeOf(const QString &message)
{
    const auto says = [&message](QLatin1String part) { return message.contains(part, Qt::CaseInsensitive); };
    if (says(QLatin1String("toomanyrequests"))) {
        return ErrorCode::RateLimited;
    }
    if (says(QLatin1String("unauthorized")) || says(QLatin1String("denied"))) {
        return ErrorCode::Unauthenticated;
    }
    if (says(QLatin1String("manifest unknown")) || says(QLatin1String("not found"))) {
        return ErrorCode::NotFound;
    }
    return ErrorCode::Unavailable;
}

qint64 bytesOf(const Json &detail, const char *key)
{
    const Json &value = core::memberOf(detail, key);
    if (!value.is_number_integer()) {
        return 0;
    }
    if (value.is_number_unsigned() && value.get<quint64>() > static_cast<quint64>(INT64_MAX)) {
        return 0;
    }
    return std::max<qint64>(0, value.get<qint64>());
}

} // namespace

core::Result<> PullProgressReader::feed(QByteArrayView bytes)
{
    while (!m_failure && !bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        m_rest.append(bytes.data(), end < 0 ? bytes.size() : end);
        if (end < 0 && m_rest.size() <= maxLine) {
            break;
        }
        bytes = end < 0 ? QByteArrayView() : bytes.sliced(end + 1);
        const QByteArray line = std::exchange(m_rest, {});
        if (auto read = readLine(line); !read) {
            m_failure = read.error();
        }
    }
    return m_failure ? core::Result<>(core::fail(*m_failure)) : core::Result<>();
}

core::Result<> PullProgressReader::finish()
{
    // The last line may lack its end; whether it is whole shows when it is read.
    if (!m_failure && !m_rest.isEmpty()) {
        if (auto read = readLine(std::exchange(m_rest, {}));
            !read && read.error().code != ErrorCode::Corrupt) {
            m_failure = read.error();
        }
    }
    if (!m_failure && !m_complete) {
        m_failure = core::Error{ErrorCode::Unavailable,
            QStringLiteral("The engine's answer broke off before the image was complete. Try again."), {},
            nullptr};
    }
    return m_failure ? core::Result<>(core::fail(*m_failure)) : core::Result<>();
}

qint64 PullProgressReader::bytesDone() const
{
    qint64 sum = 0;
    for (const auto &[id, layer] : m_layers) {
        sum += layer.done;
    }
    return sum;
}

qint64 PullProgressReader::bytesTotal() const
{
    qint64 sum = 0;
    for (const auto &[id, layer] : m_layers) {
        sum += layer.total;
    }
    return sum;
}

core::Result<> PullProgressReader::readLine(QByteArrayView line)
{
    if (line.trimmed().isEmpty()) {
        return {};
    }
    const auto message = core::parsePeerJson({line.data(), static_cast<std::size_t>(line.size())});
    if (!message || !message->is_object()) {
        return core::fail(ErrorCode::Corrupt, QStringLiteral("The engine's answer to the pull is not JSON"));
    }
    const Json &error = core::memberOf(*message, "error");
    const Json &detail = core::memberOf(*message, "errorDetail");
    if (!error.is_null() || !detail.is_null()) {
        QString text = core::textOf(detail, "message", core::textOf(*message, "error"));
        if (text.isEmpty()) {
            text = QStringLiteral("The engine could not pull the image and did not say why");
        }
        return core::fail(codeOf(text), text);
    }
    readStatus(*message);
    return {};
}

void PullProgressReader::readStatus(const Json &message)
{
    const QString status = core::textOf(message, "status");
    const QString id = core::textOf(message, "id");
    if (status.startsWith(QLatin1String("Status:"))) {
        m_complete = true;
        return;
    }
    // In the first line the id is the tag.
    if (id.isEmpty() || status.startsWith(QLatin1String("Pulling from"))) {
        return;
    }
    Layer &layer = m_layers[id];
    if (status == QLatin1String("Downloading")) {
        const Json &detail = core::memberOf(message, "progressDetail");
        layer.done = bytesOf(detail, "current");
        layer.total = std::max({layer.total, layer.done, bytesOf(detail, "total")});
    } else if (status == QLatin1String("Download complete") ||
               status == QLatin1String("Verifying Checksum") || status == QLatin1String("Extracting") ||
               status == QLatin1String("Pull complete")) {
        layer.done = layer.total;
    }
}

} // namespace dockerauto::domain
