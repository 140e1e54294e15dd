#include "domain/containerlinks.h"
