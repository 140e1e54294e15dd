#include "domain/semver.h"
