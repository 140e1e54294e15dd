#include <delegates/updatedelegate.h>

#include <delegates/tones.h>
#include <models/containerentry.h>
#include <models/updatemodel.h>
#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

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

/// What a row says, of whatever kind it is.
struct Line
{
    Word word;
    QString name;
    QString target;
    QString summary;
    std::optional<double> progress = {};
};

Line lineOf(const contracts::Update &update, core::Timestamp now)
{
    const bool finished = core::isFinal(update.status);
    Line line{updateWord(update), harmless(update.containerName),
        finished ? toVersion(update) : QStringLiteral("→ ") + toVersion(update), updateSummary(update, now)};
    if (update.status == core::UpdateStatus::Running) {
        line.progress = overallFraction(update).value_or(0);
    }
    return line;
}

Line lineOf(const contracts::Container &container, core::Timestamp now)
{
    const contracts::UpdateState &state = container.update;
    const QString target = candidateVersion(container);
    return {state.heldBy ? holdWord(*state.heldBy) : Word{{}, QStringLiteral("hourglass")},
        harmless(container.name), target.isEmpty() ? target : QStringLiteral("→ ") + target,
        heldBackSummary(container, now)};
}

QRect circleIn(const QRect &row)
{
    return {row.left() + 12, row.top() + 14, 28, 28};
}

void paintLine(QPainter &painter, const QRect &row, const Line &line, const Theme &theme)
{
    const QRectF text = QRectF(row).adjusted(50, 8, -12, 0);
    const QFont mono = font(TextStyle::Mono);
    const qreal targetWidth =
        std::min(QFontMetricsF(mono).horizontalAdvance(line.target) + 1, text.width() * 0.55);
    painting::elidedText(painter, QRectF(text.right() - targetWidth, text.top(), targetWidth, 20),
        line.target, mono, theme.text2, Qt::ElideRight, Qt::AlignRight | Qt::AlignVCenter);
    painting::elidedText(painter, QRectF(text.left(), text.top(), text.width() - targetWidth - 10, 20),
        line.name, font(TextStyle::Strong), theme.text);
    painting::elidedText(painter, QRectF(text.left(), text.top() + 20, text.width(), 18), line.summary,
        font(TextStyle::Small), theme.text2);
    if (line.progress) {
        painting::bar(painter, QRectF(text.left(), text.top() + 43, text.width(), 3), *line.progress,
            theme.updFill, theme.border);
    }
}

void paintCircle(QPainter &painter, const QRectF &circle, const Word &word, const Theme &theme)
{
    const ChipColors colors =
        chipColors(theme, word.tone == Tone::BadStrong ? ChipKind::Err : chipKind(word.tone));
    painting::roundedBox(painter, circle, 14, colors.background);
    icons::paint(painter, circle.adjusted(6, 6, -6, -6), word.icon, colors.text);
}

void paintBox(QPainter &painter, const QStyleOptionViewItem &option, const QRect &place, Qt::CheckState state)
{
    QStyleOptionViewItem box(option);
    box.rect = QRect(place.center().x() - 7, place.center().y() - 7, 16, 16);
    box.state = QStyle::State_Enabled | (state == Qt::Checked ? QStyle::State_On : QStyle::State_Off);
    option.widget->style()->drawPrimitive(
        QStyle::PE_IndicatorItemViewItemCheck, &box, &painter, option.widget);
}

QRect boxOf(const QStyleOptionViewItem &option)
{
    return option.rect.adjusted(8, 1, -8, -1);
}

} // namespace

QSize UpdateDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {200, index.flags().testFlag(Qt::ItemIsSelectable) ? rowHeight : headingHeight};
}

void UpdateDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const auto *update = index.data(UpdateModel::UpdateRole).value<const contracts::Update *>();
    const auto *heldBack = index.data(UpdateModel::HeldBackRole).value<const contracts::Container *>();
    painter->save();
    if (update == nullptr && heldBack == nullptr) {
        paintHeading(*painter, option.rect, index, theme);
        painter->restore();
        return;
    }
    const QRect box = boxOf(option);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (selected || hovered) {
        painting::roundedBox(*painter, box, 6, selected ? theme.selected : theme.hover);
    }
    const core::Timestamp now = static_cast<const UpdateModel *>(index.model())->now();
    const Line line = update == nullptr ? lineOf(*heldBack, now) : lineOf(*update, now);
    paintLine(*painter, box, line, theme);
    const QVariant check = index.data(Qt::CheckStateRole);
    if (check.isValid() && (hovered || check.toInt() == Qt::Checked)) {
        paintBox(*painter, option, circleIn(box), static_cast<Qt::CheckState>(check.toInt()));
    } else {
        paintCircle(*painter, circleIn(box), line.word, theme);
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && painting::showsFocus(*option.widget)) {
        painting::focusRing(*painter, box, 6, theme);
    }
    painter->restore();
}

bool UpdateDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const QVariant check = index.data(Qt::CheckStateRole);
    if (!check.isValid()) {
        return false;
    }
    bool toggles = false;
    if (event->type() == QEvent::KeyPress) {
        toggles = static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space;
    } else if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        toggles = mouse->button() == Qt::LeftButton && circleIn(boxOf(option)).contains(mouse->pos());
    }
    return toggles && model->setData(index, check.toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
                          Qt::CheckStateRole);
}

} // namespace dockerauto::ui
