// Labels, and what they mean, are those of the products' own documentation:
// - Watchtower: "Container selection", "Update behavior", "Image cooldown"
// - WUD: "Docker watchers", labels
// - Diun: "Docker provider", Docker labels
// - drydock: "Docker watchers", labels, and the declarative update policy
// Labels of theirs that are about other things (notifications, triggers, hooks, display) are passed over.
#include "domain/updaterules.h"

#include "commandwords.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

namespace dockerauto::domain {

using core::ErrorCode;
using core::Result;

namespace {

using Read = Result<PartialRules> (*)(const QString &value);

/// One label: what its value says, as rules.
struct KnownLabel
{
    QLatin1String name;
    Read read;
};

core::Failure refuse(const QString &why)
{
    return core::fail(ErrorCode::InvalidArgument, why);
}

QString quoted(const QString &value)
{
    constexpr qsizetype shown = 60;
    return QStringLiteral("“") + (value.size() > shown ? value.left(shown) + u'…' : value) +
           QStringLiteral("”");
}

/// What all four take for a boolean: the words of Go's strconv.ParseBool, in any case.
Result<bool> flagOf(const QString &value)
{
    const QString word = value.toLower();
    if (word == QLatin1String("true") || word == QLatin1String("t") || word == QLatin1String("1")) {
        return true;
    }
    if (word == QLatin1String("false") || word == QLatin1String("f") || word == QLatin1String("0")) {
        return false;
    }
    return refuse(quoted(value) + QStringLiteral(" is neither true nor false"));
}

std::chrono::seconds secondsIn(QChar unit)
{
    using namespace std::chrono;
    switch (unit.unicode()) {
    case 's':
        return 1s;
    case 'm':
        return 1min;
    case 'h':
        return 1h;
    case 'd':
        return days(1);
    case 'w':
        return weeks(1);
    default:
        // As Watchtower counts months.
        return days(30);
    }
}

/// `3d`, `12h`, `90m`, `3d12h`, `0`, or of ISO 8601 what has a fixed length: `P3D`, `PT12H`, `P1DT12H`,
/// `P2W`.
Result<std::chrono::seconds> durationOf(const QString &value)
{
    static const QRegularExpression plain(QStringLiteral("^(?:\\d{1,9}[smhdwM])+$"));
    static const QRegularExpression iso(
        QStringLiteral("^P(?=\\d|T\\d)(?:(\\d{1,9})W)?(?:(\\d{1,9})D)?(?:T(?=\\d)(?:(\\d{1,9})H)?(?:(\\d{1,9}"
                       ")M)?(?:(\\d{1,9})S)?)?$"));
    static const QRegularExpression part(QStringLiteral("(\\d+)([smhdwM])"));
    std::chrono::seconds sum{0};
    constexpr qsizetype longest = 60;
    if (value == QLatin1String("0")) {
        return sum;
    }
    // A longer one could add up to more than fits.
    if (value.size() > longest) {
        return refuse(quoted(value) + QStringLiteral(" is too long for a duration"));
    }
    if (plain.match(value).hasMatch()) {
        for (auto parts = part.globalMatch(value); parts.hasNext();) {
            const auto match = parts.next();
            sum += match.captured(1).toLongLong() * secondsIn(match.captured(2).front());
        }
        return sum;
    }
    if (const auto match = iso.match(value.toUpper()); match.hasMatch()) {
        constexpr std::array units{u'w', u'd', u'h', u'm', u's'};
        for (int index = 0; index < static_cast<int>(units.size()); ++index) {
            sum += match.captured(index + 1).toLongLong() * secondsIn(units[static_cast<std::size_t>(index)]);
        }
        return sum;
    }
    return refuse(quoted(value) + QStringLiteral(" is no duration; write 3d, 12h, 90m or P3D"));
}

template <class Enum>
Result<Enum> wordOf(const QString &value)
{
    if (const auto word = core::fromQString<Enum>(value.toLower())) {
        return *word;
    }
    QStringList words;
    for (const auto &[known, name] : core::EnumText<Enum>::names) {
        words.append(core::toQString(known));
    }
    return refuse(quoted(value) + QStringLiteral(" is none of ") + words.join(QStringLiteral(", ")));
}

template <auto Field>
PartialRules saying(
    typename std::remove_cvref_t<decltype(std::declval<PartialRules>().*Field)>::value_type value)
{
    PartialRules rules;
    rules.*Field = std::move(value);
    return rules;
}

template <auto Field>
Result<PartialRules> readFlag(const QString &value)
{
    return flagOf(value).map(saying<Field>);
}

template <auto Field>
Result<PartialRules> readWord(const QString &value)
{
    using Enum = typename std::remove_cvref_t<decltype(std::declval<PartialRules>().*Field)>::value_type;
    return wordOf<Enum>(value).map(saying<Field>);
}

template <auto Field>
Result<PartialRules> readText(const QString &value)
{
    return saying<Field>(value);
}

template <auto Field>
Result<PartialRules> readDuration(const QString &value)
{
    return durationOf(value).map(saying<Field>);
}

Result<PartialRules> readKeepVersions(const QString &value)
{
    bool isNumber = false;
    const int versions = value.toInt(&isNumber);
    if (!isNumber) {
        return refuse(quoted(value) + QStringLiteral(" is no number of versions; write 3"));
    }
    return saying<&PartialRules::keepVersions>(versions);
}

/// Empty for none, which undoes what weighs less.
template <auto Field>
Result<PartialRules> readCommand(const QString &value)
{
    return value.isEmpty() ? saying<Field>({}) : parseWords(value).map(saying<Field>);
}

Result<PartialRules> refuseShellBefore(const QString &)
{
    return refuse(QStringLiteral("commands for a shell are not run; say it as words with "
                                 "docker-auto.hook.before: [\"/backup.sh\"]"));
}

Result<PartialRules> refuseShellAfter(const QString &)
{
    return refuse(QStringLiteral("commands for a shell are not run; say it as words with "
                                 "docker-auto.hook.after: [\"/migrate.sh\"]"));
}

Result<PartialRules> refuseCheckHooks(const QString &)
{
    return refuse(QStringLiteral("nothing is run at a check; commands around an update are "
                                 "docker-auto.hook.before and docker-auto.hook.after"));
}

Result<PartialRules> refuseHookTimeout(const QString &)
{
    return refuse(QStringLiteral("its command is not run; the time for our own is docker-auto.hook.timeout, "
                                 "for example 5m"));
}

/// True: updates are told, not carried out. False is no wish: nothing is updated by itself unless asked for.
Result<PartialRules> readOnlyTell(const QString &value)
{
    DOCKERAUTO_TRY_ASSIGN(only, flagOf(value));
    return only ? saying<&PartialRules::policy>(core::UpdatePolicy::Monitor) : PartialRules{};
}

Result<PartialRules> readDigestWatch(const QString &value)
{
    DOCKERAUTO_TRY_ASSIGN(watched, flagOf(value));
    if (!watched) {
        return refuse(QStringLiteral("new images of the same tag are always looked for"));
    }
    return PartialRules{};
}

/// The variables of WUD by our names. Tags are not transformed here, so both of its names are the tag.
Result<PartialRules> readLinkTemplate(const QString &value)
{
    QString address = value;
    for (const char *name : {"${original}", "${raw}", "${transformed}"}) {
        address.replace(QLatin1String(name), QLatin1String("${tag}"));
    }
    return saying<&PartialRules::releaseNotes>(address);
}

Result<PartialRules> readWatchRepository(const QString &value)
{
    DOCKERAUTO_TRY_ASSIGN(all, flagOf(value));
    return saying<&PartialRules::level>(all ? core::TagLevel::Major : core::TagLevel::None);
}

/// Expressions separated by semicolons, any of which may match.
template <auto Field>
Result<PartialRules> readExpressions(const QString &value)
{
    QStringList expressions;
    for (const QString &part : value.split(u';', Qt::SkipEmptyParts)) {
        const QString expression = part.trimmed();
        if (expression.isEmpty()) {
            continue;
        }
        // Each for itself: what is wrong in two can look right in both together.
        DOCKERAUTO_TRY(checkTagRules({.include = expression}));
        expressions.append(expression);
    }
    if (expressions.size() < 2) {
        return saying<Field>(expressions.value(0));
    }
    return saying<Field>(
        QStringLiteral("(?:") + expressions.join(QStringLiteral(")|(?:")) + QStringLiteral(")"));
}

Result<PartialRules> readMaturityDays(const QString &value)
{
    bool isNumber = false;
    const int days = value.toInt(&isNumber);
    if (!isNumber || days < 0 || days > 365) {
        return refuse(quoted(value) + QStringLiteral(" is no number of days from 0 to 365"));
    }
    return saying<&PartialRules::minimumAge>(std::chrono::days(days));
}

/// `mature` without a number of days means seven; `all` means that none has to pass.
Result<PartialRules> readMaturityMode(const QString &value)
{
    const QString mode = value.toLower();
    if (mode != QLatin1String("all") && mode != QLatin1String("mature")) {
        return refuse(quoted(value) + QStringLiteral(" is none of all, mature"));
    }
    return saying<&PartialRules::minimumAge>(std::chrono::days(mode == QLatin1String("all") ? 0 : 7));
}

Result<PartialRules> refuseTransform(const QString &)
{
    return refuse(QStringLiteral("tags are compared as they are; choose them with docker-auto.include"));
}

Result<PartialRules> refuseOtherImage(const QString &)
{
    return refuse(QStringLiteral("updates are looked for where the image comes from"));
}

Result<PartialRules> refuseSkips(const QString &)
{
    return refuse(QStringLiteral("leave versions out with docker-auto.exclude, or skip them when offered"));
}

using P = PartialRules;

constexpr QLatin1String ownPrefix("docker-auto.");

/// In the order of their weight.
constexpr std::array knownLabels{
    KnownLabel{QLatin1String("docker-auto.enable"), readFlag<&P::watched>},
    KnownLabel{QLatin1String("docker-auto.policy"), readWord<&P::policy>},
    KnownLabel{QLatin1String("docker-auto.strategy"), readWord<&P::strategy>},
    KnownLabel{QLatin1String("docker-auto.level"), readWord<&P::level>},
    KnownLabel{QLatin1String("docker-auto.constraint"), readText<&P::constraint>},
    KnownLabel{QLatin1String("docker-auto.include"), readText<&P::include>},
    KnownLabel{QLatin1String("docker-auto.exclude"), readText<&P::exclude>},
    KnownLabel{QLatin1String("docker-auto.prerelease"), readFlag<&P::prerelease>},
    KnownLabel{QLatin1String("docker-auto.family"), readWord<&P::family>},
    KnownLabel{QLatin1String("docker-auto.minimum-age"), readDuration<&P::minimumAge>},
    KnownLabel{QLatin1String("docker-auto.automatic-level"), readWord<&P::automaticLevel>},
    KnownLabel{QLatin1String("docker-auto.release-notes"), readText<&P::releaseNotes>},
    KnownLabel{QLatin1String("docker-auto.rollback"), readFlag<&P::rollback>},
    KnownLabel{QLatin1String("docker-auto.watch"), readDuration<&P::watch>},
    KnownLabel{QLatin1String("docker-auto.probe"), readText<&P::probe>},
    KnownLabel{QLatin1String("docker-auto.backup"), readWord<&P::backup>},
    KnownLabel{QLatin1String("docker-auto.keep"), readKeepVersions},
    KnownLabel{QLatin1String("docker-auto.hook.before"), readCommand<&P::hookBefore>},
    KnownLabel{QLatin1String("docker-auto.hook.after"), readCommand<&P::hookAfter>},
    KnownLabel{QLatin1String("docker-auto.hook.timeout"), readDuration<&P::hookTimeout>},
    KnownLabel{QLatin1String("com.centurylinklabs.watchtower.enable"), readFlag<&P::watched>},
    KnownLabel{QLatin1String("com.centurylinklabs.watchtower.monitor-only"), readOnlyTell},
    // It leaves it to others to pull the image: an update, which pulls, is not for us to begin.
    KnownLabel{QLatin1String("com.centurylinklabs.watchtower.no-pull"), readOnlyTell},
    KnownLabel{QLatin1String("com.centurylinklabs.watchtower.cooldown-delay"), readDuration<&P::minimumAge>},
    KnownLabel{QLatin1String("com.centurylinklabs.watchtower.lifecycle.pre-check"), refuseCheckHooks},
    KnownLabel{QLatin1String("com.centurylinklabs.watchtower.lifecycle.pre-update"), refuseShellBefore},
    KnownLabel{QLatin1String("com.centurylinklabs.watchtower.lifecycle.post-update"), refuseShellAfter},
    KnownLabel{QLatin1String("com.centurylinklabs.watchtower.lifecycle.post-check"), refuseCheckHooks},
    KnownLabel{
        QLatin1String("com.centurylinklabs.watchtower.lifecycle.pre-update-timeout"), refuseHookTimeout},
    KnownLabel{
        QLatin1String("com.centurylinklabs.watchtower.lifecycle.post-update-timeout"), refuseHookTimeout},
    KnownLabel{QLatin1String("wud.watch"), readFlag<&P::watched>},
    KnownLabel{QLatin1String("wud.watch.digest"), readDigestWatch},
    KnownLabel{QLatin1String("wud.tag.include"), readText<&P::include>},
    KnownLabel{QLatin1String("wud.tag.exclude"), readText<&P::exclude>},
    KnownLabel{QLatin1String("wud.tag.transform"), refuseTransform},
    KnownLabel{QLatin1String("wud.link.template"), readLinkTemplate},
    KnownLabel{QLatin1String("diun.enable"), readFlag<&P::watched>},
    KnownLabel{QLatin1String("diun.watch_repo"), readWatchRepository},
    KnownLabel{QLatin1String("diun.include_tags"), readExpressions<&P::include>},
    KnownLabel{QLatin1String("diun.exclude_tags"), readExpressions<&P::exclude>},
    KnownLabel{QLatin1String("dd.watch"), readFlag<&P::watched>},
    KnownLabel{QLatin1String("dd.watch.digest"), readDigestWatch},
    KnownLabel{QLatin1String("dd.tag.include"), readText<&P::include>},
    KnownLabel{QLatin1String("dd.tag.exclude"), readText<&P::exclude>},
    KnownLabel{QLatin1String("dd.tag.family"), readWord<&P::family>},
    KnownLabel{QLatin1String("dd.tag.transform"), refuseTransform},
    KnownLabel{QLatin1String("dd.link.template"), readLinkTemplate},
    KnownLabel{QLatin1String("dd.updatePolicy.maturityMinAgeDays"), readMaturityDays},
    KnownLabel{QLatin1String("dd.updatePolicy.maturityMode"), readMaturityMode},
    KnownLabel{QLatin1String("dd.updatePolicy.skipTags"), refuseSkips},
    KnownLabel{QLatin1String("dd.updatePolicy.skipDigests"), refuseSkips},
    KnownLabel{QLatin1String("dd.inspect.tag.path"), refuseTransform},
    KnownLabel{QLatin1String("dd.registry.lookup.image"), refuseOtherImage},
    KnownLabel{QLatin1String("dd.registry.lookup.url"), refuseOtherImage},
};

bool isOwnMark(const QString &name)
{
    // What an update leaves on the containers that it makes.
    return name == QLatin1String("docker-auto.operation") || name == QLatin1String("docker-auto.epoch") ||
           name == QLatin1String("docker-auto.rebuilt");
}

Result<PartialRules> readLabel(const KnownLabel &label, const QString &value)
{
    DOCKERAUTO_TRY_ASSIGN(rules, label.read(value));
    DOCKERAUTO_TRY(checkRules(rules));
    return rules;
}

} // namespace

LabelRules rulesFromLabels(const std::map<QString, QString> &labels)
{
    LabelRules result;
    const auto complain = [&result](const QString &name, const QString &why) {
        result.problems.push_back(name + QStringLiteral(": ") + why);
    };
    for (const KnownLabel &known : knownLabels) {
        const auto found = labels.find(QString(known.name));
        if (found == labels.end()) {
            continue;
        }
        const QString value = found->second.trimmed();
        // Theirs count as not set when they are empty; an empty text of ours undoes what weighs less.
        if (value.isEmpty() && !known.name.startsWith(ownPrefix)) {
            continue;
        }
        const auto rules = readLabel(known, value);
        if (!rules) {
            complain(found->first, rules.error().message);
        } else if (*rules != PartialRules{}) {
            result.layers.push_back({QStringLiteral("label ") + found->first, *rules});
        }
    }
    const auto isKnown = [](const QString &name) {
        return std::ranges::any_of(knownLabels, [&](const KnownLabel &known) { return known.name == name; });
    };
    for (auto own = labels.lower_bound(QString(ownPrefix));
         own != labels.end() && own->first.startsWith(ownPrefix); ++own) {
        if (!isKnown(own->first) && !isOwnMark(own->first)) {
            complain(own->first, QStringLiteral("there is no such label"));
        }
    }
    return result;
}

} // namespace dockerauto::domain
