#pragma once

#include <core/json.h>

#include <string>
#include <utility>
#include <vector>

namespace dockerauto::shapes {

enum class State
{
    Running,
    Created,
    Stopped,
    Paused
};

/// Which of the two pairs of images the container is made from; see ImagePair of the test.
enum class Images
{
    /// CMD alone.
    Plain,
    /// ENTRYPOINT, CMD and USER.
    Entry
};

/// One way to make a container, as people have reported that a tool failed at it. In its texts `@OTHER` is
/// the id and `@PARTNER` the name of a running container, `@DIR` a folder of the host with the file `file`,
/// `@FRONT` and `@BACK` are networks with `@IP`.N and `@BACKIP`.N, @SIX one with IPv6, `@N` is a number and
/// `@NAME` the name that no other shape has.
struct Shape
{
    std::string name;
    /// The body of POST /containers/create without Image.
    std::string body;
    State state = State::Running;
    Images images = Images::Plain;
    /// Networks that are connected after the create: name and endpoint settings.
    std::vector<std::pair<std::string, std::string>> connect = {};
    /// JSON Pointers into Config whose given values are those of the old image and therefore follow the new
    /// one.
    std::vector<std::string> sameAsImage = {};
};

std::vector<Shape> configurationShapes();
std::vector<Shape> hostShapes();
std::vector<Shape> networkShapes();
std::vector<Shape> storageShapes();

} // namespace dockerauto::shapes
