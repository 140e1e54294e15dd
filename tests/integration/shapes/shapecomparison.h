#pragma once

#include "shape.h"

#include <QStringList>

namespace dockerauto::shapes {

/// What the engine says of one shape: the container before the update, the one that the update made, and for
/// comparison one that was made from the same request and the new image by hand.
struct Inspects
{
    core::Json before;
    core::Json after;
    core::Json byHand;
    core::Json newImage;
};

/// Everything that the update should have kept and did not, as `path: was → is`. A judgement of its own that
/// shares nothing with the code under test: the engine itself, given the same request and the new image, says
/// what is right.
QStringList differences(const Shape &shape, const Inspects &inspects);

} // namespace dockerauto::shapes
