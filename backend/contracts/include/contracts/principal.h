#pragma once

#include <core/ids.h>
#include <core/vocabulary.h>

#include <QString>

namespace dockerauto::contracts {

/// Who asks. `LocalAdministrator` is the person at the desktop in local mode, `System` the program itself
/// (an interval check, a recovery), `Anonymous` a caller without a token.
struct Principal
{
    enum class Kind
    {
        Anonymous,
        User,
        LocalAdministrator,
        System
    };

    Kind kind = Kind::Anonymous;
    core::UserId user;
    QString email;
    core::Role role = core::Role::Viewer;
    core::SessionId session;

    static Principal anonymous() { return {}; }
    static Principal localAdministrator()
    {
        return {Kind::LocalAdministrator, {}, QStringLiteral("local"), core::Role::Admin, {}};
    }
    static Principal system() { return {Kind::System, {}, QStringLiteral("system"), core::Role::Admin, {}}; }
    /// What is written to history and audit as "who".
    [[nodiscard]] const QString &name() const { return email; }
};

} // namespace dockerauto::contracts
