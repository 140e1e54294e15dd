#pragma once

#include "common/formsheet.h"

#include <contracts/backend.h>

#include <vector>

class QPlainTextEdit;

namespace dockerauto::ui {

/// Asks whether updates that wait for approval may begin, or are refused, with a comment for those who asked.
/// Says to the backend what the person has decided, one update after the other; stays open when one is not
/// taken.
class VerdictSheet : public FormSheet
{
    Q_OBJECT

public:
    enum class Verdict
    {
        Approve,
        Reject
    };

    /// At least one update.
    VerdictSheet(QWidget *parent, contracts::Backend &backend, Verdict verdict,
        std::vector<contracts::Update> updates);

Q_SIGNALS:
    /// The backend has taken the verdict on this one.
    void decided(const dockerauto::contracts::Update &update);

protected:
    void submit() override;

private:
    [[nodiscard]] QWidget *buildList() const;
    void sendNext();
    void finishOne(const core::Result<contracts::Update> &answer);

    contracts::Backend &m_backend;
    Verdict m_verdict;
    std::vector<contracts::Update> m_updates;
    /// How many of them the backend has taken.
    std::size_t m_done = 0;
    QPlainTextEdit *m_comment = nullptr;
};

} // namespace dockerauto::ui
