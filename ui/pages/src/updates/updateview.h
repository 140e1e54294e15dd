#pragma once

#include <contracts/updates.h>
#include <core/time.h>
#include <ui/stepper.h>

#include <QWidget>

#include <optional>
#include <vector>

class QPlainTextEdit;
class QScrollArea;

namespace dockerauto::ui {

class Banner;
class Button;
class Card;
class Chip;
class ElidedLabel;
class FactList;
class Label;
class LastWordsView;
class ProgressLine;
class ProofCard;

/// One update: where it goes, its steps, what happens if it fails now, what changes, its log. Shows what it
/// is given and nothing it remembers, so it can be made from the state at any time.
class UpdateView : public QWidget
{
    Q_OBJECT

public:
    explicit UpdateView(QWidget *parent = nullptr);

    struct Circumstances
    {
        core::Timestamp now{};
        /// Bytes a second of the pull.
        std::optional<qint64> pullSpeed = {};
        /// Whether anything can be asked of the backend now.
        bool online = true;
    };
    void show(const contracts::Update &update, const Circumstances &circumstances);

Q_SIGNALS:
    void approveRequested();
    void rejectRequested();
    void cancelRequested();
    void retryRequested();
    void copyRequested(const QString &text);
    /// Undo this finished update.
    void rollBackRequested();
    /// Of a parked one: how it goes on.
    void resumeRequested(dockerauto::core::ResumeDirection direction);
    /// Of a parked one: it stays as it is, and is finished.
    void closeRequested();
    /// Another update, that this one undoes or that has undone it.
    void updateRequested(const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitSteps();
    [[nodiscard]] QWidget *buildHead();
    [[nodiscard]] QWidget *buildPull();
    [[nodiscard]] QWidget *buildChanges();
    [[nodiscard]] QWidget *buildLog();
    void showHead(const contracts::Update &update, const Circumstances &circumstances);
    void buildNotice();
    [[nodiscard]] QWidget *buildSaved();
    void showNotice(const contracts::Update &update, const Circumstances &circumstances);
    void showLinks(const contracts::Update &update, const Circumstances &circumstances);
    void showSaved(const contracts::Update &update, const Circumstances &circumstances);
    void showPull(const contracts::Update &update, const Circumstances &circumstances);
    void showChanges(const contracts::Update &update);
    void showLog(const contracts::Update &update);

    ElidedLabel *m_name = nullptr;
    Chip *m_status = nullptr;
    Label *m_from = nullptr;
    Label *m_to = nullptr;
    ElidedLabel *m_circumstances = nullptr;
    Button *m_approve = nullptr;
    Button *m_reject = nullptr;
    Button *m_cancel = nullptr;
    Button *m_retry = nullptr;
    Button *m_rollBack = nullptr;
    Button *m_undoes = nullptr;
    Button *m_undoneBy = nullptr;
    Card *m_stepCard = nullptr;
    Stepper *m_stepper = nullptr;
    std::vector<StepItem> m_steps;
    std::vector<StepItem> m_foldedSteps;
    Banner *m_notice = nullptr;
    Button *m_copyNotice = nullptr;
    Button *m_rollBackNow = nullptr;
    Button *m_resumeForward = nullptr;
    Button *m_resumeBack = nullptr;
    Button *m_fixedByHand = nullptr;
    LastWordsView *m_lastWords = nullptr;
    ProofCard *m_proof = nullptr;
    Card *m_saved = nullptr;
    FactList *m_savedFacts = nullptr;
    QString m_noticeText;
    Card *m_pull = nullptr;
    Label *m_pullText = nullptr;
    Label *m_pullSpeed = nullptr;
    ProgressLine *m_pullLine = nullptr;
    FactList *m_changes = nullptr;
    QPlainTextEdit *m_log = nullptr;
    Label *m_noLog = nullptr;
    QString m_shownId;
    QString m_undoesId;
    QString m_undoneById;
};

} // namespace dockerauto::ui
