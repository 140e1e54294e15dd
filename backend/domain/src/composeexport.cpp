#include "domain/containerexport.h"
