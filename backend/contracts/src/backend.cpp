#include "contracts/backend.h"

// The class is abstract and has no code of its own; this unit is where moc's goes.
