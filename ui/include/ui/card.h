#pragma once

#include <QFrame>

namespace dockerauto::ui {

/// A surface with a thin border and round corners; put a layout into it.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace dockerauto::ui
