#include <pages/registriessection.h>

#include "common/confirmsheet.h"
#include "registryeditor.h"
#include "registryrow.h"
#include "webhooksheets.h"

#include <models/registryfeed.h>
#include <ui/card.h>
#include <ui/label.h>
#include <ui/toast.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace dockerauto::ui {

namespace {

/// Title and sentence at the left, a button at the right; rows below.
QVBoxLayout *sectionLayout(Card *card, const QString &title, const QString &text, Button *button)
{
    auto *sentence = new Label(LabelRole::Secondary, text);
    sentence->setWrapping(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(new Label(LabelRole::SheetTitle, title));
    words->addWidget(sentence);
    auto *head = new QHBoxLayout;
    head->setSpacing(24);
    head->addLayout(words, 1);
    head->addWidget(button, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(20, 16, 20, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    return layout;
}

/// Takes away the rows of what is gone.
template <class Row, class Items>
void dropGone(std::map<QString, Row *> &rows, const Items &items)
{
    std::erase_if(rows, [&](const auto &known) {
        const bool there =
            std::ranges::any_of(items, [&](const auto &item) { return item.id == known.first; });
        if (!there) {
            known.second->hide();
            known.second->deleteLater();
        }
        return !there;
    });
}

} // namespace

RegistriesSection::RegistriesSection(contracts::Backend &backend, QWidget *parent, TimeSource now)
    : QWidget(parent)
    , m_backend(backend)
    , m_now(std::move(now))
    , m_feed(std::make_unique<RegistryFeed>(backend))
{
    setObjectName(QStringLiteral("registriesSection"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(buildRegistries());
    layout->addWidget(buildWebhooks());
    connect(m_feed.get(), &RegistryFeed::changed, this, &RegistriesSection::refresh);
    connect(&m_backend, &contracts::Backend::connectionChanged, this, &RegistriesSection::refresh);
    refresh();
    m_feed->reload();
}

RegistriesSection::~RegistriesSection() = default;

QWidget *RegistriesSection::buildRegistries()
{
    m_add = new Button(ButtonKind::Secondary, QStringLiteral("plus"), tr("Add…"));
    m_add->setObjectName(QStringLiteral("addRegistry"));
    m_add->setAccessibleName(tr("Add a registry"));
    connect(m_add, &QPushButton::clicked, this, [this] { edit({}); });
    auto *card = new Card;
    QVBoxLayout *layout = sectionLayout(card, tr("Registries"),
        tr("Where images come from. Those in use are listed by themselves; add one for credentials, mirrors "
           "or a "
           "certificate of its own."),
        m_add);
    m_state = new Label(LabelRole::Body);
    m_state->setObjectName(QStringLiteral("registriesState"));
    m_state->setWrapping(true);
    m_again = new Button(ButtonKind::Secondary, QStringLiteral("refresh-cw"), tr("Try again"));
    m_again->setAccessibleName(tr("Read the registries again"));
    connect(m_again, &QPushButton::clicked, m_feed.get(), &RegistryFeed::reload);
    layout->addWidget(m_state);
    layout->addWidget(m_again, 0, Qt::AlignLeft);
    m_registryRows = new QVBoxLayout;
    m_registryRows->setSpacing(0);
    layout->addLayout(m_registryRows);
    return card;
}

QWidget *RegistriesSection::buildWebhooks()
{
    m_newWebhook = new Button(ButtonKind::Secondary, QStringLiteral("plus"), tr("New…"));
    m_newWebhook->setObjectName(QStringLiteral("newWebhook"));
    m_newWebhook->setAccessibleName(tr("New webhook"));
    connect(m_newWebhook, &QPushButton::clicked, this, &RegistriesSection::newWebhook);
    m_webhookCard = new Card;
    QVBoxLayout *layout = sectionLayout(m_webhookCard, tr("Webhooks"),
        tr("Addresses that a registry calls after a push, so that a new image is found at once."),
        m_newWebhook);
    m_noWebhooks =
        new Label(LabelRole::Body, tr("None yet. The regular check finds new images as well, only later."));
    m_noWebhooks->setColor(&Theme::text2);
    m_noWebhooks->setWrapping(true);
    layout->addWidget(m_noWebhooks);
    m_webhookRows = new QVBoxLayout;
    m_webhookRows->setSpacing(0);
    layout->addLayout(m_webhookRows);
    return m_webhookCard;
}

bool RegistriesSection::isOnline() const
{
    return m_backend.connection() == contracts::Backend::Connection::Connected;
}

void RegistriesSection::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    // Pulls are used up without an event.
    m_feed->reload();
}

void RegistriesSection::refresh()
{
    refreshState();
    refreshRegistries();
    refreshWebhooks();
}

void RegistriesSection::refreshState()
{
    const ReadState state = m_feed->state();
    const bool denied = m_feed->error() && m_feed->error()->code == core::ErrorCode::PermissionDenied;
    const QString message = m_feed->error() ? harmless(m_feed->error()->message) : QString();
    const QString text = state == ReadState::Loading ? tr("Reading…")
                         : state == ReadState::Failed
                             ? (denied ? message : tr("The registries could not be read. %1").arg(message))
                         : m_feed->registries().empty()
                             ? tr("No registry is in use yet. They appear with the first containers.")
                             : QString();
    m_state->setColor(state == ReadState::Failed && !denied ? &Theme::err : &Theme::text2);
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
    m_again->setVisible(state == ReadState::Failed && !denied);
    m_add->setEnabled(isOnline() && state == ReadState::Ready);
    m_newWebhook->setEnabled(isOnline() && state == ReadState::Ready);
    m_webhookCard->setVisible(state != ReadState::Failed);
}

RegistryRow *RegistriesSection::addRegistryRow(const QString &id)
{
    auto *row = new RegistryRow;
    row->setObjectName(QStringLiteral("registry/") + id);
    connect(row, &RegistryRow::testWanted, this, [this, id] { test(id); });
    connect(row, &RegistryRow::editWanted, this, [this, id] { edit(id); });
    connect(row, &RegistryRow::removeWanted, this, [this, id] { remove(id); });
    return row;
}

WebhookRow *RegistriesSection::addWebhookRow(const QString &id)
{
    auto *row = new WebhookRow;
    connect(row, &WebhookRow::removeWanted, this, [this, id] {
        const auto hook = std::ranges::find(m_feed->webhooks(), id, &contracts::Webhook::id);
        if (hook != m_feed->webhooks().end()) {
            removeWebhook(id, harmless(hook->name, 80));
        }
    });
    return row;
}

void RegistriesSection::refreshRegistries()
{
    dropGone(m_rows, m_feed->registries());
    int place = 0;
    const Reachable reachable = isOnline() ? Reachable::Yes : Reachable::No;
    for (const contracts::Registry &registry : m_feed->registries()) {
        RegistryRow *&row = m_rows[registry.id];
        if (row == nullptr) {
            row = addRegistryRow(registry.id);
            m_registryRows->insertWidget(place, row);
        }
        row->show(registry, m_now(), reachable);
        ++place;
    }
}

void RegistriesSection::refreshWebhooks()
{
    dropGone(m_hooks, m_feed->webhooks());
    int place = 0;
    const Reachable reachable = isOnline() ? Reachable::Yes : Reachable::No;
    for (const contracts::Webhook &webhook : m_feed->webhooks()) {
        WebhookRow *&row = m_hooks[webhook.id];
        if (row == nullptr) {
            row = addWebhookRow(webhook.id);
            m_webhookRows->insertWidget(place, row);
        }
        row->show(webhook, m_now(), reachable);
        ++place;
    }
    m_noWebhooks->setVisible(m_feed->webhooks().empty());
}

void RegistriesSection::sayError(const core::Error &error)
{
    Toast::show(window(),
        {.text = harmless(error.message),
            .icon = QStringLiteral("octagon-alert"),
            .action = tr("Copy"),
            .trigger = [report = reportOf(error)] { QGuiApplication::clipboard()->setText(report); }});
}

void RegistriesSection::edit(const QString &id)
{
    const contracts::Registry *registry = m_feed->registry(id);
    auto *sheet =
        new RegistryEditor(this, m_backend, registry == nullptr ? std::nullopt : std::optional(*registry));
    connect(sheet, &RegistryEditor::saved, m_feed.get(), &RegistryFeed::reload);
    sheet->open();
}

void RegistriesSection::test(const QString &id)
{
    m_rows.at(id)->showTesting();
    m_backend.call<contracts::TestRegistry>(
        {id, {}}, this, [this, id](core::Result<contracts::RegistryTestResult> answer) {
            const auto row = m_rows.find(id);
            if (row == m_rows.end()) {
                return;
            }
            if (answer) {
                row->second->showAnswer(*answer, m_now());
            } else {
                row->second->showFailure(harmless(answer.error().message));
            }
            m_feed->reload();
        });
}

void RegistriesSection::remove(const QString &id)
{
    const contracts::Registry *registry = m_feed->registry(id);
    if (registry == nullptr) {
        return;
    }
    const QString name = harmless(registry->registry, 80);
    const ConfirmQuestion question{.title = tr("Remove the settings of %1?").arg(name),
        .text =
            tr("Its credentials, mirrors and certificate are forgotten. Containers that come from it stay; "
               "they are checked as Docker on this machine would."),
        .items = {{name}},
        .verb = tr("Remove"),
        .icon = QStringLiteral("trash-2"),
        .kind = ButtonKind::Danger};
    ConfirmSheet::ask(this, question, [this, id] {
        m_backend.call<contracts::RemoveRegistry>(
            {id}, this, [this](core::Result<contracts::Nothing> answer) {
                if (!answer) {
                    sayError(answer.error());
                }
                m_feed->reload();
            });
    });
}

void RegistriesSection::newWebhook()
{
    auto *sheet = new NewWebhookSheet(this, m_backend);
    connect(sheet, &NewWebhookSheet::created, m_feed.get(), &RegistryFeed::reload);
    sheet->open();
}

void RegistriesSection::removeWebhook(const QString &id, const QString &name)
{
    const ConfirmQuestion question{.title = tr("Close the address %1?").arg(name),
        .text = tr("A registry that still calls it is turned away. A new address needs to be entered there."),
        .items = {{name}},
        .verb = tr("Close it"),
        .icon = QStringLiteral("trash-2"),
        .kind = ButtonKind::Danger};
    ConfirmSheet::ask(this, question, [this, id] {
        m_backend.call<contracts::RemoveWebhook>({id}, this, [this](core::Result<contracts::Nothing> answer) {
            if (!answer) {
                sayError(answer.error());
            }
            m_feed->reload();
        });
    });
}

} // namespace dockerauto::ui
