#include "codecimpl.h"
#include "describe.h"
#include "operationlists.h"

namespace dockerauto::contracts {

BOOST_DESCRIBE_STRUCT(Policy, (), (id, name, enabled, scope, rules, containers, createdAt, updatedAt))
BOOST_DESCRIBE_STRUCT(PolicyList, (), (items))
BOOST_DESCRIBE_STRUCT(PolicyRef, (), (id))
BOOST_DESCRIBE_STRUCT(NewPolicy, (), (name, enabled, scope, rules))
BOOST_DESCRIBE_STRUCT(PolicyChange, (), (id, name, enabled, scope, rules))
BOOST_DESCRIBE_STRUCT(TagRules, (), (level, constraint, include, exclude, prerelease, family))
BOOST_DESCRIBE_STRUCT(PolicyPreviewRequest, (), (current, tags, rules))
BOOST_DESCRIBE_STRUCT(PolicyPreview, (), (tag, bump, rejected))

DOCKERAUTO_CODEC(UpdateRules)
DOCKERAUTO_CODEC(Policy)
DOCKERAUTO_CODEC(PolicyList)
DOCKERAUTO_CODEC(PolicyRef)
DOCKERAUTO_CODEC(NewPolicy)
DOCKERAUTO_CODEC(PolicyChange)
DOCKERAUTO_CODEC(PolicyPreviewRequest)
DOCKERAUTO_CODEC(PolicyPreview)

std::vector<Operation> detail::policyOperations()
{
    return {makeOperation<ListPolicies>(), makeOperation<CreatePolicy>(), makeOperation<PreviewPolicy>(),
        makeOperation<GetPolicy>(), makeOperation<ChangePolicy>(), makeOperation<RemovePolicy>()};
}

} // namespace dockerauto::contracts
