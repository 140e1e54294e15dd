#pragma once

#include <application/operationbus.h>
#include <contracts/operations.h>

#include <future>

namespace dockerauto::test {

/// Calls an operation as an administrator does and waits for its answer.
template <class Op>
core::Result<typename Op::Reply> dispatched(
    application::OperationBus &bus, const typename Op::Request &request)
{
    std::promise<core::Result<core::Json>> answer;
    const contracts::Principal admin{contracts::Principal::Kind::User, core::UserId(QStringLiteral("u")),
        QStringLiteral("u@example.org"), core::Role::Admin, {}};
    bus.dispatch(*contracts::findOperation(Op::info.name), contracts::encode(request),
        {admin, QStringLiteral("r1"), QStringLiteral("127.0.0.1")},
        [&answer](core::Result<core::Json> result) { answer.set_value(std::move(result)); });
    DOCKERAUTO_TRY_ASSIGN(reply, answer.get_future().get());
    return contracts::decode<typename Op::Reply>(reply, contracts::UnknownFields::Refuse);
}

} // namespace dockerauto::test
