#pragma once

#include "contracts/operation.h"

#include <vector>

namespace dockerauto::contracts::detail {

std::vector<Operation> authOperations();
std::vector<Operation> containerOperations();
std::vector<Operation> planOperations();
std::vector<Operation> policyOperations();
std::vector<Operation> registryOperations();
std::vector<Operation> scheduleOperations();
std::vector<Operation> systemOperations();
std::vector<Operation> updateOperations();

} // namespace dockerauto::contracts::detail
