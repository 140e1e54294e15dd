#include "router.h"

#include <QList>
#include <QStringDecoder>

#include <algorithm>

namespace dockerauto::api {

struct Router::Node
{
    std::map<std::string, Node, std::less<>> fixed;
    std::unique_ptr<Node> any;
    std::map<std::string, const contracts::Operation *, std::less<>> methods;
};

std::optional<std::string> decodePart(const QByteArray &part)
{
    const QByteArray bytes = QByteArray::fromPercentEncoding(part);
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    const bool hasControl = std::any_of(bytes.begin(), bytes.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
    if (decoder.hasError() || hasControl) {
        return std::nullopt;
    }
    return bytes.toStdString();
}

Router::Router(std::span<const contracts::Operation> operations) : m_root(std::make_unique<Node>())
{
    for (const contracts::Operation &operation : operations) {
        const std::string_view path = operation.info->path;
        const QByteArray text(path.data(), static_cast<qsizetype>(path.size()));
        Node *node = m_root.get();
        for (const QByteArray &segment : text.mid(1).split('/')) {
            if (segment.startsWith('{')) {
                if (!node->any) {
                    node->any = std::make_unique<Node>();
                }
                node = node->any.get();
            } else {
                node = &node->fixed[segment.toStdString()];
            }
        }
        node->methods.emplace(contracts::toText(operation.info->method), &operation);
    }
}

Router::~Router() = default;

std::optional<Router::Match> Router::match(const QByteArray &path) const
{
    if (!path.startsWith('/')) {
        return std::nullopt;
    }
    std::vector<std::string> segments;
    for (const QByteArray &part : path.mid(1).split('/')) {
        auto segment = decodePart(part);
        if (!segment || segment->empty() || *segment == "." || *segment == "..") {
            return std::nullopt;
        }
        segments.push_back(std::move(*segment));
    }
    Match match;
    if (!walk(*m_root, segments, match)) {
        return std::nullopt;
    }
    return match;
}

bool Router::walk(const Node &node, std::span<const std::string> segments, Match &match)
{
    if (segments.empty()) {
        match.methods = &node.methods;
        return !node.methods.empty();
    }
    const auto found = node.fixed.find(segments.front());
    if (found != node.fixed.end() && walk(found->second, segments.subspan(1), match)) {
        return true;
    }
    if (!node.any || !walk(*node.any, segments.subspan(1), match)) {
        return false;
    }
    // Fields are met on the way back from the end; the names of the end's template tell which this is.
    const auto &anyOperation = *match.methods->begin()->second;
    const auto names = contracts::pathFields(anyOperation.info->path);
    match.fields.emplace(names[names.size() - 1 - match.fields.size()], segments.front());
    return true;
}

const contracts::Operation *Router::Match::find(std::string_view method) const
{
    const auto found = methods->find(method == "HEAD" ? std::string_view("GET") : method);
    return found == methods->end() ? nullptr : found->second;
}

QByteArray Router::Match::allow() const
{
    QByteArray text;
    for (const auto &[method, operation] : *methods) {
        text += QByteArray::fromStdString(method) + ", ";
        if (method == "GET") {
            text += "HEAD, ";
        }
    }
    return text + "OPTIONS";
}

} // namespace dockerauto::api
