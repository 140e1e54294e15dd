// The ports are interfaces without code; including them all here has the compiler look at each.
#include "ports/containerengine.h"
#include "ports/imageregistry.h"
#include "ports/security.h"
#include "ports/storage.h"
