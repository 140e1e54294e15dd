#include "codecimpl.h"
#include "describe.h"
#include "operationlists.h"

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(Registry, (),
    (id, registry, configured, username, secret, credentialsFrom, mirrors, insecure, caCertificates,
        realmHosts, containers, budget))
BOOST_DESCRIBE_STRUCT(RegistryList, (), (items))
BOOST_DESCRIBE_STRUCT(RegistryRef, (), (id))
BOOST_DESCRIBE_STRUCT(NewRegistry, (),
    (registry, username, password, identityToken, mirrors, insecure, caCertificates, realmHosts))
BOOST_DESCRIBE_STRUCT(RegistryChange, (),
    (id, username, password, identityToken, mirrors, insecure, caCertificates, realmHosts))
BOOST_DESCRIBE_STRUCT(RegistryTestRequest, (), (id, repository))
BOOST_DESCRIBE_STRUCT(RegistryTestResult, (), (usable, signedIn, detail, budget))
BOOST_DESCRIBE_STRUCT(Webhook, (), (id, name, path, createdAt, lastUsedAt))
BOOST_DESCRIBE_STRUCT(WebhookList, (), (items))
BOOST_DESCRIBE_STRUCT(WebhookRef, (), (id))
BOOST_DESCRIBE_STRUCT(NewWebhook, (), (name))
BOOST_DESCRIBE_STRUCT(WebhookCall, (), (token, payload))
BOOST_DESCRIBE_STRUCT(WebhookAnswer, (), (containers))

DOCKERAUTO_CODEC(Registry)
DOCKERAUTO_CODEC(RegistryList)
DOCKERAUTO_CODEC(RegistryRef)
DOCKERAUTO_CODEC(NewRegistry)
DOCKERAUTO_CODEC(RegistryChange)
DOCKERAUTO_CODEC(RegistryTestRequest)
DOCKERAUTO_CODEC(RegistryTestResult)
DOCKERAUTO_CODEC(Webhook)
DOCKERAUTO_CODEC(WebhookList)
DOCKERAUTO_CODEC(WebhookRef)
DOCKERAUTO_CODEC(NewWebhook)
DOCKERAUTO_CODEC(WebhookCall)
DOCKERAUTO_CODEC(WebhookAnswer)

std::vector<Operation> detail::registryOperations()
{
    return {makeOperation<ListRegistries>(), makeOperation<CreateRegistry>(), makeOperation<GetRegistry>(),
        makeOperation<ChangeRegistry>(), makeOperation<RemoveRegistry>(), makeOperation<TestRegistry>(),
        makeOperation<ListWebhooks>(), makeOperation<CreateWebhook>(), makeOperation<RemoveWebhook>(),
        makeOperation<CallWebhook>()};
}

} // namespace dockerauto::contracts
