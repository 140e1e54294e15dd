#include "application/updates/groundwork.h"
