#pragma once

namespace dockerauto::contracts {
class Backend;
}
namespace dockerauto::ui {
class MainWindow;
class Preferences;
} // namespace dockerauto::ui

namespace dockerauto::app {

/// Gives the window its pages and lets them speak with each other. Backend and preferences must outlive the
/// window.
void addPages(ui::MainWindow &window, contracts::Backend &backend, ui::Preferences &preferences);

} // namespace dockerauto::app
