#include "shellcommand.h"

#include <QRegularExpression>

namespace dockerauto::domain {

QString shellQuoted(const QString &word)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9_@%+=:,./-]+\\z"));
    if (plain.match(word).hasMatch()) {
        return word;
    }
    QString quoted = word;
    quoted.replace(u'\'', QStringLiteral("'\\''"));
    return u'\'' + quoted + u'\'';
}

QString csvField(const QString &field)
{
    static const QRegularExpression special(QStringLiteral("[\",\\r\\n]|\\A\\s"));
    if (!special.match(field).hasMatch()) {
        return field;
    }
    QString quoted = field;
    quoted.replace(u'"', QStringLiteral("\"\""));
    return u'"' + quoted + u'"';
}

void ShellCommand::flag(const char *name)
{
    m_lines.push_back(QLatin1String(name));
}

void ShellCommand::option(const char *name, const QString &value)
{
    m_lines.push_back(QLatin1String(name) + u' ' + shellQuoted(value));
}

void ShellCommand::given(const char *name, const QString &value)
{
    if (!value.isEmpty()) {
        option(name, value);
    }
}

void ShellCommand::given(const char *name, qint64 value)
{
    if (value != 0) {
        option(name, QString::number(value));
    }
}

void ShellCommand::each(const char *name, const std::vector<QString> &values)
{
    for (const QString &value : values) {
        option(name, value);
    }
}

void ShellCommand::words(const std::vector<QString> &words)
{
    QString line;
    for (const QString &word : words) {
        line += (line.isEmpty() ? QString() : QStringLiteral(" ")) + shellQuoted(word);
    }
    m_lines.push_back(line);
}

QString ShellCommand::text() const
{
    QString text;
    for (const QString &line : m_lines) {
        text += (text.isEmpty() ? QString() : QStringLiteral(" \\\n  ")) + line;
    }
    return text + u'\n';
}

} // namespace dockerauto::domain
