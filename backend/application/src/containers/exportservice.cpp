#include "application/containers/exportservice.h"
