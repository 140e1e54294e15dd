#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <nlohmann/json.hpp>

#include <string_view>

// How text of Qt is written to and read from JSON: as UTF-8.
template <>
struct nlohmann::adl_serializer<QString>
{
    static void to_json(json &value, const QString &text) { value = text.toStdString(); }
    static void from_json(const json &value, QString &text)
    {
        text = QString::fromStdString(value.get_ref<const std::string &>());
    }
};

namespace dockerauto::core {

using Json = nlohmann::json;

/// Strict RFC 8259: one value, valid UTF-8, at most 64 nested containers, no key twice in one object. For
/// what strangers send.
Result<Json> parseJson(std::string_view text);

/// What an engine or a registry answers: RFC 8259, at most 256 nested containers, the last of equal keys
/// wins.
Result<Json> parsePeerJson(std::string_view text);

/// One line without blanks. Never fails: bytes that are no UTF-8 become U+FFFD.
std::string writeJson(const Json &value);

/// The member `key` of an object as text, or `fallback` when it is missing, null or of another type.
QString textOf(const Json &object, const char *key, const QString &fallback = {});
/// The member `key` of an object, or null when there is none or `object` is no object.
const Json &memberOf(const Json &object, const char *key);

} // namespace dockerauto::core
