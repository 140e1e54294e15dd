#include "registryanswers.h"

#include <core/json.h>

#include <algorithm>

namespace dockerauto::application {

using core::CallContext;
using core::Result;
using domain::ImageReference;
using ports::RemoteManifest;
using namespace std::chrono_literals;

namespace {

/// The config of an image holds its history and can be long, but not this long.
constexpr qsizetype maxConfig = 4 * 1024 * 1024;

QString keyOf(const ImageReference &image)
{
    return image.repository() % u' ' % image.requestReference();
}

} // namespace

RegistryAnswers::RegistryAnswers(ports::ImageRegistry &registry, const core::Clock &clock)
    : m_registry(registry), m_clock(clock)
{
}

Result<RemoteManifest> RegistryAnswers::head(
    const ImageReference &image, Moment notBefore, const CallContext &context)
{
    return m_heads.get(
        keyOf(image), notBefore, m_clock, context, [&] { return m_registry.head(image, context); });
}

Result<RegistryAnswers::Tags> RegistryAnswers::tags(
    const ImageReference &image, Moment notBefore, const CallContext &context)
{
    return m_tags.get(image.repository(), notBefore, m_clock, context, [&]() -> Result<Tags> {
        DOCKERAUTO_TRY_ASSIGN(tags, m_registry.tags(image, context));
        return std::make_shared<const std::vector<QString>>(std::move(tags));
    });
}

Result<RemoteManifest> RegistryAnswers::manifest(const ImageReference &image, const CallContext &context)
{
    // A failure is no property of the digest, so it is not kept longer than a moment.
    auto kept = m_manifests.get(
        keyOf(image), Moment::min(), m_clock, context, [&] { return m_registry.get(image, context); });
    if (kept || kept.error().code == core::ErrorCode::Cancelled) {
        return kept;
    }
    return m_manifests.get(keyOf(image), m_clock.steadyNow() - 10s, m_clock, context,
        [&] { return m_registry.get(image, context); });
}

Result<domain::Platform> RegistryAnswers::platform(
    const ImageReference &image, const QString &configDigest, const CallContext &context)
{
    return m_platforms.get(
        configDigest, m_clock.steadyNow() - 24h, m_clock, context, [&]() -> Result<domain::Platform> {
            DOCKERAUTO_TRY_ASSIGN(config, m_registry.blob(image, configDigest, maxConfig, context));
            DOCKERAUTO_TRY_ASSIGN(
                json, core::parsePeerJson({config.constData(), static_cast<std::size_t>(config.size())}));
            return domain::Platform{
                core::textOf(json, "os"), core::textOf(json, "architecture"), core::textOf(json, "variant")};
        });
}

std::optional<ports::RegistryTraffic> RegistryAnswers::traffic(const ImageReference &image) const
{
    const QString registry = image.domain.value_or(QStringLiteral("docker.io"));
    const auto all = m_registry.traffic();
    const auto found = std::ranges::find(all, registry, &ports::RegistryTraffic::registry);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

void RegistryAnswers::tidy()
{
    const auto now = m_clock.steadyNow();
    m_heads.forgetBefore(now - 24h);
    m_tags.forgetBefore(now - 24h);
    m_manifests.forgetBefore(now - 24h);
    m_platforms.forgetBefore(now - 24h);
}

} // namespace dockerauto::application
