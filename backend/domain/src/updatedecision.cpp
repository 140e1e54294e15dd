#include "domain/updatedecision.h"
