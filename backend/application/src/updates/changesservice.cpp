#include "application/updates/changesservice.h"
