#include "domain/injectedfiles.h"
