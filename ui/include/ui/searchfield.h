#pragma once

#include <QLineEdit>

namespace dockerauto::ui {

/// A line to type a filter in. Escape clears it; textChanged comes with each key.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    /// `label` is the placeholder and the accessible name.
    explicit SearchField(const QString &label, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace dockerauto::ui
