#pragma once

#include <core/ids.h>

#include <QRegularExpression>
#include <QString>

namespace dockerauto::application {

// Names that an update gives to containers for as long as it lasts. They derive from the operation, so that
// the engine's own "name is in use" tells two operations apart, and so that they are known for what they are.

namespace labels {
/// The update that made the container.
inline constexpr char operation[] = "docker-auto.operation";
/// How often that update has been taken up again.
inline constexpr char epoch[] = "docker-auto.epoch";
/// The update that had to make the old container again, since it was gone when it was to be put back.
inline constexpr char rebuilt[] = "docker-auto.rebuilt";
/// What a container is for that only helps an update: `backup` or `replace`.
inline constexpr char helper[] = "docker-auto.helper";
} // namespace labels

inline QString asideName(const QString &name, const core::UpdateId &update)
{
    return name + QStringLiteral(".old-") + update.text().right(10);
}

inline QString failedName(const QString &name, const core::UpdateId &update)
{
    return name + QStringLiteral(".failed-") + update.text().right(10);
}

/// The one that saves and restores volumes.
inline QString backupHelperName(const QString &name, const core::UpdateId &update)
{
    return name + QStringLiteral(".backup-") + update.text().right(10);
}

/// The one that replaces this program's own container.
inline QString replaceHelperName(const QString &name, const core::UpdateId &update)
{
    return name + QStringLiteral(".helper-") + update.text().right(10);
}

/// Whether a container is only there because an update is under way.
inline bool isTemporaryName(const QString &name)
{
    static const QRegularExpression form(
        QStringLiteral("\\.(old|failed|backup|helper)-[0-9a-hjkmnp-tv-z]{10}$"));
    return form.match(name).hasMatch();
}

} // namespace dockerauto::application
