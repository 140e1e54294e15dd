#pragma once

#include <core/json.h>
#include <core/result.h>
#include <ports/storage.h>

#include <QByteArray>
#include <QString>

#include <optional>

namespace dockerauto::application {

// Cursors are opaque to clients: the place of the last row of a page, as base64url of a small JSON list.

inline QString toCursor(const ports::PageKey &key)
{
    const core::Json list = core::Json::array({key.key.toStdString(), key.id.toStdString()});
    return QString::fromLatin1(QByteArray::fromStdString(core::writeJson(list))
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

inline core::Result<std::optional<ports::PageKey>> fromCursor(const std::optional<QString> &cursor)
{
    if (!cursor) {
        return std::nullopt;
    }
    const QByteArray text = QByteArray::fromBase64(cursor->toLatin1(), QByteArray::Base64UrlEncoding);
    const auto list =
        core::parseJson(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!list || !list->is_array() || list->size() != 2 || !(*list)[0].is_string() ||
        !(*list)[1].is_string()) {
        return core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral("This cursor is not one of ours. Begin without a cursor."),
            QStringLiteral("cursor"));
    }
    return ports::PageKey{(*list)[0].get<QString>(), (*list)[1].get<QString>()};
}

inline core::Result<int> pageSize(const std::optional<int> &limit)
{
    if (limit && (*limit < 1 || *limit > 500)) {
        return core::fail(core::ErrorCode::InvalidArgument, QStringLiteral("“limit” must be from 1 to 500"),
            QStringLiteral("limit"));
    }
    return limit.value_or(100);
}

} // namespace dockerauto::application
