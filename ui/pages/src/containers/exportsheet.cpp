#include "exportsheet.h"

#include "common/codeview.h"
#include "common/loadpane.h"

#include <models/displaytext.h>
#include <ui/banner.h>
#include <ui/label.h>
#include <ui/segmentedfilter.h>

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QSaveFile>
#include <QVBoxLayout>

namespace dockerauto::ui {

using contracts::ContainerExport;
using core::ExportFormat;

namespace {

constexpr int textHeight = 320;

/// A container's name as one of a file.
QString fileNameOf(const QString &container, ExportFormat format)
{
    static const QRegularExpression strange(QStringLiteral("[^A-Za-z0-9_.-]"));
    QString name = container;
    name.replace(strange, QStringLiteral("_"));
    return name + (format == ExportFormat::Compose ? QStringLiteral(".compose.yaml") : QStringLiteral(".sh"));
}

} // namespace

ExportSheet::ExportSheet(QWidget *parent, contracts::Backend &backend, const contracts::Container &container)
    : FormSheet(parent, tr("Export %1").arg(harmless(container.name)), tr("Save…"))
    , m_backend(backend)
    , m_id(container.id)
    , m_name(container.name)
{
    setObjectName(QStringLiteral("exportSheet"));
    setLead(tr("The container as text, true enough to make it again."));
    cancelButton()->setText(tr("Close"));
    verbButton()->setIconName(QStringLiteral("save"));
    m_copy = new Button(ButtonKind::Secondary, QStringLiteral("copy"), tr("Copy"));
    m_copy->setObjectName(QStringLiteral("copyExport"));
    addSideButton(m_copy);
    connect(m_copy, &QPushButton::clicked, this, &ExportSheet::copy);

    m_format = new SegmentedFilter;
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->setAccessibleName(tr("Format"));
    m_format->addSegment(tr("Compose file"));
    m_format->addSegment(tr("docker run"));
    m_format->setCurrent(0);
    connect(m_format, &SegmentedFilter::currentChanged, this, &ExportSheet::read);
    m_pane = new LoadPane(tr("Reading the container…"));
    m_pane->setObjectName(QStringLiteral("exportPane"));
    connect(m_pane, &LoadPane::retryRequested, this, &ExportSheet::read);
    body()->addWidget(m_format, 0, Qt::AlignLeft);
    body()->addWidget(m_pane);
    finishLayout(m_format);
    read();
}

ExportFormat ExportSheet::format() const
{
    return m_format->current() == 1 ? ExportFormat::Run : ExportFormat::Compose;
}

void ExportSheet::read()
{
    const quint64 turn = ++m_turn;
    m_text.clear();
    setBusy(true);
    m_copy->setEnabled(false);
    clearErrors();
    m_pane->showLoading();
    m_backend.call<contracts::ExportContainer>(
        {m_id, format()}, this, [this, turn](const core::Result<ContainerExport> &answer) {
            if (turn != m_turn) {
                return;
            }
            if (answer) {
                show(*answer);
            } else {
                m_pane->showError(tr("The container could not be exported"), answer.error());
                fitHeight();
            }
        });
}

void ExportSheet::show(const ContainerExport &text)
{
    m_text = text.text;
    m_shown = text.format;
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto *code =
        new CodeView(m_shown == ExportFormat::Compose ? tr("Compose file") : tr("Command"), textHeight);
    code->setObjectName(QStringLiteral("exportText"));
    code->setCode(m_text);
    column->addWidget(code);
    auto *secrets = new Banner(ChipKind::Warn);
    secrets->setObjectName(QStringLiteral("exportSecrets"));
    secrets->setContent(ChipKind::Warn, {},
        tr("The values of the container's environment are in the text, passwords among them. Keep it where "
           "only you can read it."),
        QStringLiteral("key-round"));
    column->addWidget(secrets);
    if (!text.notes.empty()) {
        column->addWidget(new Label(LabelRole::Strong, tr("What the text can't say")));
    }
    for (const QString &note : text.notes) {
        auto *line = new Label(LabelRole::Body, harmless(note, 1000));
        line->setWrapping(true);
        line->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(line);
    }
    m_pane->showContent(content);
    m_copy->setEnabled(true);
    setBusy(false);
    fitHeight();
}

void ExportSheet::copy()
{
    QGuiApplication::clipboard()->setText(m_text);
    m_copy->setText(tr("Copied"));
    m_copy->setIconName(QStringLiteral("check"));
}

void ExportSheet::submit()
{
    // Not the static function: it would wait in an event loop of its own.
    auto *dialog = new QFileDialog(
        this, tr("Save the export"), QDir::home().filePath(fileNameOf(m_name, m_shown)), tr("All files (*)"));
    dialog->setObjectName(QStringLiteral("exportFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportSheet::saveTo);
    dialog->open();
}

void ExportSheet::saveTo(const QString &fileName)
{
    const QString shown = harmless(QFileInfo(fileName).fileName(), 120);
    QSaveFile file(fileName);
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(m_text.toUtf8()) >= 0 && file.commit();
    if (!written) {
        showError({.code = core::ErrorCode::Unavailable,
            .message =
                tr("%1 could not be written: %2. Choose another folder.").arg(shown, file.errorString()),
            .path = {},
            .cause = {}});
        return;
    }
    Q_EMIT saved(shown);
}

} // namespace dockerauto::ui
