#pragma once

#include <contracts/backend.h>
#include <models/containermodel.h>

#include <QWidget>

namespace dockerauto::ui {

class Banner;
class Button;
class ContainerActions;
class WhyView;

/// What the last check decided for a container, in one banner, with the ways to answer it; below it, when it
/// is asked for, why.
class DecisionCard : public QWidget
{
    Q_OBJECT

public:
    DecisionCard(contracts::Backend &backend, ContainerModel &model, ContainerActions &actions,
        QWidget *parent = nullptr);

    void show(const ContainerEntry &entry);

Q_SIGNALS:
    void changesRequested();

private:
    void setWhyVisible(bool visible);
    void showBanner(const contracts::Container &container);

    ContainerModel &m_model;
    ContainerActions &m_actions;
    QString m_id;
    /// The decision that the reasons were read for.
    std::optional<core::Timestamp> m_checkedAt;
    std::optional<core::Hold> m_heldBy;
    Banner *m_banner = nullptr;
    Button *m_whyLink = nullptr;
    Button *m_changes = nullptr;
    Button *m_skip = nullptr;
    Button *m_again = nullptr;
    WhyView *m_why = nullptr;
};

} // namespace dockerauto::ui
