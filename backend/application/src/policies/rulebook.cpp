#include "application/policies/rulebook.h"
