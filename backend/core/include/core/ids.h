#pragma once

#include <QHash>
#include <QString>

#include <compare>
#include <utility>

namespace dockerauto::core {

/// An opaque identifier that cannot be mixed up with one of another kind.
template <class Tag>
class Id
{
public:
    Id() = default;
    explicit Id(QString text) : m_text(std::move(text)) {}

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }

    friend bool operator==(const Id &, const Id &) = default;
    friend bool operator<(const Id &a, const Id &b) { return a.m_text < b.m_text; }
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

/// A Docker host that is watched.
using HostId = Id<struct HostTag>;
/// A container as this program knows it: the same before and after an update.
using ContainerId = Id<struct ContainerTag>;
/// A container as its engine knows it; an update gives a new one.
using EngineContainerId = Id<struct EngineContainerTag>;
using UpdateId = Id<struct UpdateTag>;
using UserId = Id<struct UserTag>;
using SessionId = Id<struct SessionTag>;

} // namespace dockerauto::core

template <class Tag>
struct std::hash<dockerauto::core::Id<Tag>>
{
    size_t operator()(const dockerauto::core::Id<Tag> &id) const noexcept { return qHash(id); }
};
