#pragma once

#include <ui/theme.h>

#include <QStyle>

class QPainter;
class QRectF;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionSlider;
class QStyleOptionTab;

/// The parts that DockerAutoStyle draws itself, one function a part.
namespace dockerauto::ui::stylepainting {

void checkBox(QPainter &painter, const QStyleOption &option, const Theme &theme);
void radioButton(QPainter &painter, const QStyleOption &option, const Theme &theme);
void input(QPainter &painter, const QStyleOption &option, const Theme &theme);
void commandButton(QPainter &painter, const QStyleOption &option, const Theme &theme);
void headerSection(QPainter &painter, const QStyleOptionHeader &option, const Theme &theme);
void branch(QPainter &painter, const QStyleOption &option, const Theme &theme);
void menuItem(QPainter &painter, const QStyleOptionMenuItem &option, const Theme &theme);
void comboBox(QPainter &painter, const QStyleOptionComboBox &option, const Theme &theme);
void scrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &handle, const Theme &theme);
void tab(QPainter &painter, const QStyleOptionTab &option, const Theme &theme);

} // namespace dockerauto::ui::stylepainting
