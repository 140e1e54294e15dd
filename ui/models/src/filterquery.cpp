#include <models/filterquery.h>

#include <models/containerentry.h>

#include <algorithm>

namespace dockerauto::ui {

namespace {

bool statusMatches(const ContainerEntry &entry, const QString &wanted)
{
    const contracts::Container &container = entry.container;
    if (wanted == QLatin1String("stopped")) {
        return entry.isStopped();
    }
    if (wanted == QLatin1String("updating")) {
        return entry.activity == Activity::Updating;
    }
    return container.status.startsWith(wanted) || container.health == wanted ||
           entry.status.text.toLower().startsWith(wanted);
}

bool updateMatches(const ContainerEntry &entry, const QString &wanted)
{
    const contracts::UpdateState &update = entry.container.update;
    if (wanted == QLatin1String("available") || wanted == QLatin1String("yes")) {
        return entry.hasUpdate();
    }
    if (wanted == QLatin1String("none") || wanted == QLatin1String("no")) {
        return !entry.hasUpdate();
    }
    if (update.candidate && core::toQString(update.candidate->bump) == wanted) {
        return true;
    }
    // `update:not_checked` and, because nobody remembers the line, `update:notchecked` and `update:held`.
    const QString decision = core::toQString(update.decision);
    return decision.startsWith(wanted) || QString(decision).remove(QLatin1Char('_')).startsWith(wanted);
}

} // namespace

FilterQuery FilterQuery::parse(const QString &text)
{
    FilterQuery query;
    const QStringList parts = text.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const qsizetype colon = part.indexOf(QLatin1Char(':'));
        const QString key = part.left(std::max<qsizetype>(colon, 0));
        const QString value = part.mid(colon + 1);
        QStringList *target = key == QLatin1String("status")    ? &query.statuses
                              : key == QLatin1String("update")  ? &query.updates
                              : key == QLatin1String("project") ? &query.projects
                                                                : nullptr;
        if (target == nullptr) {
            query.words << part;
        } else if (!value.isEmpty()) {
            *target << value;
        }
    }
    return query;
}

bool FilterQuery::isEmpty() const
{
    return words.isEmpty() && statuses.isEmpty() && updates.isEmpty() && projects.isEmpty();
}

bool FilterQuery::matches(const ContainerEntry &entry) const
{
    const auto any = [](const QStringList &wanted, auto &&matches) {
        return wanted.isEmpty() || std::ranges::any_of(wanted, matches);
    };
    return std::ranges::all_of(words, [&](const QString &word) { return entry.searchText.contains(word); }) &&
           any(statuses, [&](const QString &wanted) { return statusMatches(entry, wanted); }) &&
           any(updates, [&](const QString &wanted) { return updateMatches(entry, wanted); }) &&
           any(projects, [&](const QString &wanted) {
               return entry.container.project.contains(wanted, Qt::CaseInsensitive);
           });
}

} // namespace dockerauto::ui
