#include "contracts/operation.h"

#include "operationlists.h"

#include <algorithm>

namespace dockerauto::contracts {

std::string_view toText(Method method)
{
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Post:
        return "POST";
    case Method::Put:
        return "PUT";
    case Method::Delete:
        return "DELETE";
    }
    return "GET";
}

std::span<const Operation> operations()
{
    static const std::vector<Operation> all = [] {
        std::vector<Operation> list;
        for (const auto &area : {detail::authOperations(), detail::containerOperations(),
                 detail::planOperations(), detail::updateOperations(), detail::policyOperations(),
                 detail::scheduleOperations(), detail::registryOperations(), detail::systemOperations()}) {
            list.insert(list.end(), area.begin(), area.end());
        }
        return list;
    }();
    return all;
}

const Operation *findOperation(std::string_view name)
{
    const auto all = operations();
    const auto found = std::ranges::find_if(
        all, [name](const Operation &operation) { return operation.info->name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> pathFields(std::string_view pathTemplate)
{
    std::vector<std::string> fields;
    std::size_t open = 0;
    while ((open = pathTemplate.find('{', open)) != std::string_view::npos) {
        const std::size_t close = pathTemplate.find('}', open);
        fields.emplace_back(pathTemplate.substr(open + 1, close - open - 1));
        open = close;
    }
    return fields;
}

} // namespace dockerauto::contracts
