#include "formsheet.h"

#include "formfield.h"

#include <models/displaytext.h>
#include <ui/banner.h>
#include <ui/label.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr int side = 24;
/// Left free of the window that the sheet belongs to.
constexpr int air = 40;

/// As high as its fields are at its width. By itself a layout with texts that wrap asks for the height at its
/// smallest width, and a scroll bar would come long before it is needed.
class FormBody : public QWidget
{
public:
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        const int wide = std::max(width(), FormSheet::usualWidth);
        return {0, layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(wide)
                                                 : layout()->totalMinimumSize().height()};
    }
};

} // namespace

FormSheet::FormSheet(QWidget *parent, const QString &title, const QString &verb) : QDialog(parent, Qt::Sheet)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setAccessibleName(title);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setFixedWidth(usualWidth);

    m_title = new Label(LabelRole::SheetTitle, title);
    m_title->setWrapping(true);
    m_lead = new Label(LabelRole::Body);
    m_lead->setColor(&Theme::text2);
    m_lead->setWrapping(true);
    m_lead->hide();
    auto *headLayout = new QVBoxLayout;
    headLayout->setContentsMargins(side, 20, side, 12);
    headLayout->setSpacing(6);
    headLayout->addWidget(m_title);
    headLayout->addWidget(m_lead);

    m_content = new FormBody;
    m_content->setAutoFillBackground(false);
    m_body = new QVBoxLayout(m_content);
    m_body->setContentsMargins(side, 4, side, 16);
    m_body->setSpacing(14);
    m_scroll = new QScrollArea;
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_content);
    m_scroll->viewport()->setAutoFillBackground(false);

    m_error = new Banner(ChipKind::Err);
    m_error->setObjectName(QStringLiteral("formError"));
    auto *copy = m_error->addButton(tr("Copy"), QStringLiteral("copy"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_copyText); });
    auto *errorRow = new QVBoxLayout;
    errorRow->setContentsMargins(side, 0, side, 12);
    errorRow->addWidget(m_error);
    m_error->hide();

    m_cancel = new Button(ButtonKind::Secondary, tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("cancelButton"));
    m_verb = new Button(ButtonKind::Primary, verb);
    m_verb->setObjectName(QStringLiteral("verbButton"));
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_verb, &QPushButton::clicked, this, &FormSheet::trySubmit);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    m_buttons = new QHBoxLayout;
    m_buttons->setContentsMargins(side, 14, side, 16);
    m_buttons->setSpacing(8);
    m_buttons->addStretch();
    m_buttons->addWidget(m_cancel);
    m_buttons->addWidget(m_verb);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(headLayout);
    layout->addWidget(m_scroll, 1);
    layout->addLayout(errorRow);
    layout->addWidget(line);
    layout->addLayout(m_buttons);
}

FormField *FormSheet::addField(
    const QString &path, const QString &title, QWidget *control, const QString &hint)
{
    auto *field = new FormField(title, control, hint);
    m_body->addWidget(field);
    nameField(path, field);
    return field;
}

void FormSheet::nameField(const QString &path, FormField *field)
{
    m_fields.push_back({path, field});
}

void FormSheet::setTitle(const QString &title)
{
    setWindowTitle(title);
    setAccessibleName(title);
    m_title->setText(title);
}

void FormSheet::addSideButton(Button *button)
{
    m_buttons->insertWidget(0, button);
    setTabOrder(button, m_cancel);
    setTabOrder(m_cancel, m_verb);
}

void FormSheet::setVerb(const QString &verb)
{
    m_verb->setText(verb);
}

void FormSheet::setLead(const QString &text)
{
    m_lead->setText(text);
    m_lead->setVisible(!text.isEmpty());
}

void FormSheet::finishLayout(QWidget *firstFocus)
{
    m_body->addStretch(1);
    fitHeight();
    firstFocus->setFocus();
}

void FormSheet::fitHeight()
{
    m_content->ensurePolished();
    m_body->activate();
    const int besides = layout()->hasHeightForWidth()
                            ? layout()->totalHeightForWidth(usualWidth) - m_scroll->sizeHint().height()
                            : layout()->totalSizeHint().height() - m_scroll->sizeHint().height();
    const QWidget *owner = parentWidget() == nullptr ? nullptr : parentWidget()->window();
    const int room = owner == nullptr ? 700 : owner->height();
    resize(usualWidth,
        std::clamp(m_content->minimumSizeHint().height() + besides, 240, std::max(420, room - air)));
}

FormField *FormSheet::fieldFor(const QString &path) const
{
    // The longest name that the path begins with.
    const NamedField *best = nullptr;
    for (const NamedField &named : m_fields) {
        const bool fits = path == named.path || path.startsWith(named.path + QLatin1Char('/'));
        if (fits && !named.path.isEmpty() && named.field->isVisibleTo(this) &&
            (best == nullptr || named.path.size() > best->path.size())) {
            best = &named;
        }
    }
    return best == nullptr ? nullptr : best->field;
}

void FormSheet::trySubmit()
{
    clearErrors();
    submit();
}

void FormSheet::setBusy(bool busy)
{
    m_verb->setEnabled(!busy);
}

void FormSheet::clearErrors()
{
    for (const NamedField &named : m_fields) {
        named.field->setError({});
    }
    m_error->hide();
    m_errorText.clear();
}

QString FormSheet::errorText() const
{
    return m_errorText;
}

void FormSheet::showError(const core::Error &error)
{
    setBusy(false);
    const QString text = harmless(error.message);
    if (FormField *field = fieldFor(error.path); field != nullptr) {
        field->setError(text);
        m_scroll->ensureWidgetVisible(field, 0, 24);
        field->control()->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_errorText = text;
    m_copyText = reportOf(error);
    m_error->setContent(ChipKind::Err, {}, text);
    m_error->show();
}

void FormSheet::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        event->modifiers().testFlag(Qt::ControlModifier) && m_verb->isEnabled()) {
        trySubmit();
        return;
    }
    QDialog::keyPressEvent(event);
}

QString reportOf(const core::Error &error)
{
    const std::string_view code = core::toText(error.code);
    QString report = QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size())) +
                     QStringLiteral(": ") + error.text();
    if (!error.path.isEmpty()) {
        report += QStringLiteral(" (") + error.path + QLatin1Char(')');
    }
    return report;
}

} // namespace dockerauto::ui
