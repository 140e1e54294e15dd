#include "updatetexts.h"

#include <models/displaytext.h>
#include <models/words.h>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>
#include <ranges>

// What an update means to those who use the container, step by step, and what the containers said.

namespace dockerauto::ui {

using contracts::Step;
using contracts::Update;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(UpdateSafety)
};

/// The service is served, away for a moment, or already served by the new one.
enum class Service
{
    Untouched,
    Away,
    New
};

struct Safety
{
    QLatin1String step;
    Service service = Service::Untouched;
    QString text;
};

/// `from` runs until the step `stop`, `to` from the step `start` on.
std::array<Safety, 16> sentencesFor(const QString &from, const QString &to)
{
    return {
        Safety{QLatin1String("preflight"), Service::Untouched,
            Text::tr("%1 is still running and nothing was touched. If it stops here, nothing changes for "
                     "your users.")
                .arg(from)},
        Safety{QLatin1String("pull"), Service::Untouched,
            Text::tr("%1 is still running while %2 is downloaded, and nothing was touched. If it stops here, "
                     "nothing changes for your users.")
                .arg(from, to)},
        Safety{QLatin1String("hook_before"), Service::Untouched,
            Text::tr("%1 is still running, and your command runs in it. If the command fails, the update "
                     "does not begin.")
                .arg(from)},
        Safety{QLatin1String("rename"), Service::Untouched,
            Text::tr("%1 is still running under another name. If it stops here, it gets its name back and "
                     "nothing changes for your users.")
                .arg(from)},
        Safety{QLatin1String("create"), Service::Untouched,
            Text::tr("%1 is still running under another name while the new container is made. If it stops "
                     "here, the new one is removed and nothing changes for your users.")
                .arg(from)},
        Safety{QLatin1String("stop"), Service::Away,
            Text::tr("%1 is being stopped, but kept. If it stops here, it is started again by itself; until "
                     "then the service is away.")
                .arg(from)},
        Safety{QLatin1String("backup"), Service::Away,
            Text::tr("%1 is stopped, but kept, while its volumes are saved. If it stops here, %1 is started "
                     "again by itself with its data as they are; until then the service is away.")
                .arg(from)},
        Safety{QLatin1String("restore"), Service::Away,
            Text::tr("The volumes are being made again as they were. What was in them is saved: if it stops "
                     "here, it is put back and %1 is started again by itself. Until then the service is "
                     "away.")
                .arg(from)},
        Safety{QLatin1String("start"), Service::Away,
            Text::tr("%1 is stopped, but kept, while %2 starts. If it does not start, %1 is started again by "
                     "itself; until then the service is away.")
                .arg(from, to)},
        Safety{QLatin1String("health"), Service::Away,
            Text::tr("%1 is stopped, but kept, while %2 has to show that it is well. If a check fails, %1 is "
                     "started again by itself, unless its rules leave that to a person.")
                .arg(from, to)},
        Safety{QLatin1String("hook_after"), Service::Away,
            Text::tr("%2 is well, and your command runs in it. If the command fails, %1 is started again by "
                     "itself, unless its rules leave that to a person.")
                .arg(from, to)},
        Safety{QLatin1String("verify"), Service::Away,
            Text::tr("%2 is running and is compared with what %1 was. If anything is not as it should be, %1 "
                     "is started again by itself, unless its rules leave that to a person.")
                .arg(from, to)},
        Safety{QLatin1String("commit"), Service::New,
            Text::tr("%1 is in use and all checks have passed. Only tidying up is left.").arg(to)},
        Safety{QLatin1String("cleanup"), Service::New,
            Text::tr("%1 is in use and all checks have passed. The old container is removed; if it stops "
                     "here, that is done later.")
                .arg(to)},
        Safety{QLatin1String("rollback"), Service::Away,
            Text::tr("%1 is being put back now. If it stops here, it goes on as soon as it can; nothing is "
                     "removed before %1 is back.")
                .arg(from)},
        Safety{QLatin1String(), Service::Untouched,
            Text::tr("%1 is still running and nothing was touched. If this fails, nothing changes for your "
                     "users.")
                .arg(from)},
    };
}

/// A line without what differs each time: times, counters, addresses.
QString shapeOf(const QString &line)
{
    static const QRegularExpression changing(QStringLiteral("[0-9]+"));
    return QString(line).replace(changing, QStringLiteral("#")).trimmed();
}

} // namespace

UpdateNotice safetyOf(const Update &update)
{
    const std::array all = sentencesFor(fromVersion(update), toVersion(update));
    const Safety *safety = &all.back();
    for (const Step &step : std::views::reverse(update.steps)) {
        const auto known = std::ranges::find_if(
            all, [&](const Safety &one) { return !one.step.isEmpty() && one.step == step.name; });
        const bool begun =
            step.status != core::StepStatus::Pending && step.status != core::StepStatus::Skipped;
        if (begun && known != all.end()) {
            safety = &*known;
            break;
        }
    }
    const bool away = safety->service == Service::Away;
    return {away ? ChipKind::Warn : ChipKind::Ok, {}, safety->text,
        safety->step == QLatin1String("rollback") ? QStringLiteral("undo-2")
        : away                                    ? QStringLiteral("shield-alert")
                                                  : QStringLiteral("shield-check")};
}

bool tellsOfError(const QString &line)
{
    static const QRegularExpression words(
        QStringLiteral("\\b(error|err|fatal|panic|exception|critical|failed|failure|cannot|traceback)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return words.match(line).hasMatch();
}

QString sharedError(const Update &update)
{
    if (!update.lastWords) {
        return {};
    }
    const auto back = std::ranges::find(update.steps, QStringLiteral("rollback"), &Step::name);
    if (back == update.steps.end() || !back->startedAt) {
        return {};
    }
    const core::Timestamp since = *back->startedAt;
    QSet<QString> shapes;
    for (const contracts::LogLine &line : update.lastWords->original) {
        // What it wrote before the update says nothing about how it is now.
        if (line.time && *line.time >= since && tellsOfError(line.text)) {
            shapes.insert(shapeOf(line.text));
        }
    }
    for (const contracts::LogLine &line : std::views::reverse(update.lastWords->replacement)) {
        if (tellsOfError(line.text) && shapes.contains(shapeOf(line.text))) {
            return harmless(line.text.trimmed(), 200);
        }
    }
    return {};
}

} // namespace dockerauto::ui
