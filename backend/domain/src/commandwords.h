#pragma once

#include <core/result.h>

#include <QString>

#include <vector>

namespace dockerauto::domain {

/// A command as words, from a JSON array: `["pg_isready", "-U", "shop"]`. InvalidArgument with an example.
core::Result<std::vector<QString>> parseWords(const QString &text);

/// At most 64 words of at most 4,096 characters without NUL, the first of which names a program; no words are
/// no command. The error has no path.
core::Result<> checkWords(const std::vector<QString> &words);

} // namespace dockerauto::domain
