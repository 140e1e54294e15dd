#include "settingspage.h"

#include <ui/card.h>
#include <ui/label.h>
#include <ui/preferences.h>
#include <ui/segmentedfilter.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int cardWidth = 720;

/// A setting in words at the left and its control at the right.
void addRow(QGridLayout &grid, const QString &title, const QString &text, QWidget *control)
{
    const int row = grid.rowCount();
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    auto *name = new Label(LabelRole::Strong, title);
    auto *explanation = new Label(LabelRole::Secondary, text);
    explanation->setWrapping(true);
    words->addWidget(name);
    words->addWidget(explanation);
    grid.addLayout(words, row, 0);
    grid.addWidget(control, row, 1, Qt::AlignRight | Qt::AlignVCenter);
    control->setAccessibleName(title);
}

} // namespace

SettingsPage::SettingsPage(Preferences &preferences, QWidget *parent)
    : QWidget(parent), m_preferences(preferences)
{
    // Only a row of a layout keeps the greatest width when it asks how high texts that wrap will be.
    auto *narrow = new QWidget;
    narrow->setMaximumWidth(cardWidth);
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(24, 20, 24, 24);
    row->addWidget(narrow, 1);
    row->addStretch();
    auto *column = new QVBoxLayout(narrow);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Label(LabelRole::PageTitle, tr("Settings")));
    auto *sentence = new Label(LabelRole::Body, tr("Changes take effect at once."));
    sentence->setColor(&Theme::muted);
    column->addWidget(sentence);
    column->addSpacing(20);
    m_sections = new QVBoxLayout;
    m_sections->setSpacing(16);
    m_sections->addWidget(makeAppearance());
    column->addLayout(m_sections);
    column->addSpacing(16);
    column->addWidget(makeAbout());
    column->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
}

void SettingsPage::addSection(QWidget *section)
{
    m_sections->addWidget(section);
}

QWidget *SettingsPage::makeAppearance()
{
    auto *theme = new SegmentedFilter;
    theme->addSegment(tr("Like the desktop"));
    theme->addSegment(tr("Light"));
    theme->addSegment(tr("Dark"));
    theme->setCurrent(static_cast<int>(m_preferences.appearance()));
    connect(theme, &SegmentedFilter::currentChanged, &m_preferences,
        [this](int segment) { m_preferences.setAppearance(static_cast<Appearance>(segment)); });
    connect(&m_preferences, &Preferences::appearanceChanged, theme,
        [this, theme] { theme->setCurrent(static_cast<int>(m_preferences.appearance())); });

    auto *density = new SegmentedFilter;
    density->addSegment(tr("Comfortable"));
    density->addSegment(tr("Compact"));
    density->setCurrent(static_cast<int>(m_preferences.density()));
    connect(density, &SegmentedFilter::currentChanged, &m_preferences,
        [this](int segment) { m_preferences.setDensity(static_cast<Density>(segment)); });
    connect(&m_preferences, &Preferences::densityChanged, density,
        [this, density] { density->setCurrent(static_cast<int>(m_preferences.density())); });

    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(20, 16, 20, 20);
    column->setSpacing(12);
    column->addWidget(new Label(LabelRole::SheetTitle, tr("Appearance")));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(16);
    grid->setColumnStretch(0, 1);
    addRow(*grid, tr("Theme"),
        tr("Light or dark colours. Like the desktop follows the choice of your system."), theme);
    addRow(*grid, tr("Rows of lists"), tr("Compact shows more rows at once, on one line each."), density);
    column->addLayout(grid);
    return card;
}

QWidget *SettingsPage::makeAbout()
{
    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(20, 16, 20, 20);
    column->setSpacing(4);
    column->addWidget(new Label(LabelRole::SheetTitle, tr("About")));
    column->addSpacing(4);
    auto *version = new Label(LabelRole::Body, tr("Docker Auto %1").arg(QStringLiteral(DOCKERAUTO_VERSION)));
    version->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(version);
    column->addWidget(new Label(
        LabelRole::Secondary, tr("Free software under the GNU General Public License, version 3 or later.")));
    return card;
}

} // namespace dockerauto::ui
