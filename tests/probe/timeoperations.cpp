#include "operations.h"

namespace dockerauto::probe {

std::vector<Operation> timeOperations()
{
    return {};
}

} // namespace dockerauto::probe
