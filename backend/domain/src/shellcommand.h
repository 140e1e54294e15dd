#pragma once

#include <QString>

#include <vector>

namespace dockerauto::domain {

/// One word of a POSIX shell, whatever is in it.
QString shellQuoted(const QString &word);

/// A field of comma-separated values as Go reads them.
QString csvField(const QString &field);

/// A command with one option a line.
class ShellCommand
{
public:
    explicit ShellCommand(const QString &words) : m_lines{words} {}

    void flag(const char *name);
    void option(const char *name, const QString &value);
    /// Nothing when the value is empty.
    void given(const char *name, const QString &value);
    /// Nothing when it is zero.
    void given(const char *name, qint64 value);
    void each(const char *name, const std::vector<QString> &values);
    /// Words in a line of their own.
    void words(const std::vector<QString> &words);

    [[nodiscard]] QString text() const;

private:
    std::vector<QString> m_lines;
};

} // namespace dockerauto::domain
