#pragma once

#include <contracts/operation.h>

#include <QByteArray>

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dockerauto::api {

/// Finds operations by the path below /api/v1. A fixed segment goes before a field.
class Router
{
public:
    struct Match
    {
        /// The operations of the path by method; never empty.
        const std::map<std::string, const contracts::Operation *, std::less<>> *methods = nullptr;
        /// What stands where the template has a field, decoded.
        std::map<std::string, std::string> fields;

        /// HEAD is as GET. Null when the path does not have the method.
        [[nodiscard]] const contracts::Operation *find(std::string_view method) const;
        /// The value of an Allow header.
        [[nodiscard]] QByteArray allow() const;
    };

    explicit Router(std::span<const contracts::Operation> operations);
    ~Router();
    Router(const Router &) = delete;
    Router &operator=(const Router &) = delete;

    /// `path` starts with `/` and is still percent-encoded. It is split first and decoded then, so an encoded
    /// slash is part of an id. No match for empty and dot segments and for what is no UTF-8 or has controls.
    [[nodiscard]] std::optional<Match> match(const QByteArray &path) const;

private:
    struct Node;

    static bool walk(const Node &node, std::span<const std::string> segments, Match &match);

    std::unique_ptr<Node> m_root;
};

/// Percent-decoding of one segment or query part; nothing when it is no UTF-8 or holds control characters.
std::optional<std::string> decodePart(const QByteArray &part);

} // namespace dockerauto::api
