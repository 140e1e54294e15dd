#include "domain/probe.h"
