#include "application/registries/registryservice.h"
