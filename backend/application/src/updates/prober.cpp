#include "application/updates/prober.h"
