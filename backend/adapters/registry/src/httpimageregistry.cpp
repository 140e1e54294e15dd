#include "registry/httpimageregistry.h"

#include "connectiontest.h"
#include "manifests.h"
#include "registryclient.h"
#include "taglist.h"

#include <algorithm>

namespace dockerauto::registry {

using core::CallContext;
using core::ErrorCode;
using core::Result;
using domain::ImageReference;
using ports::RemoteManifest;

namespace {

/// A mirror that takes longer is no help.
constexpr std::chrono::seconds longestAtMirror{10};

QString registryOf(const ImageReference &image)
{
    return image.domain.value_or(QStringLiteral("docker.io"));
}

} // namespace

class HttpImageRegistry::Private
{
public:
    Private(const Settings &given, const core::Clock &clock)
        : client(given.credentials, given.options, clock), tagsPerPage(given.tagsPerPage)
    {
    }

    /// The first good answer of the mirrors, in order, and else what the registry itself says. A mirror may
    /// be down, lack the image, or be private: none of that is an answer.
    template <class Ask>
    auto firstAnswer(const ImageReference &image, const CallContext &context, Ask ask)
        -> decltype(ask(QString(), context))
    {
        const QString registry = registryOf(image);
        const auto mirrors = client.optionsOf(registry).mirrors;
        auto left = static_cast<int>(mirrors.size());
        for (const QString &mirror : mirrors) {
            // The others and the registry must have time for their turn.
            const auto share = context.deadline.remaining() / (left + 1);
            --left;
            auto answer =
                ask(mirror, context.within(std::min<std::chrono::milliseconds>(share, longestAtMirror)));
            if (answer || answer.error().code == ErrorCode::Cancelled) {
                return answer;
            }
        }
        return ask(registry, context);
    }

    RegistryClient client;
    int tagsPerPage;
};

HttpImageRegistry::HttpImageRegistry(Settings settings, const core::Clock &clock)
    : d(std::make_unique<Private>(settings, clock))
{
}

HttpImageRegistry::~HttpImageRegistry() = default;

Result<RemoteManifest> HttpImageRegistry::head(const ImageReference &image, const CallContext &context)
{
    return d->firstAnswer(image, context, [&](const QString &registry, const CallContext &limited) {
        return headManifest(d->client, registry, image, limited);
    });
}

Result<RemoteManifest> HttpImageRegistry::get(const ImageReference &image, const CallContext &context)
{
    return d->firstAnswer(image, context, [&](const QString &registry, const CallContext &limited) {
        return getManifest(d->client, registry, image, limited);
    });
}

Result<std::vector<QString>> HttpImageRegistry::tags(const ImageReference &image, const CallContext &context)
{
    return d->firstAnswer(image, context, [&](const QString &registry, const CallContext &limited) {
        return listTags(d->client, registry, image.path, d->tagsPerPage, limited);
    });
}

Result<QByteArray> HttpImageRegistry::blob(
    const ImageReference &image, const QString &digest, qsizetype maxBytes, const CallContext &context)
{
    return d->firstAnswer(image, context, [&](const QString &registry, const CallContext &limited) {
        return getBlob(d->client, registry, image, digest, maxBytes, limited);
    });
}

Result<ports::RegistryTest> HttpImageRegistry::test(
    const QString &registry, const QString &repository, const CallContext &context)
{
    return testConnection(d->client, registry, repository, context);
}

std::vector<ports::RegistryTraffic> HttpImageRegistry::traffic() const
{
    return d->client.traffic();
}

} // namespace dockerauto::registry
