#pragma once

#include <models/weekplan.h>

#include <QWidget>

#include <vector>

namespace dockerauto::ui {

struct Theme;

/// Seven days and their hours: windows and freezes as bands, runs as marks, a line for now. Arrow keys step
/// through what is there; Enter and a double click activate it.
class WeekGrid : public QWidget
{
    Q_OBJECT

public:
    explicit WeekGrid(QWidget *parent = nullptr);

    /// `items` in order, as weekItems() gives them.
    void setWeek(QDate first, std::vector<WeekItem> items, core::Timestamp now);
    [[nodiscard]] const std::vector<WeekItem> &items() const { return m_items; }
    /// Null while nothing is chosen.
    [[nodiscard]] const WeekItem *current() const;
    /// Where the item is painted; for tests and menus.
    [[nodiscard]] QRect rectOf(int item) const;

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Another item, or none, is chosen.
    void currentChanged();
    void activated(const dockerauto::ui::WeekItem &item);
    void menuWanted(const dockerauto::ui::WeekItem &item, const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QRectF dayRect(int day) const;
    [[nodiscard]] qreal yOf(double hour) const;
    void place();
    void placeDay(int day);
    [[nodiscard]] qreal titleTop(std::size_t item) const;
    [[nodiscard]] int itemAt(const QPoint &position) const;
    void choose(int item);
    void describe();
    /// The nearest item of a day in the given direction, or -1.
    [[nodiscard]] int neighbourDay(int direction) const;
    void paintGrid(QPainter &painter, const Theme &theme) const;
    void paintNow(QPainter &painter, const Theme &theme) const;
    void paintBand(QPainter &painter, const Theme &theme, std::size_t item) const;
    void paintRun(QPainter &painter, const Theme &theme, std::size_t item) const;

    QDate m_first;
    std::vector<WeekItem> m_items;
    /// Where each item is painted.
    std::vector<QRectF> m_places;
    /// Of a band: the upper edge of its name.
    std::vector<qreal> m_titles;
    WeekPlace m_now{-1, 0};
    int m_current = -1;
};

} // namespace dockerauto::ui
