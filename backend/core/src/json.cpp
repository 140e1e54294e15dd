#include "core/json.h"

#include <set>
#include <vector>

namespace dockerauto::core {
namespace {

/// Builds the value while it watches depth and keys, which nlohmann's own parser does not.
class StrictBuilder : public nlohmann::detail::json_sax_dom_parser<Json>
{
    using Base = nlohmann::detail::json_sax_dom_parser<Json>;

public:
    StrictBuilder(Json &target, std::size_t maxDepth, bool withUniqueKeys)
        : Base(target, false), m_maxDepth(maxDepth), m_uniqueKeys(withUniqueKeys)
    {
    }

    bool start_object(std::size_t size)
    {
        m_keys.emplace_back();
        return descend() && Base::start_object(size);
    }
    bool end_object()
    {
        m_keys.pop_back();
        --m_depth;
        return Base::end_object();
    }
    bool start_array(std::size_t size) { return descend() && Base::start_array(size); }
    bool end_array()
    {
        --m_depth;
        return Base::end_array();
    }
    bool key(std::string &name)
    {
        if (m_uniqueKeys && !m_keys.back().insert(name).second) {
            m_problem = QStringLiteral("the key “%1” stands twice in one object")
                            .arg(QString::fromStdString(name).left(64));
            return false;
        }
        return Base::key(name);
    }
    bool number_float(Json::number_float_t value, const std::string &text)
    {
        return Base::number_float(value, text);
    }
    template <class Exception>
    bool parse_error(std::size_t position, const std::string &, const Exception &)
    {
        m_problem = QStringLiteral("it is not valid at byte %1").arg(position);
        return false;
    }

    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    bool descend()
    {
        if (++m_depth > m_maxDepth) {
            m_problem = QStringLiteral("it is nested deeper than %1 levels").arg(m_maxDepth);
            return false;
        }
        return true;
    }

    std::size_t m_depth = 0;
    std::size_t m_maxDepth;
    bool m_uniqueKeys;
    std::vector<std::set<std::string>> m_keys;
    QString m_problem;
};

Result<Json> parse(std::string_view text, std::size_t maxDepth, bool uniqueKeys)
{
    Json root;
    StrictBuilder builder(root, maxDepth, uniqueKeys);
    // A byte order mark is no JSON text (RFC 8259, section 8.1), but nlohmann skips it.
    const bool marked = text.substr(0, 3) == "\xEF\xBB\xBF";
    // NUL is no JSON anywhere, but nlohmann takes it for the end of the text and what follows for nothing.
    if (const auto end = text.find('\0'); end != std::string_view::npos) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("This is not JSON: it has a zero byte at %1").arg(end + 1));
    }
    if (marked || !Json::sax_parse(text.begin(), text.end(), &builder)) {
        const QString problem =
            marked ? QStringLiteral("it starts with a byte order mark") : builder.problem();
        return fail(ErrorCode::InvalidArgument, QStringLiteral("This is not JSON: %1").arg(problem));
    }
    return root;
}

} // namespace

Result<Json> parseJson(std::string_view text)
{
    return parse(text, 64, true);
}

Result<Json> parsePeerJson(std::string_view text)
{
    auto value = parse(text, 256, false);
    if (!value) {
        value.error().code = ErrorCode::Corrupt;
    }
    return value;
}

std::string writeJson(const Json &value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

QString textOf(const Json &object, const char *key, const QString &fallback)
{
    const Json &member = memberOf(object, key);
    return member.is_string() ? QString::fromStdString(member.get_ref<const std::string &>()) : fallback;
}

const Json &memberOf(const Json &object, const char *key)
{
    static const Json null;
    if (!object.is_object()) {
        return null;
    }
    const auto found = object.find(key);
    return found == object.end() ? null : *found;
}

} // namespace dockerauto::core
