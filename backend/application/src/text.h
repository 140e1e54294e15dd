#pragma once

#include <QString>

#include <string_view>

namespace dockerauto::application {

/// The words of the contract, which are UTF-8, as Qt wants them.
inline QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace dockerauto::application
