#include "registry/linkheader.h"

#include "registryaddress.h"

#include <QByteArrayList>

#include <algorithm>
#include <string_view>

namespace dockerauto::registry {

namespace {

constexpr qsizetype maxHeader = 16 * 1024;

struct Link
{
    QByteArray target;
    /// Of several with one name the first counts.
    std::optional<QByteArray> relations;
    bool hasAnchor = false;
};

bool isTokenCharacter(char c)
{
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

/// Reads one header from the left.
class LinkReader
{
public:
    explicit LinkReader(const QByteArray &text)
        : m_text(text.constData(), static_cast<std::size_t>(text.size()))
    {
    }

    std::optional<std::vector<Link>> read()
    {
        skip(" \t,");
        while (!atEnd()) {
            if (!readLink()) {
                return std::nullopt;
            }
            skip(" \t,");
        }
        return std::move(m_links);
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] bool next(char c) const { return !atEnd() && m_text[m_at] == c; }
    void skip(std::string_view characters)
    {
        while (!atEnd() && characters.find(m_text[m_at]) != std::string_view::npos) {
            ++m_at;
        }
    }

    bool readLink()
    {
        const std::size_t end = m_text.find('>', m_at);
        if (!next('<') || end == std::string_view::npos) {
            return false;
        }
        const std::string_view target = m_text.substr(m_at + 1, end - m_at - 1);
        m_links.push_back({QByteArray(target.data(), qsizetype(target.size())).trimmed(), {}, false});
        m_at = end + 1;
        skip(" \t");
        while (next(';')) {
            // A semicolon with nothing behind it is forgiven, as by every browser.
            skip(" \t;");
            if (!atEnd() && !next(',') && !readParameter()) {
                return false;
            }
            skip(" \t");
        }
        return atEnd() || next(',');
    }

    bool readParameter()
    {
        const QByteArray name = takeToken().toLower();
        skip(" \t");
        std::optional<QByteArray> value = QByteArray();
        if (next('=')) {
            ++m_at;
            skip(" \t");
            value = next('"') ? takeQuoted() : takePlain();
        }
        if (name.isEmpty() || !value) {
            return false;
        }
        Link &link = m_links.back();
        if (name == "rel" && !link.relations) {
            link.relations = *value;
        }
        link.hasAnchor = link.hasAnchor || name == "anchor";
        return true;
    }

    QByteArray takeToken()
    {
        const std::size_t begin = m_at;
        while (!atEnd() && isTokenCharacter(m_text[m_at])) {
            ++m_at;
        }
        return {m_text.data() + begin, qsizetype(m_at - begin)};
    }
    /// A token, or more than the grammar allows: parameters such as `type=text/html` are sent unquoted.
    std::optional<QByteArray> takePlain()
    {
        const std::size_t begin = m_at;
        m_at = std::min(m_text.find_first_of(" \t;,\"", begin), m_text.size());
        return m_at > begin ? std::optional(QByteArray(m_text.data() + begin, qsizetype(m_at - begin)))
                            : std::nullopt;
    }
    std::optional<QByteArray> takeQuoted()
    {
        QByteArray value;
        for (++m_at; !atEnd() && !next('"'); ++m_at) {
            if (next('\\') && ++m_at >= m_text.size()) {
                return std::nullopt;
            }
            value += m_text[m_at];
        }
        if (atEnd()) {
            return std::nullopt;
        }
        ++m_at;
        return value;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Link> m_links;
};

/// A link with an anchor is about something else than the page that was asked for.
bool isNext(const Link &link)
{
    const QByteArrayList relations = link.relations.value_or(QByteArray()).toLower().simplified().split(' ');
    return !link.hasAnchor && relations.contains("next");
}

core::Failure refused(const char *why)
{
    return core::fail(core::ErrorCode::InvalidArgument, QString::fromLatin1(why));
}

} // namespace

core::Result<std::optional<QUrl>> nextPage(const std::vector<QByteArray> &headers, const QUrl &asked)
{
    for (const QByteArray &header : headers) {
        const auto links = header.size() > maxHeader ? std::nullopt : LinkReader(header).read();
        if (!links) {
            return refused("The Link header cannot be read");
        }
        const auto found = std::ranges::find_if(*links, isNext);
        if (found == links->end()) {
            continue;
        }
        const QUrl target = QUrl::fromEncoded(found->target, QUrl::StrictMode);
        QUrl next = asked.resolved(target);
        if (found->target.isEmpty() || !target.isValid() || !next.isValid() || !next.userInfo().isEmpty()) {
            return refused("The Link header holds no address of a next page");
        }
        if (originOf(next) != originOf(asked)) {
            return refused("The next page is said to be at another address");
        }
        next.setFragment(QString());
        return next;
    }
    return std::nullopt;
}

} // namespace dockerauto::registry
