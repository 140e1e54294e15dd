#pragma once

#include <contracts/registries.h>
#include <core/time.h>

#include <QWidget>

namespace dockerauto::ui {

class Button;
class Chip;
class ElidedLabel;
class Label;

enum class Reachable
{
    Yes,
    /// Nothing can be asked of the backend now.
    No
};

/// One registry: how it is, and what can be done with it. The answer of a test stays below it.
class RegistryRow : public QWidget
{
    Q_OBJECT

public:
    explicit RegistryRow(QWidget *parent = nullptr);

    void show(const contracts::Registry &registry, core::Timestamp now, Reachable reachable);
    void showTesting();
    void showAnswer(const contracts::RegistryTestResult &result, core::Timestamp now);
    void showFailure(const QString &text);
    /// What the last test has answered; empty before one.
    [[nodiscard]] QString answer() const;

Q_SIGNALS:
    void testWanted();
    void editWanted();
    void removeWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ElidedLabel *m_name = nullptr;
    Chip *m_state = nullptr;
    Label *m_facts = nullptr;
    Label *m_reason = nullptr;
    Label *m_answer = nullptr;
    Button *m_test = nullptr;
    Button *m_edit = nullptr;
    Button *m_remove = nullptr;
};

/// One address that registries may call.
class WebhookRow : public QWidget
{
    Q_OBJECT

public:
    explicit WebhookRow(QWidget *parent = nullptr);

    void show(const contracts::Webhook &webhook, core::Timestamp now, Reachable reachable);

Q_SIGNALS:
    void removeWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ElidedLabel *m_name = nullptr;
    Label *m_facts = nullptr;
    Button *m_remove = nullptr;
};

} // namespace dockerauto::ui
