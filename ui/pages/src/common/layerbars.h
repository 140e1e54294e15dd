#pragma once

#include <contracts/containers.h>

#include <QString>
#include <QWidget>

#include <vector>

namespace dockerauto::ui {

/// The layers of two images as two bars, one above the other: what both have, what is new, what goes. Lengths
/// stand for compressed sizes; a legend gives them in words.
class LayerBars : public QWidget
{
    Q_OBJECT

public:
    explicit LayerBars(QWidget *parent = nullptr);

    void setLayers(const QString &from, const QString &to, const std::vector<contracts::LayerChange> &layers);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Legend
    {
        QString shared;
        QString added;
        QString removed;
    };
    void paintLegend(class QPainter &painter, const struct Theme &theme) const;

    QString m_from;
    QString m_to;
    std::vector<qint64> m_shared;
    std::vector<qint64> m_added;
    std::vector<qint64> m_removed;
    Legend m_legend;
};

} // namespace dockerauto::ui
