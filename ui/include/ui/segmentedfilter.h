#pragma once

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace dockerauto::ui {

/// "All 21 | Updates 11 | …": one of several is chosen. Left and Right move, as do clicks.
class SegmentedFilter : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)

public:
    explicit SegmentedFilter(QWidget *parent = nullptr);

    /// Gives the index of the segment.
    int addSegment(const QString &text, std::optional<int> count = {});
    void setCount(int segment, std::optional<int> count);
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int segment);
    [[nodiscard]] int count() const { return static_cast<int>(m_segments.size()); }
    /// What a segment says, with its count: for tests and accessibility.
    [[nodiscard]] QString segmentText(int segment) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void currentChanged(int segment);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Segment
    {
        QString text;
        std::optional<int> count;
    };
    [[nodiscard]] int widthOf(const Segment &segment) const;
    [[nodiscard]] QRect rectOf(int segment) const;
    [[nodiscard]] int segmentAt(const QPoint &position) const;
    void describe();

    std::vector<Segment> m_segments;
    int m_current = -1;
    int m_hovered = -1;
};

} // namespace dockerauto::ui
