#pragma once

#include "fakebackend.h"
#include "samples.h"

#include <ui/preferences.h>
#include <ui/themecontroller.h>

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>

#include <memory>

namespace dockerauto::test {

/// What a page needs around it: theme, preferences in a folder of its own, a scripted backend.
struct GuiFixture
{
    GuiFixture()
        : settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
        , preferences(settings)
        , themes(*qApp, preferences)
    {
        script(backend);
    }

    QTemporaryDir folder;
    QSettings settings;
    ui::Preferences preferences;
    ui::ThemeController themes;
    FakeBackend backend;
};

} // namespace dockerauto::test
