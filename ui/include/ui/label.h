#pragma once

#include <ui/theme.h>

#include <QLabel>

namespace dockerauto::ui {

enum class LabelRole
{
    PageTitle,
    SheetTitle,
    Body,
    /// Body, semi-bold.
    Strong,
    /// 12 px, text2.
    Secondary,
    /// 12 px, muted.
    Muted,
    /// 12 px JetBrains Mono, text2.
    Mono,
    /// 12 px JetBrains Mono semi-bold, text.
    MonoStrong,
};

/// Text with a role; its colour follows the theme. Plain text unless said otherwise.
class Label : public QLabel
{
    Q_OBJECT

public:
    explicit Label(LabelRole role, const QString &text = {}, QWidget *parent = nullptr);

    /// Another colour than the role's.
    void setColor(ThemeColor color);

    /// Wraps at word borders and takes the height that the width needs.
    void setWrapping(bool wraps);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColor();

    ThemeColor m_color;
};

/// One line that is shortened with "…" where it does not fit; the tooltip then has the whole text.
class ElidedLabel : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)

public:
    explicit ElidedLabel(LabelRole role, const QString &text = {}, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    void setColor(ThemeColor color);
    /// Right (default) for names, middle for images.
    void setElideMode(Qt::TextElideMode mode);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateToolTip();

    QString m_text;
    ThemeColor m_color;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace dockerauto::ui
