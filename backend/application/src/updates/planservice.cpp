#include "application/updates/planservice.h"
