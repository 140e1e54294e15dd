#include "credentials/dockerconfig.h"
