#pragma once

#include <contracts/containers.h>
#include <core/vocabulary.h>

#include <QString>

#include <optional>
#include <vector>

/// Words for the rules by which containers are kept up to date.
namespace dockerauto::ui {

/// One of several answers, and what it means.
struct Choice
{
    QString text;
    QString meaning;
};

/// The largest step that is looked for.
[[nodiscard]] Choice levelChoice(core::TagLevel level);
/// The largest step that is taken without a person.
[[nodiscard]] Choice automaticLevelChoice(core::TagLevel level);
[[nodiscard]] Choice familyChoice(core::TagFamily family);
[[nodiscard]] Choice prereleaseChoice(bool wanted);
/// Whether a worse container is put back by itself.
[[nodiscard]] Choice rollbackChoice(bool wanted);
/// When volumes are saved before an update.
[[nodiscard]] Choice backupChoice(core::BackupMode mode);
[[nodiscard]] Choice strategyChoice(core::UpdateStrategy strategy);

/// `Update policy` for `updatePolicy`; an unknown field stays as it is.
[[nodiscard]] QString ruleFieldName(const QString &field);
/// `Minor versions` for the `minor` of the field `level`.
[[nodiscard]] QString ruleValueText(const QString &field, const QString &value);
/// True for a rule that nobody has set.
[[nodiscard]] bool isDefaultSource(const QString &source);
/// `from policy “Nightly”`, `set for this container`, `default`.
[[nodiscard]] QString ruleSourceText(const QString &source);
/// `Minor versions, from policy “Nightly”`.
[[nodiscard]] QString ruleOrigin(const contracts::AppliedRule &rule);

/// A command as a person writes it: words with spaces between them, in quotation marks where a word has some
/// itself; as a JSON array where that can't say it, and `[]` for no command.
[[nodiscard]] QString commandText(const std::vector<QString> &words);
/// The words of such a text; null when it begins like a JSON array and is none of texts.
[[nodiscard]] std::optional<std::vector<QString>> commandWords(const QString &text);

} // namespace dockerauto::ui
