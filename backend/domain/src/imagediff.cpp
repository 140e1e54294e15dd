#include "domain/imagediff.h"
