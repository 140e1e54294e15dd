#include "registry/authchallenge.h"

#include <optional>
#include <string_view>

namespace dockerauto::registry {

namespace {

constexpr qsizetype maxHeader = 16 * 1024;

bool isTokenCharacter(char c)
{
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

bool isToken68Character(char c)
{
    constexpr std::string_view others = "-._~+/";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

/// Reads one header from the left.
class ChallengeReader
{
public:
    explicit ChallengeReader(const QByteArray &text)
        : m_text(text.constData(), static_cast<std::size_t>(text.size()))
    {
    }

    core::Result<std::vector<AuthChallenge>> read()
    {
        skipSeparators();
        while (!atEnd()) {
            if (!readElement()) {
                return core::fail(core::ErrorCode::InvalidArgument,
                    QStringLiteral("The WWW-Authenticate header cannot be read at character %1")
                        .arg(m_at + 1));
            }
            skipSeparators();
        }
        return std::move(m_challenges);
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] bool next(char c) const { return !atEnd() && m_text[m_at] == c; }

    void skipBlanks()
    {
        while (next(' ') || next('\t')) {
            ++m_at;
        }
    }
    /// Blanks, and the commas between the elements of a list, of which there may be too many.
    void skipSeparators()
    {
        while (next(' ') || next('\t') || next(',')) {
            ++m_at;
        }
    }
    [[nodiscard]] bool atElementEnd() const { return atEnd() || m_text[m_at] == ','; }

    std::string_view takeToken()
    {
        const std::size_t begin = m_at;
        while (!atEnd() && isTokenCharacter(m_text[m_at])) {
            ++m_at;
        }
        return m_text.substr(begin, m_at - begin);
    }

    /// What stands between two commas: a parameter of the challenge before, or a scheme with what follows it.
    bool readElement()
    {
        const std::string_view token = takeToken();
        if (token.empty()) {
            return false;
        }
        const std::size_t end = m_at;
        skipBlanks();
        if (next('=')) {
            return readParameter(token);
        }
        m_challenges.push_back({QString::fromLatin1(token.data(), qsizetype(token.size())).toLower(), {}});
        if (atElementEnd()) {
            return true;
        }
        // Credentials of a scheme are set apart from its name by a blank.
        return m_at > end && (skipToken68() || readFirstParameter());
    }

    bool readFirstParameter()
    {
        const std::string_view name = takeToken();
        skipBlanks();
        return !name.empty() && next('=') && readParameter(name);
    }

    bool skipToken68()
    {
        const std::size_t begin = m_at;
        while (!atEnd() && isToken68Character(m_text[m_at])) {
            ++m_at;
        }
        const bool some = m_at > begin;
        while (next('=')) {
            ++m_at;
        }
        skipBlanks();
        if (some && atElementEnd()) {
            return true;
        }
        m_at = begin;
        return false;
    }

    /// From the sign `=` on.
    bool readParameter(std::string_view name)
    {
        ++m_at;
        skipBlanks();
        const std::optional<QString> value = next('"') ? takeQuoted() : takePlain();
        skipBlanks();
        if (!value || m_challenges.empty() || !atElementEnd()) {
            return false;
        }
        const QString key = QString::fromLatin1(name.data(), qsizetype(name.size())).toLower();
        // A name that comes twice would leave it to the reader which one counts.
        return m_challenges.back().parameters.emplace(key, *value).second;
    }

    std::optional<QString> takePlain()
    {
        const std::string_view token = takeToken();
        return token.empty() ? std::nullopt
                             : std::optional(QString::fromLatin1(token.data(), qsizetype(token.size())));
    }

    std::optional<QString> takeQuoted()
    {
        QByteArray value;
        for (++m_at; !atEnd() && !next('"'); ++m_at) {
            if (next('\\') && ++m_at >= m_text.size()) {
                return std::nullopt;
            }
            const char c = m_text[m_at];
            if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) {
                return std::nullopt;
            }
            value += c;
        }
        if (atEnd()) {
            return std::nullopt;
        }
        ++m_at;
        return QString::fromUtf8(value);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<AuthChallenge> m_challenges;
};

} // namespace

core::Result<std::vector<AuthChallenge>> parseChallenges(const QByteArray &header)
{
    if (header.size() > maxHeader) {
        return core::fail(
            core::ErrorCode::InvalidArgument, QStringLiteral("The WWW-Authenticate header is too long"));
    }
    return ChallengeReader(header).read();
}

} // namespace dockerauto::registry
