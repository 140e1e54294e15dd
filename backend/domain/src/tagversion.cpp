#include "domain/tagchoice.h"
