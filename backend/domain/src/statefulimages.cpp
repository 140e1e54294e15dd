#include "domain/statefulimages.h"
