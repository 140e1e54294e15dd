#pragma once

#include <contracts/auth.h>
#include <core/result.h>
#include <core/time.h>
#include <ports/storage.h>

#include <QByteArray>
#include <QString>

namespace dockerauto::application {

/// Unauthenticated: there is no such session any more.
core::Failure notSignedIn();
/// A missing user or session means that somebody is not signed in; other failures stay what they are.
core::Failure asSignedOut(core::Error error);
/// What is stored of a refresh token.
QByteArray hashOfToken(const QString &token);
bool isOpen(const ports::SessionRecord &session, core::Timestamp now);
contracts::Account accountOf(const ports::UserRecord &user);

} // namespace dockerauto::application
