#include <delegates/containerdelegate.h>

#include <delegates/tones.h>
#include <models/containermodel.h>
#include <ui/chip.h>
#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QFontMetricsF>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr int rowHeight = 48;
constexpr int compactRowHeight = 30;
constexpr int groupHeight = 34;

bool isSelected(const QStyleOptionViewItem &option)
{
    return option.state.testFlag(QStyle::State_Selected);
}

/// The version as it is, elided, and beside it what could be.
void paintVersion(QPainter &painter, const QRect &cell, const ContainerEntry &entry, const Theme &theme,
    chips::Ground ground)
{
    const QFont mono = font(TextStyle::Mono);
    constexpr int gap = 10;
    constexpr int leastText = 56;
    const int natural = static_cast<int>(QFontMetricsF(mono).horizontalAdvance(entry.version)) + 1;
    const int room = cell.width() - std::min(natural, leastText) - gap;
    const std::vector<Word> words = candidateWords(entry);
    const auto fitting =
        std::ranges::find_if(words, [&](const Word &one) { return chips::width(chipOf(one)) <= room; });
    const Word &word = fitting == words.end() ? words.back() : *fitting;
    const int chipWidth = word.text.isEmpty() ? 0 : chips::width(chipOf(word)) + gap;
    // The chip is what one looks for: the version gives way first, down to a few letters.
    const int textWidth = std::min(natural, std::max(cell.width() - chipWidth, std::min(natural, leastText)));
    painting::elidedText(
        painter, QRectF(cell.left(), cell.top(), textWidth, cell.height()), entry.version, mono, theme.text2);
    if (chipWidth > 0) {
        chips::paint(painter, cell.adjusted(textWidth + gap, 0, 0, 0), chipOf(word), theme, ground);
    }
}

void paintWord(QPainter &painter, const QRect &cell, const Word &word, const Theme &theme)
{
    constexpr int iconSize = 16;
    icons::paint(painter,
        QRectF(cell.left(), cell.top() + (cell.height() - iconSize) / 2.0, iconSize, iconSize), word.icon,
        theme.text2);
    painting::elidedText(painter, QRectF(cell).adjusted(iconSize + 5, 0, 0, 0), word.text,
        font(TextStyle::Small), theme.text2);
}

} // namespace

QSize ContainerDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    // Asked for each cell of each row, so without looking at fonts.
    if (index.column() != ContainerModel::Name) {
        return {0, 0};
    }
    if (index.data(ContainerModel::GroupRole).value<const GroupEntry *>() != nullptr) {
        return {200, groupHeight};
    }
    return {200, m_density == Density::Compact ? compactRowHeight : rowHeight};
}

QRect ContainerDelegate::checkBoxRect(const QRect &row)
{
    return {row.left() + 12, row.top() + (row.height() - 16) / 2, 16, 16};
}

void ContainerDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *entry = index.data(ContainerModel::EntryRole).value<const ContainerEntry *>();
    if (entry == nullptr) {
        return;
    }
    const Theme &theme = themeOf(option.widget);
    const QRect cell = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    const chips::Ground ground =
        isSelected(option) || entry->checked ? chips::Ground::Selected : chips::Ground::Plain;
    painter->save();
    switch (index.column()) {
    case ContainerModel::Name:
        paintName(*painter, option, *entry, theme);
        break;
    case ContainerModel::Status:
        chips::paint(*painter, cell, chipOf(entry->status), theme, ground);
        break;
    case ContainerModel::Version:
        paintVersion(*painter, cell, *entry, theme, ground);
        break;
    case ContainerModel::Cpu:
        paintCpu(*painter, cell, *entry, theme);
        break;
    case ContainerModel::Memory:
        paintMemory(*painter, cell, *entry, theme);
        break;
    case ContainerModel::Policy:
        paintWord(*painter, cell, policyWord(entry->container.updatePolicy), theme);
        break;
    case ContainerModel::Ports:
    case ContainerModel::Id:
        painting::elidedText(*painter, QRectF(cell), index.data(Qt::DisplayRole).toString(),
            font(TextStyle::Mono), theme.text2);
        break;
    default:
        painting::elidedText(*painter, QRectF(cell), index.data(Qt::DisplayRole).toString(),
            font(TextStyle::Small), theme.text2);
        break;
    }
    painter->restore();
}

void ContainerDelegate::paintName(QPainter &painter, const QStyleOptionViewItem &option,
    const ContainerEntry &entry, const Theme &theme) const
{
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (m_checkBoxes == CheckBoxes::Always || hovered || entry.checked || isSelected(option)) {
        QStyleOptionViewItem box(option);
        box.rect = checkBoxRect(option.rect);
        box.state = QStyle::State_Enabled | (entry.checked ? QStyle::State_On : QStyle::State_Off);
        option.widget->style()->drawPrimitive(
            QStyle::PE_IndicatorItemViewItemCheck, &box, &painter, option.widget);
    }
    const QRectF cell = QRectF(option.rect).adjusted(nameLeft, 0, -cellPadding, 0);
    if (m_density == Density::Compact) {
        painting::elidedText(painter, cell, entry.name, font(TextStyle::Strong), theme.text);
        return;
    }
    painting::elidedText(painter, QRectF(cell.left(), cell.top() + 6, cell.width(), 20), entry.name,
        font(TextStyle::Strong), theme.text);
    painting::elidedText(painter, QRectF(cell.left(), cell.top() + 25, cell.width(), 18), entry.image,
        font(TextStyle::Small), theme.text2, Qt::ElideMiddle);
}

void ContainerDelegate::paintCpu(
    QPainter &painter, const QRect &cell, const ContainerEntry &entry, const Theme &theme) const
{
    if (entry.metrics.isEmpty()) {
        return;
    }
    constexpr int numberWidth = 50;
    const QRectF line(cell.left(), cell.top() + (cell.height() - 22) / 2.0,
        std::clamp(cell.width() - numberWidth, 20, 104), 22);
    painting::sparkline(painter, line, entry.metrics.cpu(), theme.chart1);
    painting::tabularNumber(painter, QRectF(cell).adjusted(line.width(), 0, 0, 0),
        percentText(entry.metrics.cpuPercent()), font(TextStyle::Small), theme.text);
}

void ContainerDelegate::paintMemory(
    QPainter &painter, const QRect &cell, const ContainerEntry &entry, const Theme &theme) const
{
    if (entry.metrics.isEmpty()) {
        return;
    }
    const QString text = byteText(entry.metrics.memoryBytes());
    if (m_density == Density::Compact) {
        painting::tabularNumber(painter, QRectF(cell), text, font(TextStyle::Small), theme.text);
        return;
    }
    const int width = std::min(cell.width(), 76);
    painting::elidedText(painter, QRectF(cell.left(), cell.top() + 7, cell.width(), 18), text,
        font(TextStyle::Small), theme.text);
    if (entry.metrics.memoryLimitBytes() > 0) {
        painting::memoryBar(painter, QRectF(cell.left(), cell.top() + 30, width, 4),
            static_cast<double>(entry.metrics.memoryBytes()) /
                static_cast<double>(entry.metrics.memoryLimitBytes()),
            theme);
    }
}

void ContainerDelegate::paintGroup(
    QPainter &painter, const QRect &row, const GroupEntry &group, Expansion expansion, const Theme &theme)
{
    constexpr int iconSize = 16;
    const qreal top = row.top() + (row.height() - iconSize) / 2.0;
    icons::paint(painter, QRectF(row.left() + 12, top, iconSize, iconSize),
        expansion == Expansion::Expanded ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
        theme.text2);
    icons::paint(painter, QRectF(row.left() + 44, top, iconSize, iconSize), group.icon, theme.text2);
    qreal left = row.left() + 68;
    const auto write = [&](const QString &text, TextStyle style, const QColor &color, qreal longest) {
        const qreal width = std::min(QFontMetricsF(font(style)).horizontalAdvance(text) + 1, longest);
        painting::elidedText(painter, QRectF(left, row.top(), width, row.height()), text, font(style), color);
        left += width + 12;
    };
    write(group.title, TextStyle::Strong, theme.text, row.width() / 3.0);
    write(ContainerModel::tr("%n container(s)", nullptr, group.counts.containers), TextStyle::Small,
        theme.text2, row.width());
    const auto chip = [&](ChipKind kind, const QString &text) {
        const QRect box(
            static_cast<int>(left), row.top(), row.right() - static_cast<int>(left), row.height());
        if (box.width() > 40) {
            left += chips::paint(painter, box, {kind, text}, theme) + 8;
        }
    };
    if (group.counts.updates > 0) {
        chip(ChipKind::Update, ContainerModel::tr("%n update(s)", nullptr, group.counts.updates));
    }
    if (group.counts.unhealthy > 0) {
        chip(ChipKind::Err, ContainerModel::tr("%n unhealthy", nullptr, group.counts.unhealthy));
    }
}

} // namespace dockerauto::ui
