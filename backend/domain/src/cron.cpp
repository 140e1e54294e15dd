#include "domain/cron.h"
