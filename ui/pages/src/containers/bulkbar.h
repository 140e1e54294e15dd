#pragma once

#include <QWidget>

#include <vector>

namespace dockerauto::ui {

class Button;
class ContainerActions;
class ContainerModel;
class Label;

/// What can be done with all chosen containers; shown while there are any.
class BulkBar : public QWidget
{
    Q_OBJECT

public:
    BulkBar(ContainerModel &model, ContainerActions &actions, QWidget *parent = nullptr);

    /// Of the chosen containers.
    void updateChosen();
    /// After the choice, or the connection, changed.
    void refresh();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] std::vector<QString> chosen() const;

    ContainerModel &m_model;
    ContainerActions &m_actions;
    Label *m_count = nullptr;
    Label *m_detail = nullptr;
    Button *m_update = nullptr;
    Button *m_restart = nullptr;
};

} // namespace dockerauto::ui
