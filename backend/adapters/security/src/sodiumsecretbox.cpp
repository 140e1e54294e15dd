#include "security/sodiumsecretbox.h"
