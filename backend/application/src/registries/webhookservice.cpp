#include "application/registries/webhookservice.h"
