#pragma once

// One description of a struct (BOOST_DESCRIBE_STRUCT in the unit that instantiates it) gives its JSON, its
// JSON Schema and its reading from texts. Boost.Describe costs seconds per unit, so only the units in this
// folder include this.

#include "contracts/codec.h"
#include "contracts/operation.h"

#include <core/enumtext.h>
#include <core/time.h>

#include <QString>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace dockerauto::contracts::detail {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T>
concept Described = boost::describe::has_describe_members<T>::value;

template <class T>
struct OptionalOf : std::false_type
{
};
template <class T>
struct OptionalOf<std::optional<T>> : std::true_type
{
    using Value = T;
};

template <class T>
struct ListOf : std::false_type
{
};
template <class T>
struct ListOf<std::vector<T>> : std::true_type
{
    using Value = T;
};

template <class T>
struct DictionaryOf : std::false_type
{
};
template <class T>
struct DictionaryOf<std::map<QString, T>> : std::true_type
{
    using Value = T;
};

template <class T>
constexpr bool isOptional = OptionalOf<T>::value;

inline QString childPath(const QString &path, const QString &name)
{
    return path.isEmpty() ? name : QString(path % u'/' % name);
}

inline core::Failure wrongType(const QString &path, const char *expected)
{
    return fail(ErrorCode::InvalidArgument,
        QStringLiteral("“%1” must be %2").arg(path, QLatin1String(expected)), path);
}

template <class T>
Json toJson(const T &value)
{
    if constexpr (std::is_same_v<T, core::Timestamp>) {
        return core::toRfc3339(value).toStdString();
    } else if constexpr (core::NamedEnum<T>) {
        return std::string(core::toText(value));
    } else if constexpr (isOptional<T>) {
        return value ? toJson(*value) : Json();
    } else if constexpr (ListOf<T>::value) {
        Json list = Json::array();
        for (const auto &item : value) {
            list.push_back(toJson(item));
        }
        return list;
    } else if constexpr (DictionaryOf<T>::value) {
        Json object = Json::object();
        for (const auto &[key, item] : value) {
            object[key.toStdString()] = toJson(item);
        }
        return object;
    } else if constexpr (Described<T>) {
        Json object = Json::object();
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto member) { object[member.name] = toJson(value.*member.pointer); });
        return object;
    } else {
        return Json(value);
    }
}

template <class T>
Result<T> fromJson(const Json &json, const QString &path, UnknownFields unknown);

template <class Number>
Result<Number> numberFromJson(const Json &json, const QString &path)
{
    if constexpr (std::is_floating_point_v<Number>) {
        if (!json.is_number()) {
            return wrongType(path, "a number");
        }
        return json.get<Number>();
    } else {
        if (!json.is_number_integer()) {
            return wrongType(path, "a whole number");
        }
        const bool fits = json.is_number_unsigned() ? std::in_range<Number>(json.get<std::uint64_t>())
                                                    : std::in_range<Number>(json.get<std::int64_t>());
        if (!fits) {
            return wrongType(path, "a number that is not so large");
        }
        return json.get<Number>();
    }
}

template <core::NamedEnum Enum>
Result<Enum> enumFromJson(const Json &json, const QString &path)
{
    if (json.is_string()) {
        if (const auto value = core::fromText<Enum>(json.get_ref<const std::string &>())) {
            return *value;
        }
    }
    std::string allowed;
    for (const auto &[value, name] : core::EnumText<Enum>::names) {
        allowed += (allowed.empty() ? "one of " : ", ");
        allowed += name;
    }
    return wrongType(path, allowed.c_str());
}

template <class T>
Result<T> structFromJson(const Json &json, const QString &path, UnknownFields unknown)
{
    if (!json.is_object()) {
        return wrongType(path.isEmpty() ? QStringLiteral("body") : path, "an object");
    }
    T value;
    std::optional<core::Error> problem;
    std::size_t known = 0;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(value.*member.pointer)>;
        if (problem) {
            return;
        }
        const QString memberPath = childPath(path, QString::fromLatin1(member.name));
        const auto found = json.find(member.name);
        if (found == json.end()) {
            // A reply of an older server may lack what we have added since.
            if (!isOptional<Member> && unknown == UnknownFields::Refuse) {
                problem = core::Error{ErrorCode::InvalidArgument,
                    QStringLiteral("“%1” is missing").arg(memberPath), memberPath, {}};
            }
            return;
        }
        ++known;
        auto read = fromJson<Member>(*found, memberPath, unknown);
        if (read) {
            value.*member.pointer = std::move(*read);
        } else {
            problem = std::move(read.error());
        }
    });
    if (problem) {
        return fail(std::move(*problem));
    }
    if (unknown == UnknownFields::Refuse && known != json.size()) {
        for (const auto &[key, ignored] : json.items()) {
            bool described = false;
            boost::mp11::mp_for_each<Members<T>>([&](auto member) { described |= key == member.name; });
            if (!described) {
                const QString memberPath = childPath(path, QString::fromStdString(key));
                return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("“%1” is not known here").arg(memberPath), memberPath);
            }
        }
    }
    return value;
}

template <class T>
Result<T> fromJson(const Json &json, const QString &path, UnknownFields unknown)
{
    if constexpr (std::is_same_v<T, Json>) {
        return json;
    } else if constexpr (isOptional<T>) {
        if (json.is_null()) {
            return T();
        }
        auto value = fromJson<typename OptionalOf<T>::Value>(json, path, unknown);
        if (!value) {
            return fail(std::move(value.error()));
        }
        return T(std::move(*value));
    } else if constexpr (std::is_same_v<T, QString>) {
        if (!json.is_string()) {
            return wrongType(path, "a text");
        }
        return QString::fromStdString(json.get_ref<const std::string &>());
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_boolean()) {
            return wrongType(path, "true or false");
        }
        return json.get<bool>();
    } else if constexpr (std::is_arithmetic_v<T>) {
        return numberFromJson<T>(json, path);
    } else if constexpr (std::is_same_v<T, core::Timestamp>) {
        const auto time = json.is_string()
                              ? core::fromRfc3339(QString::fromStdString(json.get_ref<const std::string &>()))
                              : Result<core::Timestamp>(fail(ErrorCode::InvalidArgument, QString()));
        if (!time) {
            return wrongType(path, "a time like 2025-03-01T10:00:00Z");
        }
        return *time;
    } else if constexpr (core::NamedEnum<T>) {
        return enumFromJson<T>(json, path);
    } else if constexpr (ListOf<T>::value) {
        if (!json.is_array()) {
            return wrongType(path, "a list");
        }
        T list;
        list.reserve(json.size());
        for (std::size_t i = 0; i < json.size(); ++i) {
            auto item =
                fromJson<typename ListOf<T>::Value>(json[i], childPath(path, QString::number(i)), unknown);
            if (!item) {
                return fail(std::move(item.error()));
            }
            list.push_back(std::move(*item));
        }
        return list;
    } else if constexpr (DictionaryOf<T>::value) {
        if (!json.is_object()) {
            return wrongType(path, "an object");
        }
        T dictionary;
        for (const auto &[key, member] : json.items()) {
            const QString name = QString::fromStdString(key);
            auto item = fromJson<typename DictionaryOf<T>::Value>(member, childPath(path, name), unknown);
            if (!item) {
                return fail(std::move(item.error()));
            }
            dictionary.emplace(name, std::move(*item));
        }
        return dictionary;
    } else {
        static_assert(Described<T>, "describe the type with BOOST_DESCRIBE_STRUCT");
        return structFromJson<T>(json, path, unknown);
    }
}

/// The name of a type without its namespaces, for components/schemas.
template <class T>
std::string typeName()
{
    const std::string_view signature = __PRETTY_FUNCTION__;
    const std::size_t start = signature.find("T = ") + 4;
    const std::string_view full = signature.substr(start, signature.find_first_of(";]", start) - start);
    return std::string(full.substr(full.rfind(':') + 1));
}

template <class T>
Json schema(SchemaBook &book)
{
    if constexpr (isOptional<T>) {
        return Json{
            {"anyOf", Json::array({schema<typename OptionalOf<T>::Value>(book), Json{{"type", "null"}}})}};
    } else if constexpr (std::is_same_v<T, Json>) {
        return Json::object();
    } else if constexpr (std::is_same_v<T, QString>) {
        return Json{{"type", "string"}};
    } else if constexpr (std::is_same_v<T, bool>) {
        return Json{{"type", "boolean"}};
    } else if constexpr (std::is_floating_point_v<T>) {
        return Json{{"type", "number"}};
    } else if constexpr (std::is_integral_v<T>) {
        return Json{{"type", "integer"}, {"format", sizeof(T) == 8 ? "int64" : "int32"}};
    } else if constexpr (std::is_same_v<T, core::Timestamp>) {
        return Json{{"type", "string"}, {"format", "date-time"}};
    } else if constexpr (core::NamedEnum<T>) {
        Json names = Json::array();
        for (const auto &[value, name] : core::EnumText<T>::names) {
            names.push_back(std::string(name));
        }
        return Json{{"type", "string"}, {"enum", std::move(names)}};
    } else if constexpr (ListOf<T>::value) {
        return Json{{"type", "array"}, {"items", schema<typename ListOf<T>::Value>(book)}};
    } else if constexpr (DictionaryOf<T>::value) {
        return Json{
            {"type", "object"}, {"additionalProperties", schema<typename DictionaryOf<T>::Value>(book)}};
    } else {
        const std::string name = typeName<T>();
        if (!book.contains(name)) {
            book[name] = Json::object();
            Json properties = Json::object();
            Json required = Json::array();
            boost::mp11::mp_for_each<Members<T>>([&](auto member) {
                using Member = std::remove_cvref_t<decltype(std::declval<T &>().*member.pointer)>;
                properties[member.name] = schema<Member>(book);
                if (!isOptional<Member>) {
                    required.push_back(member.name);
                }
            });
            Json described{{"type", "object"}, {"properties", std::move(properties)}};
            if (!required.empty()) {
                described["required"] = std::move(required);
            }
            book[name] = std::move(described);
        }
        return Json{{"$ref", "#/components/schemas/" + name}};
    }
}

template <class T>
Result<Json> valueFromText(const std::string &text, const QString &path)
{
    if constexpr (isOptional<T>) {
        return valueFromText<typename OptionalOf<T>::Value>(text, path);
    } else if constexpr (std::is_same_v<T, bool>) {
        if (text != "true" && text != "false") {
            return wrongType(path, "true or false");
        }
        return Json(text == "true");
    } else if constexpr (std::is_integral_v<T>) {
        std::int64_t number = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (problem != std::errc() || end != text.data() + text.size()) {
            return wrongType(path, "a whole number");
        }
        return Json(number);
    } else {
        return Json(text);
    }
}

template <class T>
Result<Json> requestFromTexts(const std::map<std::string, std::string> &texts)
{
    Json request = Json::object();
    std::optional<core::Error> problem;
    for (const auto &[name, text] : texts) {
        request[name] = text;
    }
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<T &>().*member.pointer)>;
        const auto found = texts.find(member.name);
        if (found == texts.end() || problem) {
            return;
        }
        if (auto value = valueFromText<Member>(found->second, QString::fromLatin1(member.name))) {
            request[member.name] = std::move(*value);
        } else {
            problem = std::move(value.error());
        }
    });
    if (problem) {
        return fail(std::move(*problem));
    }
    return request;
}

template <class T>
Result<Json> normalizeRequest(const Json &json)
{
    auto value = fromJson<T>(json, QString(), UnknownFields::Refuse);
    if (!value) {
        return fail(std::move(value.error()));
    }
    return toJson(*value);
}

template <class Op>
Operation makeOperation()
{
    return {&Op::info, &schema<typename Op::Request>, &schema<typename Op::Reply>,
        &normalizeRequest<typename Op::Request>, &requestFromTexts<typename Op::Request>};
}

} // namespace dockerauto::contracts::detail

namespace dockerauto::contracts {

template <class T>
core::Json encode(const T &value)
{
    return detail::toJson(value);
}

template <class T>
core::Result<T> decode(const core::Json &json, UnknownFields unknown)
{
    return detail::fromJson<T>(json, QString(), unknown);
}

} // namespace dockerauto::contracts

/// Makes encode and decode of a type callable from everywhere.
#define DOCKERAUTO_CODEC(Type)                                                                               \
    template core::Json encode<Type>(const Type &);                                                          \
    template core::Result<Type> decode<Type>(const core::Json &, UnknownFields);
