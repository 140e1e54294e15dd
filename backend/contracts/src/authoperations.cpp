#include "codecimpl.h"
#include "describe.h"
#include "operationlists.h"

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(SetupState, (), (required))
BOOST_DESCRIBE_STRUCT(SetupRequest, (), (code, email, password))
BOOST_DESCRIBE_STRUCT(LoginRequest, (), (email, password))
BOOST_DESCRIBE_STRUCT(RefreshRequest, (), (refreshToken))
BOOST_DESCRIBE_STRUCT(Account, (), (id, email, role, createdAt))
BOOST_DESCRIBE_STRUCT(TokenReply, (), (accessToken, tokenType, expiresIn, refreshToken, user))
BOOST_DESCRIBE_STRUCT(Ticket, (), (ticket, expiresIn))

DOCKERAUTO_CODEC(SetupState)
DOCKERAUTO_CODEC(SetupRequest)
DOCKERAUTO_CODEC(LoginRequest)
DOCKERAUTO_CODEC(RefreshRequest)
DOCKERAUTO_CODEC(Account)
DOCKERAUTO_CODEC(TokenReply)
DOCKERAUTO_CODEC(Ticket)

std::vector<Operation> detail::authOperations()
{
    return {makeOperation<GetSetupState>(), makeOperation<SetUp>(), makeOperation<LogIn>(),
        makeOperation<RefreshTokens>(), makeOperation<LogOut>(), makeOperation<GetOwnAccount>(),
        makeOperation<MakeTicket>()};
}

} // namespace dockerauto::contracts
