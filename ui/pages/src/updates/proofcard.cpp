#include "proofcard.h"

#include "common/cardlayout.h"
#include "common/foldout.h"
#include "updatetexts.h"

#include <models/displaytext.h>
#include <ui/chip.h>
#include <ui/label.h>

#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace dockerauto::ui {

using contracts::ProofDifference;

namespace {

constexpr qsizetype mostValue = 2000;

ElidedLabel *cell(LabelRole role, const QString &text)
{
    auto *label = new ElidedLabel(role, text.isEmpty() ? ProofCard::tr("nothing") : text);
    label->setElideMode(Qt::ElideMiddle);
    return label;
}

QWidget *table(const std::vector<ProofDifference> &differences, const ChipContent &verdict)
{
    auto *widget = new QWidget;
    auto *grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    const QStringList heads{
        ProofCard::tr("Field"), ProofCard::tr("Expected"), ProofCard::tr("Found"), ProofCard::tr("Verdict")};
    for (int column = 0; column < heads.size(); ++column) {
        grid->addWidget(new Label(LabelRole::Muted, heads.at(column)), 0, column);
        grid->setColumnStretch(column, column == 3 ? 0 : 1);
    }
    QStringList spoken;
    int row = 1;
    for (const ProofDifference &difference : differences) {
        const QString field = proofFieldText(difference.path);
        const QString expected = harmless(difference.expected, mostValue);
        const QString actual = harmless(difference.actual, mostValue);
        grid->addWidget(cell(LabelRole::Body, field), row, 0);
        grid->addWidget(cell(LabelRole::Mono, expected), row, 1);
        grid->addWidget(cell(LabelRole::MonoStrong, actual), row, 2);
        grid->addWidget(new Chip(verdict), row, 3);
        ++row;
        QString line = ProofCard::tr("%1: expected %2, found %3, %4", "field, values, verdict")
                           .arg(field, expected, actual, verdict.text);
        if (!difference.explanation.isEmpty()) {
            const QString why = harmless(difference.explanation);
            auto *reason = new Label(LabelRole::Secondary, why);
            reason->setWrapping(true);
            grid->addWidget(reason, row, 0, 1, 4);
            ++row;
            line += QStringLiteral(". ") + why;
        }
        spoken << line;
    }
    widget->setAccessibleName(ProofCard::tr("Differences"));
    widget->setAccessibleDescription(spoken.join(QLatin1Char('\n')));
    return widget;
}

} // namespace

QString proofFieldText(const QString &pointer)
{
    QStringList parts = pointer.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (QString &part : parts) {
        part.replace(QLatin1String("~1"), QLatin1String("/"))
            .replace(QLatin1String("~0"), QLatin1String("~"));
    }
    return harmless(parts.join(QLatin1Char('.')), 200);
}

ProofCard::ProofCard(QWidget *parent) : Card(parent), m_sentence(new Label(LabelRole::Secondary))
{
    setObjectName(QStringLiteral("proofCard"));
    cardLayout(this, tr("Compared with before"), m_sentence);
}

void ProofCard::show(const contracts::Update &update)
{
    setVisible(update.proof.has_value());
    if (!update.proof) {
        return;
    }
    m_sentence->setText(proofSentence(update));
    m_sentence->setColor(update.proof->faithful ? &Theme::text2 : &Theme::err);
    std::vector<ProofDifference> unexplained;
    std::vector<ProofDifference> explained;
    QString shown = update.id;
    for (const ProofDifference &difference : update.proof->differences) {
        (difference.explanation.isEmpty() ? unexplained : explained).push_back(difference);
        shown +=
            QStringList{{}, difference.path, difference.expected, difference.actual, difference.explanation}
                .join(QChar(0));
    }
    if (shown == m_shown) {
        return;
    }
    m_shown = shown;
    delete m_content;
    m_content = nullptr;
    if (update.proof->differences.empty()) {
        return;
    }
    m_content = new QWidget;
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    if (!unexplained.empty()) {
        QWidget *rows = table(unexplained, {ChipKind::Err, tr("Not explained")});
        rows->setObjectName(QStringLiteral("unexplained"));
        column->addWidget(rows);
    }
    if (!explained.empty()) {
        auto *fold = new Foldout(tr("%n harmless difference(s)", nullptr, static_cast<int>(explained.size())),
            table(explained, {ChipKind::Ok, tr("Harmless")}));
        fold->setObjectName(QStringLiteral("harmless"));
        column->addWidget(fold);
    }
    layout()->addWidget(m_content);
}

} // namespace dockerauto::ui
