#pragma once

#include <QPlainTextEdit>

#include <vector>

namespace dockerauto::ui {

/// Several lines to type in, with the look of a line edit. Tab leaves it.
class LinesEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// `height` in pixels.
    LinesEdit(int height, const QString &placeholder, QWidget *parent = nullptr);

    /// Without what is empty, without spaces at the ends.
    [[nodiscard]] std::vector<QString> lines() const;
    void setLines(const std::vector<QString> &lines);

protected:
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
};

} // namespace dockerauto::ui
