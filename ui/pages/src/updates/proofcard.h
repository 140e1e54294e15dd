#pragma once

#include <contracts/updates.h>
#include <ui/card.h>

#include <optional>

namespace dockerauto::ui {

class Label;

/// What the comparison of the new container with the old one has found: field, expected, found, verdict. What
/// nobody can explain comes first; what is harmless is folded away, with its reason.
class ProofCard : public Card
{
    Q_OBJECT

public:
    explicit ProofCard(QWidget *parent = nullptr);

    /// Hides itself without a proof.
    void show(const contracts::Update &update);

private:
    Label *m_sentence = nullptr;
    QWidget *m_content = nullptr;
    /// What is shown, so that a selection and what is unfolded stay.
    QString m_shown;
};

/// `HostConfig.Memory` for `/HostConfig/Memory`.
[[nodiscard]] QString proofFieldText(const QString &pointer);

} // namespace dockerauto::ui
