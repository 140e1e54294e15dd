#include <ui/preferences.h>

#include <QSettings>

namespace dockerauto::ui {

namespace {

const QString appearanceKey = QStringLiteral("appearance/theme");
const QString densityKey = QStringLiteral("appearance/rows");

} // namespace

Preferences::Preferences(QSettings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    const QString appearance = settings.value(appearanceKey).toString();
    if (appearance == QLatin1String("light"))
        m_appearance = Appearance::Light;
    else if (appearance == QLatin1String("dark"))
        m_appearance = Appearance::Dark;
    if (settings.value(densityKey).toString() == QLatin1String("compact"))
        m_density = Density::Compact;
}

void Preferences::setAppearance(Appearance appearance)
{
    if (appearance == m_appearance)
        return;
    m_appearance = appearance;
    switch (appearance) {
    case Appearance::Auto:
        m_settings.setValue(appearanceKey, QStringLiteral("auto"));
        break;
    case Appearance::Light:
        m_settings.setValue(appearanceKey, QStringLiteral("light"));
        break;
    case Appearance::Dark:
        m_settings.setValue(appearanceKey, QStringLiteral("dark"));
        break;
    }
    Q_EMIT appearanceChanged();
}

void Preferences::setDensity(Density density)
{
    if (density == m_density)
        return;
    m_density = density;
    m_settings.setValue(
        densityKey, density == Density::Compact ? QStringLiteral("compact") : QStringLiteral("comfortable"));
    Q_EMIT densityChanged();
}

} // namespace dockerauto::ui
