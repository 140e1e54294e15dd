#include "taglist.h"

#include "registry/linkheader.h"
#include "responseerrors.h"

#include <core/json.h>

#include <set>

namespace dockerauto::registry {

using core::ErrorCode;

namespace {

constexpr int maxPages = 400;
constexpr std::size_t maxTags = 200'000;
constexpr qsizetype maxPage = 8 * 1024 * 1024;

core::Failure unreadable(const QString &registry, const QString &repository)
{
    return core::fail(
        ErrorCode::Corrupt, QStringLiteral("%1 answered with something that is no list of the tags of %2.")
                                .arg(nameForPeople(registry), repository));
}

/// Adds the tags of a page; what is no text is left out. False when the page is no list of tags.
bool addTags(const HttpResponse &response, std::vector<QString> &tags)
{
    const auto page = core::parsePeerJson(
        std::string_view(response.body.constData(), static_cast<std::size_t>(response.body.size())));
    if (!page || !page->is_object() || !(page->contains("tags") || page->contains("name"))) {
        return false;
    }
    const core::Json &list = core::memberOf(*page, "tags");
    if (!list.is_null() && !list.is_array()) {
        return false;
    }
    for (const core::Json &tag : list) {
        if (tag.is_string()) {
            tags.push_back(tag.get<QString>());
        }
    }
    return true;
}

} // namespace

core::Result<std::vector<QString>> listTags(RegistryClient &client, const QString &registry,
    const QString &repository, int tagsPerPage, const core::CallContext &context)
{
    std::vector<QString> tags;
    std::set<QString> asked;
    QString path = QStringLiteral("/v2/%1/tags/list?n=%2").arg(repository, QString::number(tagsPerPage));
    for (int pages = 0; pages < maxPages; ++pages) {
        asked.insert(path);
        HttpRequest request;
        request.accept = "application/json";
        request.maxBody = maxPage;
        DOCKERAUTO_TRY_ASSIGN(
            response, client.ask(registry, repository, path, std::move(request), Purpose::Look, context));
        constexpr int ok = 200;
        if (response.status != ok) {
            return core::fail(errorOf(response, registry, repository, client.clock().now()));
        }
        if (!addTags(response, tags)) {
            return unreadable(registry, repository);
        }
        if (tags.size() > maxTags) {
            break;
        }
        const auto next = nextPage(response.allHeaders("link"), response.url);
        if (!next) {
            return core::fail(ErrorCode::Corrupt,
                QStringLiteral("The list of the tags of %1 at %2 cannot be read to its end. %3.")
                    .arg(repository, nameForPeople(registry), next.error().message));
        }
        if (!*next) {
            return tags;
        }
        path = (*next)->toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded);
        if (asked.contains(path)) {
            return core::fail(
                ErrorCode::Corrupt, QStringLiteral("The list of the tags of %1 at %2 runs in a circle.")
                                        .arg(repository, nameForPeople(registry)));
        }
    }
    return core::fail(ErrorCode::Unsupported,
        QStringLiteral("%1 has more tags at %2 than this program reads (%3 in %4 pages).")
            .arg(repository, nameForPeople(registry), QString::number(maxTags), QString::number(maxPages)));
}

} // namespace dockerauto::registry
