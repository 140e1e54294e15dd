#include "domain/observation.h"
