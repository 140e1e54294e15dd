#pragma once

#include <QObject>

class QSettings;

namespace dockerauto::ui {

enum class Appearance
{
    Auto,
    Light,
    Dark
};
enum class Density
{
    Comfortable,
    Compact
};

/// What a person chose about windows, kept in the settings file at once. Pages save their own things
/// (columns, filters, splitters) through settings(), each under its own group.
class Preferences : public QObject
{
    Q_OBJECT

public:
    /// `settings` must outlive this.
    explicit Preferences(QSettings &settings, QObject *parent = nullptr);

    [[nodiscard]] Appearance appearance() const { return m_appearance; }
    void setAppearance(Appearance appearance);

    [[nodiscard]] Density density() const { return m_density; }
    void setDensity(Density density);

    [[nodiscard]] QSettings &settings() const { return m_settings; }

Q_SIGNALS:
    void appearanceChanged();
    void densityChanged();

private:
    QSettings &m_settings;
    Appearance m_appearance = Appearance::Auto;
    Density m_density = Density::Comfortable;
};

} // namespace dockerauto::ui
