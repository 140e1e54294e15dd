#include "application/updates/watchservice.h"
