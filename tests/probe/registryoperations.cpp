#include "operations.h"

namespace dockerauto::probe {

std::vector<Operation> registryOperations()
{
    return {};
}

} // namespace dockerauto::probe
