#pragma once

#include <core/result.h>

#include <QByteArray>
#include <QUrl>

#include <optional>
#include <vector>

namespace dockerauto::registry {

/// Where the next page is, from the values of the Link headers (RFC 8288) of the answer to `asked`: the first
/// link with the relation `next`, made absolute, without its fragment. None when there is no such link, which
/// is the end of the list. InvalidArgument when a header breaks the grammar, so that a list which goes on is
/// not taken for a short one, and when the link leads to another origin.
core::Result<std::optional<QUrl>> nextPage(const std::vector<QByteArray> &headers, const QUrl &asked);

} // namespace dockerauto::registry
