#pragma once

#include <ui/theme.h>

#include <QWidget>

#include <optional>

namespace dockerauto::ui {

/// A thin bar. Absent fraction: the length is unknown and only the track is drawn, never an invented part.
class ProgressLine : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget *parent = nullptr);

    /// 0 to 1.
    void setFraction(std::optional<double> fraction);
    [[nodiscard]] std::optional<double> fraction() const { return m_fraction; }
    void setColor(ThemeColor color);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<double> m_fraction;
    ThemeColor m_color = &Theme::accentFill;
};

} // namespace dockerauto::ui
