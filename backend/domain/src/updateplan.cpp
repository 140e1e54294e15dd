#include "domain/updateplan.h"
