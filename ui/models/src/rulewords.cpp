#include <models/rulewords.h>

#include <models/displaytext.h>
#include <models/planwords.h>
#include <models/words.h>

#include <core/json.h>

#include <QCoreApplication>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>

namespace dockerauto::ui {

using core::TagFamily;
using core::TagLevel;
using core::UpdateStrategy;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RuleWords)
};

/// `3 d`, `12 h`, `90 s` or plain seconds.
QString ageText(const QString &value)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,12}) ?([dhs]?)$"));
    const auto match = form.match(value);
    if (!match.hasMatch()) {
        return harmless(value, 40);
    }
    const QString unit = match.captured(2);
    const qint64 seconds = unit == QLatin1String("d") ? 86'400 : unit == QLatin1String("h") ? 3'600 : 1;
    const qint64 age = match.captured(1).toLongLong() * seconds;
    return age == 0 ? Text::tr("none") : spanText(age);
}

template <class Enum, class Words>
QString enumText(const QString &value, Words words)
{
    const auto known = core::fromQString<Enum>(value);
    return known ? words(*known) : harmless(value, 60);
}

} // namespace

Choice levelChoice(TagLevel level)
{
    switch (level) {
    case TagLevel::None:
        return {Text::tr("New builds only"), Text::tr("The same tag, when it stands for a newer image.")};
    case TagLevel::Patch:
        return {Text::tr("Patch versions"), Text::tr("1.4.2 → 1.4.3, but not 1.5.0")};
    case TagLevel::Minor:
        return {Text::tr("Minor versions"), Text::tr("1.4.2 → 1.5.0, but not 2.0.0")};
    case TagLevel::Major:
        return {Text::tr("All versions"), Text::tr("1.4.2 → 2.0.0, and all smaller steps")};
    }
    return {};
}

Choice automaticLevelChoice(TagLevel level)
{
    switch (level) {
    case TagLevel::None:
        return {Text::tr("New builds only"), Text::tr("Every new version waits for a person.")};
    case TagLevel::Patch:
        return {Text::tr("Patch versions"), Text::tr("Minor and major versions wait for a person.")};
    case TagLevel::Minor:
        return {Text::tr("Minor versions"), Text::tr("Major versions wait for a person.")};
    case TagLevel::Major:
        return {Text::tr("All versions"), Text::tr("Nothing waits for a person.")};
    }
    return {};
}

Choice familyChoice(TagFamily family)
{
    if (family == TagFamily::Strict) {
        return {Text::tr("The same variant"), Text::tr("-alpine3.19 stays -alpine3.19")};
    }
    return {Text::tr("Newer variants too"), Text::tr("-alpine3.19 may become -alpine3.20")};
}

Choice prereleaseChoice(bool wanted)
{
    if (wanted) {
        return {Text::tr("Pre-releases too"), Text::tr("2.0.0-rc.1 is offered like 2.0.0.")};
    }
    return {Text::tr("Releases only"), Text::tr("2.0.0-rc.1 is passed over until 2.0.0 is there.")};
}

Choice rollbackChoice(bool wanted)
{
    if (wanted) {
        return {Text::tr("Put back by itself"),
            Text::tr("A new container that is not well is replaced by the old one.")};
    }
    return {Text::tr("Left to a person"), Text::tr("A new container that is not well is told, and stays.")};
}

Choice backupChoice(core::BackupMode mode)
{
    switch (mode) {
    case core::BackupMode::Never:
        return {Text::tr("Never"), Text::tr("Volumes are not saved before an update.")};
    case core::BackupMode::Guarded:
        return {Text::tr("When data changes its form"),
            Text::tr("Before a new major version of software that keeps data, such as a database.")};
    case core::BackupMode::Always:
        return {Text::tr("Always"), Text::tr("Before each update; the container is stopped meanwhile.")};
    }
    return {};
}

Choice strategyChoice(UpdateStrategy strategy)
{
    switch (strategy) {
    case UpdateStrategy::Rolling:
        return {strategyWord(strategy),
            Text::tr("The new container starts before the old one stops, where that is possible.")};
    case UpdateStrategy::Recreate:
        return {strategyWord(strategy), Text::tr("The old container stops first: a short stop.")};
    case UpdateStrategy::BlueGreen:
    case UpdateStrategy::Canary:
        return {strategyWord(strategy), Text::tr("Not in this version.")};
    }
    return {};
}

QString ruleFieldName(const QString &field)
{
    struct Named
    {
        QLatin1String field;
        QString name;
    };
    const std::array names{
        Named{QLatin1String("updatePolicy"), Text::tr("Policy")},
        Named{QLatin1String("strategy"), Text::tr("Strategy")},
        Named{QLatin1String("level"), Text::tr("Looks for")},
        Named{QLatin1String("automaticLevel"), Text::tr("Takes by itself")},
        Named{QLatin1String("constraint"), Text::tr("Version range")},
        Named{QLatin1String("include"), Text::tr("Only tags with")},
        Named{QLatin1String("exclude"), Text::tr("No tags with")},
        Named{QLatin1String("prerelease"), Text::tr("Pre-releases")},
        Named{QLatin1String("family"), Text::tr("Image variant")},
        Named{QLatin1String("minimumAgeSeconds"), Text::tr("Minimum age")},
        Named{QLatin1String("releaseNotes"), Text::tr("Release notes")},
        Named{QLatin1String("watched"), Text::tr("Watched")},
        Named{QLatin1String("rollback"), Text::tr("When it is not well")},
        Named{QLatin1String("watchSeconds"), Text::tr("Watched afterwards")},
        Named{QLatin1String("probe"), Text::tr("Asked for its health")},
        Named{QLatin1String("backupVolumes"), Text::tr("Saves volumes")},
        Named{QLatin1String("keepVersions"), Text::tr("Can be undone")},
        Named{QLatin1String("hookBefore"), Text::tr("Command before")},
        Named{QLatin1String("hookAfter"), Text::tr("Command after")},
        Named{QLatin1String("hookTimeoutSeconds"), Text::tr("Longest command")},
    };
    for (const Named &named : names) {
        if (field == named.field) {
            return named.name;
        }
    }
    return harmless(field, 40);
}

QString ruleValueText(const QString &field, const QString &value)
{
    if (value.isEmpty()) {
        return Text::tr("none");
    }
    if (field == QLatin1String("updatePolicy")) {
        return enumText<core::UpdatePolicy>(value, [](auto policy) { return policyWord(policy).text; });
    }
    if (field == QLatin1String("strategy")) {
        return enumText<UpdateStrategy>(value, strategyWord);
    }
    if (field == QLatin1String("level") || field == QLatin1String("automaticLevel")) {
        return enumText<TagLevel>(value, [](auto level) { return levelChoice(level).text; });
    }
    if (field == QLatin1String("family")) {
        return enumText<TagFamily>(value, [](auto family) { return familyChoice(family).text; });
    }
    if (field == QLatin1String("prerelease")) {
        return prereleaseChoice(value == QLatin1String("true")).text;
    }
    if (field == QLatin1String("watched")) {
        return value == QLatin1String("true") ? Text::tr("yes") : Text::tr("no");
    }
    if (field == QLatin1String("rollback")) {
        return rollbackChoice(value == QLatin1String("true")).text;
    }
    if (field == QLatin1String("backupVolumes")) {
        return enumText<core::BackupMode>(value, [](auto mode) { return backupChoice(mode).text; });
    }
    return field.endsWith(QLatin1String("Seconds")) ? ageText(value) : harmless(value, 300);
}

bool isDefaultSource(const QString &source)
{
    return source.isEmpty() || source == QLatin1String("default");
}

QString ruleSourceText(const QString &source)
{
    if (isDefaultSource(source)) {
        return Text::tr("default", "where a rule comes from");
    }
    if (source == QLatin1String("this container")) {
        return Text::tr("set for this container");
    }
    if (const QString prefix = QStringLiteral("label "); source.startsWith(prefix)) {
        return Text::tr("from the label %1").arg(harmless(source.mid(prefix.size()), 120));
    }
    if (const QString prefix = QStringLiteral("policy "); source.startsWith(prefix)) {
        return Text::tr("from policy %1").arg(harmless(source.mid(prefix.size()), 120));
    }
    return harmless(source, 120);
}

QString ruleOrigin(const contracts::AppliedRule &rule)
{
    return Text::tr("%1, %2", "value of a rule, where it comes from")
        .arg(ruleValueText(rule.field, rule.value), ruleSourceText(rule.source));
}

QString commandText(const std::vector<QString> &words)
{
    const bool plain = !words.empty() && std::ranges::none_of(words, [](const QString &word) {
        return word.isEmpty() || word.contains(QLatin1Char('"')) || word.contains(QLatin1Char('\n')) ||
               word.contains(QLatin1Char('\r')) || word.startsWith(QLatin1Char('['));
    });
    if (!plain) {
        core::Json list = core::Json::array();
        for (const QString &word : words) {
            list.push_back(word.toStdString());
        }
        return QString::fromStdString(list.dump(-1, ' ', false, core::Json::error_handler_t::replace));
    }
    QStringList parts;
    for (const QString &word : words) {
        const bool spaced = std::ranges::any_of(word, [](QChar c) { return c.isSpace(); });
        parts << (spaced ? QString(QLatin1Char('"') + word + QLatin1Char('"')) : word);
    }
    return parts.join(QLatin1Char(' '));
}

std::optional<std::vector<QString>> commandWords(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(QLatin1Char('['))) {
        const QStringList words = QProcess::splitCommand(trimmed);
        return std::vector<QString>(words.begin(), words.end());
    }
    const core::Json list = core::Json::parse(trimmed.toStdString(), nullptr, false);
    if (!list.is_array()) {
        return std::nullopt;
    }
    std::vector<QString> words;
    for (const core::Json &word : list) {
        if (!word.is_string()) {
            return std::nullopt;
        }
        words.push_back(QString::fromStdString(word.get<std::string>()));
    }
    return words;
}

} // namespace dockerauto::ui
