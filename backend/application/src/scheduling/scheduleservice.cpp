#include "application/scheduling/scheduleservice.h"
