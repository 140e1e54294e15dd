#include "domain/webhookpayload.h"

#include "domain/imagereference.h"
#include "jsonfield.h"

#include <QUrl>

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;
using core::textOf;
using Images = std::vector<PushedImage>;

constexpr std::size_t maxImages = 1000;

void add(Images &images, const QString &domain, const QString &path, const QString &tag)
{
    // What is pushed without a tag is a part of an index or a layer; the tag comes in a message of its own.
    if (images.size() >= maxImages || tag.isEmpty()) {
        return;
    }
    // The bare grammar takes the first component for the domain, so a stand-in is needed where there is none.
    const QString host = domain.isEmpty() ? QStringLiteral("unknown.invalid") : domain.toLower();
    const auto image =
        ImageReference::parse(host + u'/' + path.toLower() + u':' + tag, ImageReference::Naming::Exact);
    if (!image || image->domain != host) {
        return;
    }
    PushedImage pushed{domain.isEmpty() ? QString() : host, image->path, tag};
    if (std::find(images.begin(), images.end(), pushed) == images.end()) {
        images.push_back(std::move(pushed));
    }
}

/// `host/path:tag` or `host/path`.
void addReference(Images &images, const QString &text, const QString &tag)
{
    const auto image = ImageReference::parse(text, ImageReference::Naming::Exact);
    if (image && image->domain) {
        add(images, *image->domain, image->path, image->tag.value_or(tag));
    }
}

/// docs.docker.com/docker-hub/repos/manage/webhooks
void readDockerHub(const Json &message, Images &images)
{
    const QString name = textOf(memberOf(message, "repository"), "repo_name");
    const QString path = name.contains(u'/') ? name : QStringLiteral("library/") + name;
    add(images, QStringLiteral("docker.io"), path, textOf(memberOf(message, "push_data"), "tag"));
}

/// One event of distribution.github.io/distribution/about/notifications; Azure sends the same one alone.
void readEvent(const Json &event, Images &images)
{
    if (textOf(event, "action") == QLatin1String("push")) {
        const Json &target = memberOf(event, "target");
        add(images, textOf(memberOf(event, "request"), "host"), textOf(target, "repository"),
            textOf(target, "tag"));
    }
}

/// goharbor.io, "Configure Webhook Notifications": the default format, its name before 2.0, and CloudEvents.
void readHarbor(const Json &message, Images &images)
{
    const QString type = textOf(message, "type");
    const bool isCloudEvent = type == QLatin1String("harbor.artifact.pushed");
    if (!isCloudEvent && type != QLatin1String("PUSH_ARTIFACT") && type != QLatin1String("pushImage")) {
        return;
    }
    for (const Json &resource :
        items(memberOf(memberOf(message, isCloudEvent ? "data" : "event_data"), "resources"))) {
        addReference(images, textOf(resource, "resource_url"), textOf(resource, "tag"));
    }
}

/// docs.github.com, "Webhook events and payloads": package and registry_package.
void readGitHub(const Json &message, const Json &package, Images &images)
{
    const QString action = textOf(message, "action");
    const bool isPush = action == QLatin1String("published") || action == QLatin1String("updated");
    if (!isPush || textOf(package, "package_type").toLower() != QLatin1String("container")) {
        return;
    }
    // Another host than GitHub's own on an Enterprise Server.
    const QUrl registry(textOf(memberOf(package, "registry"), "url"));
    const Json &container = memberOf(memberOf(package, "package_version"), "container_metadata");
    add(images, registry.host().isEmpty() ? QStringLiteral("ghcr.io") : registry.host(),
        textOf(package, "namespace") + u'/' + textOf(package, "name"),
        textOf(memberOf(container, "tag"), "name"));
}

/// docs.quay.io, "Repository notifications": the tags are a list, or an object in older versions.
void readQuay(const Json &message, Images &images)
{
    const QString url = textOf(message, "docker_url");
    const Json &tags = memberOf(message, "updated_tags");
    for (const Json &tag : items(tags)) {
        addReference(images, url, tag.is_string() ? tag.get<QString>() : QString());
    }
    for (const auto &[tag, image] : members(tags).items()) {
        addReference(images, url, QString::fromStdString(tag));
    }
}

/// docs.aws.amazon.com, "Amazon ECR events and EventBridge".
void readEcr(const Json &message, Images &images)
{
    const Json &detail = memberOf(message, "detail");
    const QString result = textOf(detail, "result", QStringLiteral("SUCCESS"));
    if (textOf(detail, "action-type") != QLatin1String("PUSH") || result != QLatin1String("SUCCESS")) {
        return;
    }
    const QString region = textOf(message, "region");
    const QString zone = region.startsWith(QLatin1String("cn-")) ? QStringLiteral("amazonaws.com.cn")
                                                                 : QStringLiteral("amazonaws.com");
    add(images, QStringLiteral("%1.dkr.ecr.%2.%3").arg(textOf(message, "account"), region, zone),
        textOf(detail, "repository-name"), textOf(detail, "image-tag"));
}

} // namespace

std::vector<PushedImage> pushedImages(const Json &message)
{
    Images images;
    if (memberOf(message, "push_data").is_object()) {
        readDockerHub(message, images);
    }
    for (const Json &event : items(memberOf(message, "events"))) {
        readEvent(event, images);
    }
    readEvent(message, images);
    readHarbor(message, images);
    readGitHub(message, memberOf(message, "registry_package"), images);
    readGitHub(message, memberOf(message, "package"), images);
    readQuay(message, images);
    readEcr(message, images);
    return images;
}

} // namespace dockerauto::domain
