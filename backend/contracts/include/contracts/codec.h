#pragma once

#include <core/json.h>
#include <core/result.h>

namespace dockerauto::contracts {

enum class UnknownFields
{
    /// InvalidArgument with the path of the field: for requests.
    Refuse,
    /// For replies and events of a server that may be newer than we are.
    Ignore,
};

/// The JSON of a contract type. Absent values are null. Defined for every request, reply and event payload.
template <class T>
core::Json encode(const T &value);

/// The contract type that the JSON holds. InvalidArgument with the path of the first field that is wrong.
template <class T>
core::Result<T> decode(const core::Json &json, UnknownFields unknown = UnknownFields::Refuse);

} // namespace dockerauto::contracts
