#include "application/settings/settingsservice.h"
