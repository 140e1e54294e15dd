#include <ui/style.h>

#include "stylepainting.h"

#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStyleOption>
#include <QTabBar>

namespace dockerauto::ui {

namespace {

constexpr int scrollBarExtent = 12;
constexpr int smallestHandle = 32;

bool belongsToView(const QWidget *widget)
{
    return qobject_cast<const QAbstractItemView *>(widget) != nullptr ||
           (widget != nullptr && qobject_cast<const QAbstractItemView *>(widget->parentWidget()) != nullptr);
}

} // namespace

DockerAutoStyle::DockerAutoStyle(const Theme &theme) : QProxyStyle(QStringLiteral("Fusion")), m_theme(theme)
{
}

void DockerAutoStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) != nullptr || qobject_cast<QComboBox *>(widget) != nullptr ||
        qobject_cast<QLineEdit *>(widget) != nullptr || qobject_cast<QScrollBar *>(widget) != nullptr ||
        qobject_cast<QTabBar *>(widget) != nullptr)
        widget->setAttribute(Qt::WA_Hover);
}

void DockerAutoStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_FrameFocusRect:
        if (!belongsToView(widget) && option->state.testFlag(State_KeyboardFocusChange))
            painting::focusRing(*painter, option->rect, 6, m_theme);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        stylepainting::checkBox(*painter, *option, m_theme);
        return;
    case PE_IndicatorRadioButton:
        stylepainting::radioButton(*painter, *option, m_theme);
        return;
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame != nullptr && frame->lineWidth > 0)
            stylepainting::input(*painter, *option, m_theme);
        return;
    }
    case PE_FrameLineEdit:
        stylepainting::input(*painter, *option, m_theme);
        return;
    case PE_PanelButtonCommand:
        stylepainting::commandButton(*painter, *option, m_theme);
        return;
    case PE_PanelButtonTool:
        if (option->state & (State_MouseOver | State_On | State_Sunken))
            painting::roundedBox(*painter, option->rect, 6, m_theme.hover);
        return;
    case PE_IndicatorBranch:
        stylepainting::branch(*painter, *option, m_theme);
        return;
    case PE_PanelItemViewRow:
    case PE_PanelItemViewItem:
        if (option->state.testFlag(State_Selected))
            painter->fillRect(option->rect, m_theme.selected);
        else if (option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled))
            painter->fillRect(option->rect, m_theme.hover);
        return;
    case PE_Frame:
        if (qobject_cast<const QPlainTextEdit *>(widget) != nullptr) {
            stylepainting::input(*painter, *option, m_theme);
            return;
        }
        [[fallthrough]];
    case PE_FrameMenu:
    case PE_FrameGroupBox:
        painter->setPen(m_theme.border);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, m_theme.surface);
        painter->setPen(m_theme.buttonBorder);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, m_theme.tooltipBg);
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), m_theme.border);
        return;
    case PE_FrameTabWidget:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void DockerAutoStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_Header:
        // The whole of it: the base asks its own subElementRect for the parts, not this one.
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            painter->save();
            stylepainting::headerSection(*painter, *header, m_theme);
            painter->restore();
        }
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, m_theme.surface);
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), m_theme.border);
        return;
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            painter->save();
            stylepainting::menuItem(*painter, *item, m_theme);
            painter->restore();
        }
        return;
    case CE_MenuEmptyArea:
        return;
    case CE_Splitter: {
        // One pixel wide whatever the handle's size, so that the line stays clean.
        const bool upright = option->state.testFlag(State_Horizontal);
        const QRect line = upright ? QRect(option->rect.left(), option->rect.top(), 1, option->rect.height())
                                   : QRect(option->rect.left(), option->rect.top(), option->rect.width(), 1);
        painter->fillRect(line, option->state.testFlag(State_MouseOver) ? m_theme.accent : m_theme.border);
        return;
    }
    case CE_TabBarTab:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            painter->save();
            stylepainting::tab(*painter, *tab, m_theme);
            painter->restore();
        }
        return;
    case CE_ItemViewItem:
        // Selected rows are a light tint here, so their text keeps its colour.
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            QStyleOptionViewItem plain(*item);
            plain.palette.setColor(QPalette::HighlightedText, m_theme.text);
            plain.palette.setColor(QPalette::Highlight, m_theme.selected);
            QProxyStyle::drawControl(element, &plain, painter, widget);
        }
        return;
    case CE_ShapedFrame: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame != nullptr && frame->frameShape == QFrame::HLine) {
            painter->fillRect(QRect(option->rect.left(), option->rect.center().y(), option->rect.width(), 1),
                m_theme.border);
            return;
        }
        if (frame != nullptr && frame->frameShape == QFrame::VLine) {
            painter->fillRect(QRect(option->rect.center().x(), option->rect.top(), 1, option->rect.height()),
                m_theme.border);
            return;
        }
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void DockerAutoStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    if (control == CC_ComboBox) {
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            stylepainting::comboBox(*painter, *combo, m_theme);
            return;
        }
    }
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            stylepainting::scrollBar(
                *painter, *slider, subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget), m_theme);
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect DockerAutoStyle::subElementRect(
    SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_LineEditContents) {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        return frame != nullptr && frame->lineWidth > 0 ? option->rect.adjusted(8, 0, -8, 0) : option->rect;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect DockerAutoStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
    SubControl subControl, const QWidget *widget) const
{
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return option->rect.adjusted(8, 1, -28, -1);
    if (control == CC_ComboBox && subControl == SC_ComboBoxArrow)
        return {option->rect.right() - 28, option->rect.top(), 28, option->rect.height()};
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || slider == nullptr)
        return QProxyStyle::subControlRect(control, option, subControl, widget);

    // A groove from end to end, without arrows.
    const bool horizontal = slider->orientation == Qt::Horizontal;
    const int length = horizontal ? slider->rect.width() : slider->rect.height();
    const qint64 range = static_cast<qint64>(slider->maximum) - slider->minimum;
    int handle = length;
    if (range > 0)
        handle =
            static_cast<int>(static_cast<qint64>(length) * slider->pageStep / (range + slider->pageStep));
    handle = qBound(qMin(smallestHandle, length), handle, length);
    const int start = sliderPositionFromValue(
        slider->minimum, slider->maximum, slider->sliderPosition, length - handle, slider->upsideDown);
    const auto part = [&](int from, int size) {
        return horizontal ? QRect(slider->rect.left() + from, slider->rect.top(), size, slider->rect.height())
                          : QRect(slider->rect.left(), slider->rect.top() + from, slider->rect.width(), size);
    };
    switch (subControl) {
    case SC_ScrollBarSlider:
        return part(start, handle);
    case SC_ScrollBarGroove:
        return slider->rect;
    case SC_ScrollBarSubPage:
        return part(0, start);
    case SC_ScrollBarAddPage:
        return part(start + handle, length - start - handle);
    default:
        return {};
    }
}

QSize DockerAutoStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &contents, const QWidget *widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
    case CT_LineEdit:
    case CT_SpinBox:
        size.setHeight(32);
        break;
    case CT_ComboBox:
        size = {contents.width() + 12 + 32, 32};
        break;
    case CT_PushButton:
        size = {size.width() + 12, 32};
        break;
    case CT_CheckBox:
    case CT_RadioButton:
        size.setHeight(qMax(size.height(), 24));
        break;
    case CT_TabBarTab:
        size = {size.width() + 4, 40};
        break;
    case CT_HeaderSection:
        size.setHeight(36);
        break;
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item != nullptr && item->menuItemType == QStyleOptionMenuItem::Separator)
            return {size.width(), 9};
        size = {size.width() + 48, 30};
        break;
    }
    default:
        break;
    }
    return size;
}

int DockerAutoStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 22;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 6;
    case PM_SplitterWidth:
        return 1;
    case PM_ScrollBarExtent:
        return scrollBarExtent;
    case PM_ScrollBarSliderMin:
        return smallestHandle;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
        return 0;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_MenuHMargin:
        return 0;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
        return 0;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int DockerAutoStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
    case SH_UnderlineShortcut:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ScrollBar_Transient:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace dockerauto::ui
