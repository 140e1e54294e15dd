#include "calendar/icalendarreader.h"
