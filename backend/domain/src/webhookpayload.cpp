#include "domain/webhookpayload.h"
