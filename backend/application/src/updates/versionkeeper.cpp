#include "application/updates/versionkeeper.h"
