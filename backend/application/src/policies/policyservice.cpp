#include "application/policies/policyservice.h"
