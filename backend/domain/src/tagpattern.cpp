#include "tagpattern.h"

namespace dockerauto::domain {
namespace {

using core::ErrorCode;
using core::Result;

constexpr qsizetype maxLength = 1'000;
constexpr std::chrono::seconds maxTime{3};

/// About 0.3 ms of searching; an ordinary expression needs some hundred steps for a tag.
QString limits()
{
    return QStringLiteral("(*LIMIT_MATCH=100000)(*LIMIT_DEPTH=10000)(*LIMIT_HEAP=4096)");
}

} // namespace

Result<std::optional<TagPattern>> TagPattern::parse(const QString &text, const QString &field)
{
    if (text.isEmpty()) {
        return std::nullopt;
    }
    const auto refuse = [&field](const QString &why) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral("The expression in “%1” can't be used: %2").arg(field, why), field);
    };
    if (text.size() > maxLength) {
        return refuse(QStringLiteral("it is longer than %1 characters").arg(maxLength));
    }
    // Settings of the engine stand here, the limits among them.
    if (text.startsWith(QLatin1String("(*"))) {
        return refuse(QStringLiteral("it must not begin with (*"));
    }
    QRegularExpression expression(limits() + text);
    if (!expression.isValid()) {
        return refuse(QStringLiteral("%1, at character %2")
                          .arg(expression.errorString())
                          .arg(qMax<qsizetype>(0, expression.patternErrorOffset() - limits().size()) + 1));
    }
    return TagPattern(std::move(expression), field);
}

Result<bool> TagPattern::matches(const QString &tag)
{
    const auto start = std::chrono::steady_clock::now();
    const auto match = m_expression.match(tag);
    m_spent += std::chrono::steady_clock::now() - start;
    // A search that ran into a limit is no valid one.
    if (!match.isValid() || m_spent > maxTime) {
        return core::fail(ErrorCode::InvalidArgument,
            QStringLiteral(
                "The expression in “%1” takes too long. Avoid a repeat inside a repeat, like (a+)+.")
                .arg(m_field),
            m_field);
    }
    return match.hasMatch();
}

} // namespace dockerauto::domain
