#include "domain/imagemanifest.h"
