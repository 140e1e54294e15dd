#include "commandwords.h"

#include <core/json.h>

#include <algorithm>

namespace dockerauto::domain {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

constexpr std::size_t mostWords = 64;
constexpr qsizetype longestWord = 4'096;

} // namespace

Result<std::vector<QString>> parseWords(const QString &text)
{
    const auto refuse = [] {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("A command is a JSON array of words, without a shell: [\"pg_isready\", \"-U\", "
                           "\"shop\"]"));
    };
    const auto json = core::parseJson(text.toStdString());
    if (!json || !json->is_array()) {
        return refuse();
    }
    std::vector<QString> words;
    for (const core::Json &word : *json) {
        if (!word.is_string()) {
            return refuse();
        }
        words.push_back(word.get<QString>());
    }
    DOCKERAUTO_TRY(checkWords(words));
    return words;
}

Result<> checkWords(const std::vector<QString> &words)
{
    const auto refuse = [](const QString &message) { return fail(ErrorCode::InvalidArgument, message); };
    if (words.size() > mostWords) {
        return refuse(QStringLiteral("A command can have at most %1 words").arg(mostWords));
    }
    if (!words.empty() && words.front().trimmed().isEmpty()) {
        return refuse(QStringLiteral("The first word of a command must be a program: [\"/backup.sh\"]"));
    }
    if (std::ranges::any_of(words, [](const QString &word) { return word.size() > longestWord; })) {
        return refuse(QStringLiteral("A word of a command can have at most %1 characters").arg(longestWord));
    }
    if (std::ranges::any_of(words, [](const QString &word) { return word.contains(QChar::Null); })) {
        return refuse(QStringLiteral("A word of a command can't have a NUL character"));
    }
    return {};
}

} // namespace dockerauto::domain
