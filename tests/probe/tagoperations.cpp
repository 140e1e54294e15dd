#include "operations.h"

namespace dockerauto::probe {

std::vector<Operation> tagOperations()
{
    return {};
}

} // namespace dockerauto::probe
