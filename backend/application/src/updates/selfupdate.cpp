#include "application/updates/selfupdate.h"
