#pragma once

#include <QLineEdit>
#include <QStringList>

class QStringListModel;

namespace dockerauto::ui {

/// A line to type in that proposes what is known; Down or the arrow at its right shows all of it. What is not
/// known can be typed too.
class SuggestField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SuggestField(QWidget *parent = nullptr);

    void setSuggestions(const QStringList &suggestions);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showAll();

    QStringListModel *m_suggestions = nullptr;
};

} // namespace dockerauto::ui
