#include "loadpane.h"

#include "formsheet.h"

#include <models/displaytext.h>
#include <ui/banner.h>
#include <ui/label.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QVBoxLayout>

namespace dockerauto::ui {

LoadPane::LoadPane(const QString &loading, QWidget *parent)
    : QWidget(parent), m_loading(new Label(LabelRole::Secondary, loading)), m_error(new Banner(ChipKind::Err))
{
    m_error->setObjectName(QStringLiteral("loadError"));
    const Button *copy = m_error->addLink(tr("Copy"));
    const Button *retry = m_error->addLink(tr("Try again"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_report); });
    connect(retry, &QPushButton::clicked, this, &LoadPane::retryRequested);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_loading);
    column->addWidget(m_error);
    clear();
}

void LoadPane::clear()
{
    delete m_content;
    m_content = nullptr;
    m_error->hide();
    m_loading->hide();
}

void LoadPane::showLoading()
{
    m_error->hide();
    m_loading->setVisible(m_content == nullptr);
}

void LoadPane::showError(const QString &title, const core::Error &error)
{
    clear();
    m_report = title + QLatin1Char('\n') + reportOf(error);
    m_error->setContent(ChipKind::Err, title, harmless(error.message));
    m_error->show();
}

void LoadPane::showContent(QWidget *content)
{
    clear();
    m_content = content;
    layout()->addWidget(content);
    content->show();
}

} // namespace dockerauto::ui
