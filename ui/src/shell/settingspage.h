#pragma once

#include <QWidget>

namespace dockerauto::ui {

class Preferences;

/// How the windows look, and which program this is. A choice takes effect at once.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsPage(Preferences &preferences, QWidget *parent = nullptr);

private:
    QWidget *makeAppearance();
    QWidget *makeAbout();

    Preferences &m_preferences;
};

} // namespace dockerauto::ui
