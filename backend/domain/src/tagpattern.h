#pragma once

#include <core/result.h>

#include <QRegularExpression>
#include <QString>

#include <chrono>
#include <optional>

namespace dockerauto::domain {

/// A regular expression of a user, searched in tags. It may be hostile: each search is limited in steps, and
/// all searches together in time.
class TagPattern
{
public:
    /// Absent when the text is empty; InvalidArgument with the field when the text is no expression.
    static core::Result<std::optional<TagPattern>> parse(const QString &text, const QString &field);

    /// InvalidArgument with the field when the expression takes too long.
    core::Result<bool> matches(const QString &tag);

private:
    TagPattern(QRegularExpression expression, QString field)
        : m_expression(std::move(expression)), m_field(std::move(field))
    {
    }

    QRegularExpression m_expression;
    QString m_field;
    std::chrono::steady_clock::duration m_spent{};
};

} // namespace dockerauto::domain
