#pragma once

#include <contracts/backend.h>
#include <models/displaytext.h>

#include <QWidget>

#include <map>
#include <memory>

class QStackedWidget;
class QVBoxLayout;

namespace dockerauto::ui {

class Button;
class Card;
class Label;
class RegistryFeed;
class RegistryRow;
class StatePanel;
class WebhookRow;

/// The part of the settings about registries and the addresses they may call.
class RegistriesSection : public QWidget
{
    Q_OBJECT

public:
    /// The backend must outlive the section.
    explicit RegistriesSection(
        contracts::Backend &backend, QWidget *parent = nullptr, TimeSource now = currentTime);
    ~RegistriesSection() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *buildRegistries();
    [[nodiscard]] QWidget *buildWebhooks();
    void refresh();
    void refreshRegistries();
    void refreshWebhooks();
    void refreshState();
    [[nodiscard]] RegistryRow *addRegistryRow(const QString &id);
    [[nodiscard]] WebhookRow *addWebhookRow(const QString &id);
    void edit(const QString &id);
    void test(const QString &id);
    void remove(const QString &id);
    void newWebhook();
    void removeWebhook(const QString &id, const QString &name);
    void sayError(const core::Error &error);
    [[nodiscard]] bool isOnline() const;

    contracts::Backend &m_backend;
    TimeSource m_now;
    std::unique_ptr<RegistryFeed> m_feed;
    Button *m_add = nullptr;
    Button *m_newWebhook = nullptr;
    Label *m_state = nullptr;
    Button *m_again = nullptr;
    Card *m_webhookCard = nullptr;
    Label *m_noWebhooks = nullptr;
    QVBoxLayout *m_registryRows = nullptr;
    QVBoxLayout *m_webhookRows = nullptr;
    std::map<QString, RegistryRow *> m_rows;
    std::map<QString, WebhookRow *> m_hooks;
};

} // namespace dockerauto::ui
