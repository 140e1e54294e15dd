#pragma once

#include <ui/button.h>

#include <QWidget>

namespace dockerauto::ui {

/// Something that need not be seen: one line that opens and closes what lies below it. Closed at first.
class Foldout : public QWidget
{
    Q_OBJECT

public:
    /// Owns the content.
    Foldout(const QString &title, QWidget *content, QWidget *parent = nullptr);

    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const { return m_button->isChecked(); }

private:
    Button *m_button = nullptr;
    QWidget *m_content = nullptr;
};

} // namespace dockerauto::ui
