#pragma once

#include <contracts/containers.h>
#include <core/vocabulary.h>

#include <QString>

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

} // namespace dockerauto::ui
