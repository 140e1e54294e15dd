#include "application/scheduling/planningbook.h"
