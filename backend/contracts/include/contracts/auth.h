#pragma once

#include <contracts/operation.h>
#include <contracts/system.h>
#include <core/time.h>
#include <core/vocabulary.h>

#include <QString>

#include <optional>

namespace dockerauto::contracts {

struct SetupState
{
    /// True until the first administrator exists.
    bool required = false;
};

struct SetupRequest
{
    /// The one-time code that the log of the server prints.
    QString code;
    QString email;
    QString password;
};

struct LoginRequest
{
    QString email;
    QString password;
};

struct RefreshRequest
{
    QString refreshToken;
};

struct Account
{
    QString id;
    QString email;
    core::Role role = core::Role::User;
    core::Timestamp createdAt{};
};

struct TokenReply
{
    QString accessToken;
    /// Always `Bearer`.
    QString tokenType;
    /// Seconds.
    int expiresIn = 0;
    QString refreshToken;
    Account user;
};

struct Ticket
{
    QString ticket;
    /// Seconds.
    int expiresIn = 0;
};

struct GetSetupState
{
    using Request = Nothing;
    using Reply = SetupState;
    static constexpr OperationInfo info{.name = "auth.setupState",
        .method = Method::Get,
        .path = "/auth/setup",
        .access = Access::Public,
        .summary = "Whether the first administrator still has to be made",
        .cacheable = false};
};

struct SetUp
{
    using Request = SetupRequest;
    using Reply = TokenReply;
    static constexpr OperationInfo info{.name = "auth.setup",
        .method = Method::Post,
        .path = "/auth/setup",
        .access = Access::Public,
        .effect = Effect::Changes,
        .summary = "Make the first administrator and sign in; works once",
        .success = 201,
        .cacheable = false};
};

struct LogIn
{
    using Request = LoginRequest;
    using Reply = TokenReply;
    static constexpr OperationInfo info{.name = "auth.login",
        .method = Method::Post,
        .path = "/auth/login",
        .access = Access::Public,
        .effect = Effect::Changes,
        .summary = "Sign in with e-mail address and password",
        .cacheable = false};
};

struct RefreshTokens
{
    using Request = RefreshRequest;
    using Reply = TokenReply;
    static constexpr OperationInfo info{.name = "auth.refresh",
        .method = Method::Post,
        .path = "/auth/refresh",
        .access = Access::Public,
        .effect = Effect::Changes,
        .summary = "Exchange a refresh token, once, for new tokens",
        .cacheable = false};
};

struct LogOut
{
    using Request = Nothing;
    using Reply = Nothing;
    static constexpr OperationInfo info{.name = "auth.logout",
        .method = Method::Post,
        .path = "/auth/logout",
        .access = Access::SignedIn,
        .effect = Effect::Changes,
        .summary = "End this session: its access and refresh tokens stop working",
        .success = 204,
        .cacheable = false};
};

struct GetOwnAccount
{
    using Request = Nothing;
    using Reply = Account;
    static constexpr OperationInfo info{.name = "auth.me",
        .method = Method::Get,
        .path = "/auth/me",
        .access = Access::SignedIn,
        .summary = "The account that is signed in",
        .cacheable = false};
};

struct MakeTicket
{
    using Request = Nothing;
    using Reply = Ticket;
    static constexpr OperationInfo info{.name = "auth.ticket",
        .method = Method::Post,
        .path = "/auth/tickets",
        .access = Access::SignedIn,
        .summary = "A one-time ticket with which a browser opens a WebSocket",
        .success = 201,
        .cacheable = false};
};

} // namespace dockerauto::contracts
