#pragma once

#include <contracts/updates.h>
#include <core/time.h>

#include <QWidget>

class QBoxLayout;
class QPlainTextEdit;

namespace dockerauto::ui {

class Chip;
class Label;

/// What the new container wrote before it was taken away, and what the old one wrote since, side by side
/// where there is room. Lines that tell of errors stand out.
class LastWordsView : public QWidget
{
    Q_OBJECT

public:
    explicit LastWordsView(QWidget *parent = nullptr);

    /// Hides itself when nothing was kept.
    void show(const contracts::Update &update, core::Timestamp now);

Q_SIGNALS:
    void copyRequested(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Side
    {
        Label *version = nullptr;
        Chip *state = nullptr;
        Label *moment = nullptr;
        QPlainTextEdit *text = nullptr;
    };
    [[nodiscard]] Side addSide(const QString &name, const QString &object);

    QBoxLayout *m_sides = nullptr;
    Side m_replacement;
    Side m_original;
};

} // namespace dockerauto::ui
