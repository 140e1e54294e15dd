#include "domain/updaterules.h"
