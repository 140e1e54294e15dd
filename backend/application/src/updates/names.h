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
} // namespace labels

inline QString asideName(const QString &name, const core::UpdateId &update)
{
    return name + QStringLiteral(".old-") + update.text().right(10);
}

inline QString failedName(const QString &name, const core::UpdateId &update)
{
    return name + QStringLiteral(".failed-") + update.text().right(10);
}

/// Whether a container is only there because an update is under way.
inline bool isTemporaryName(const QString &name)
{
    static const QRegularExpression form(QStringLiteral("\\.(old|failed)-[0-9a-hjkmnp-tv-z]{10}$"));
    return form.match(name).hasMatch();
}

} // namespace dockerauto::application
