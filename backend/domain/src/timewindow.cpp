#include "domain/timewindow.h"
