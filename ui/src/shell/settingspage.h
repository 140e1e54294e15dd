#pragma once

#include <QWidget>

class QVBoxLayout;

namespace dockerauto::ui {

class Preferences;

/// How the windows look, what other parts of the program let people set, and which program this is. A choice
/// takes effect at once.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsPage(Preferences &preferences, QWidget *parent = nullptr);

    /// Above what the program says of itself; the page owns it.
    void addSection(QWidget *section);

private:
    QWidget *makeAppearance();
    QWidget *makeAbout();

    Preferences &m_preferences;
    QVBoxLayout *m_sections = nullptr;
};

} // namespace dockerauto::ui
