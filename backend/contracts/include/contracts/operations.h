#pragma once

// Every operation and every type of the contract, for those that want all of them.
#include <contracts/auth.h>
#include <contracts/codec.h>
#include <contracts/containers.h>
#include <contracts/events.h>
#include <contracts/operation.h>
#include <contracts/plans.h>
#include <contracts/policies.h>
#include <contracts/registries.h>
#include <contracts/schedules.h>
#include <contracts/system.h>
#include <contracts/updates.h>
