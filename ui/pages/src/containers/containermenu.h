#pragma once

#include <QString>

#include <functional>

class QMenu;
class QWidget;

namespace dockerauto::ui {

class ContainerActions;
struct ContainerEntry;

/// What the menu of a container needs from the page beside the actions.
struct ContainerMenuHooks
{
    std::function<void()> showLogs;
    std::function<void()> checkNow;
};

/// The menu of one container; deletes itself when it closes. Only what can be done now is enabled.
[[nodiscard]] QMenu *containerMenu(
    const ContainerEntry &entry, ContainerActions &actions, const ContainerMenuHooks &hooks, QWidget *parent);

} // namespace dockerauto::ui
