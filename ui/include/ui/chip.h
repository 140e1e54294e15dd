#pragma once

#include <ui/theme.h>

#include <QRect>
#include <QString>
#include <QWidget>

class QPainter;

namespace dockerauto::ui {

enum class ChipKind
{
    Ok,
    Warn,
    Err,
    ErrSolid,
    Update,
    Neutral
};

/// The three colours of a kind of chip, banner or state.
struct ChipColors
{
    QColor text;
    QColor background;
    /// Of bars and dots.
    QColor fill;
};
ChipColors chipColors(const Theme &theme, ChipKind kind);

/// The icon that belongs to a kind when there is no better one.
QString chipIcon(ChipKind kind);

/// An icon and a word on a tint: never colour alone.
struct ChipContent
{
    ChipKind kind = ChipKind::Neutral;
    QString text;
    /// Name of an icon; empty for the kind's own.
    QString icon = {};
};

/// Chips in delegates.
namespace chips {
/// Height in pixels, everywhere.
inline constexpr int height = 22;

[[nodiscard]] int width(const ChipContent &chip);

enum class Ground
{
    Plain,
    /// On a selected row, where the tint would not be seen: the chip takes the colour of the surface.
    Selected,
};
/// Draws at the left of `box`, vertically centred, elided when too narrow. Gives the width used.
int paint(QPainter &painter, const QRect &box, const ChipContent &chip, const Theme &theme,
    Ground ground = Ground::Plain);
} // namespace chips

class Chip : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text)

public:
    explicit Chip(QWidget *parent = nullptr);
    explicit Chip(const ChipContent &content, QWidget *parent = nullptr);

    void setContent(const ChipContent &content);
    [[nodiscard]] const ChipContent &content() const { return m_content; }
    [[nodiscard]] QString text() const { return m_content.text; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    ChipContent m_content;
};

} // namespace dockerauto::ui
