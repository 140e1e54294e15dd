#include <delegates/updatedelegate.h>

#include <delegates/tones.h>
#include <models/updatemodel.h>
#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QFontMetricsF>
#include <QPainter>

namespace dockerauto::ui {

namespace {

constexpr int headingHeight = 32;
constexpr int rowHeight = 60;

void paintHeading(QPainter &painter, const QRect &row, const QModelIndex &index, const Theme &theme)
{
    const QString title = index.data(Qt::DisplayRole).toString();
    const QFont titleFont = font(TextStyle::SmallStrong);
    const qreal width = QFontMetricsF(titleFont).horizontalAdvance(title) + 1;
    const QRectF box = QRectF(row).adjusted(20, 4, -12, 0);
    painting::elidedText(painter, box, title, titleFont, theme.text2);
    painting::elidedText(painter, box.adjusted(width + 8, 0, 0, 0),
        QString::number(index.data(UpdateModel::CountRole).toInt()), font(TextStyle::Small), theme.muted);
}

void paintUpdate(QPainter &painter, const QRect &row, const contracts::Update &update, const Theme &theme,
    core::Timestamp now)
{
    const Word word = updateStatusWord(update.status);
    const ChipColors colors =
        chipColors(theme, word.tone == Tone::BadStrong ? ChipKind::Err : chipKind(word.tone));
    const QRectF circle(row.left() + 12, row.top() + 14, 28, 28);
    painting::roundedBox(painter, circle, 14, colors.background);
    icons::paint(painter, circle.adjusted(6, 6, -6, -6), word.icon, colors.text);

    const QRectF text = QRectF(row).adjusted(50, 8, -12, 0);
    const bool finished = core::isFinal(update.status);
    const QString target = finished ? toVersion(update) : QStringLiteral("→ ") + toVersion(update);
    const QFont mono = font(TextStyle::Mono);
    const qreal targetWidth =
        std::min(QFontMetricsF(mono).horizontalAdvance(target) + 1, text.width() * 0.55);
    painting::elidedText(painter, QRectF(text.right() - targetWidth, text.top(), targetWidth, 20), target,
        mono, theme.text2, Qt::ElideRight, Qt::AlignRight | Qt::AlignVCenter);
    painting::elidedText(painter, QRectF(text.left(), text.top(), text.width() - targetWidth - 10, 20),
        harmless(update.containerName), font(TextStyle::Strong), theme.text);
    painting::elidedText(painter, QRectF(text.left(), text.top() + 20, text.width(), 18),
        updateSummary(update, now), font(TextStyle::Small), theme.text2);
    if (update.status == core::UpdateStatus::Running) {
        painting::bar(painter, QRectF(text.left(), text.top() + 43, text.width(), 3),
            overallFraction(update).value_or(0), theme.updFill, theme.border);
    }
}

} // namespace

QSize UpdateDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {200, index.data(UpdateModel::UpdateRole).value<const contracts::Update *>() == nullptr
                     ? headingHeight
                     : rowHeight};
}

void UpdateDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const auto *update = index.data(UpdateModel::UpdateRole).value<const contracts::Update *>();
    painter->save();
    if (update == nullptr) {
        paintHeading(*painter, option.rect, index, theme);
        painter->restore();
        return;
    }
    const QRect box = option.rect.adjusted(8, 1, -8, -1);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painting::roundedBox(*painter, box, 6, selected ? theme.selected : theme.hover);
    }
    paintUpdate(*painter, box, *update, theme, static_cast<const UpdateModel *>(index.model())->now());
    if (option.state.testFlag(QStyle::State_HasFocus) && painting::showsFocus(*option.widget)) {
        painting::focusRing(*painter, box, 6, theme);
    }
    painter->restore();
}

} // namespace dockerauto::ui
