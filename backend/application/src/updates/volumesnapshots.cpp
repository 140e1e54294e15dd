#include "application/updates/volumesnapshots.h"
