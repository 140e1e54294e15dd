#include <models/reviewwords.h>

#include <models/displaytext.h>
#include <models/planwords.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <chrono>

namespace dockerauto::ui {

using contracts::Plan;
using contracts::PlannedBackup;
using core::Finding;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Review)
};

QString versionOf(const contracts::ImageVersion &version, const contracts::ImageVersion &other)
{
    return version.tag.isEmpty() || version.tag == other.tag ? shortDigest(version.digest)
                                                             : harmless(version.tag, 128);
}

} // namespace

QString preflightName(const QString &name)
{
    struct Named
    {
        QLatin1String name;
        QString text;
    };
    const std::array names{
        Named{QLatin1String("disk"), Text::tr("Disk space")},
        Named{QLatin1String("platform"), Text::tr("Platform")},
        Named{QLatin1String("ports"), Text::tr("Ports")},
        Named{QLatin1String("binds"), Text::tr("Bound folders")},
        Named{QLatin1String("networks"), Text::tr("Networks")},
        Named{QLatin1String("registry"), Text::tr("Registry")},
        Named{QLatin1String("engine"), Text::tr("Engine")},
        Named{QLatin1String("names"), Text::tr("Names")},
        Named{QLatin1String("volumes"), Text::tr("Volumes")},
        Named{QLatin1String("dependants"), Text::tr("Dependants")},
    };
    const auto known = std::ranges::find_if(names, [&](const Named &named) { return name == named.name; });
    return known == names.end() ? harmless(name, 40) : known->text;
}

Word findingWord(Finding finding)
{
    switch (finding) {
    case Finding::Ok:
        return {Text::tr("Good"), QStringLiteral("circle-check"), Tone::Good};
    case Finding::Warning:
        return {Text::tr("To be noticed"), QStringLiteral("triangle-alert"), Tone::Attention};
    case Finding::Failed:
        return {Text::tr("In the way"), QStringLiteral("octagon-alert"), Tone::Bad};
    case Finding::Unknown:
        return {Text::tr("Not known"), QStringLiteral("circle-help"), Tone::Quiet};
    }
    return {};
}

bool canBegin(const Plan &plan)
{
    return std::ranges::none_of(
        plan.preflight, [](const auto &found) { return found.finding == Finding::Failed; });
}

QString planFrom(const Plan &plan)
{
    return versionOf(plan.from, plan.to);
}

QString planTo(const Plan &plan)
{
    return versionOf(plan.to, plan.from);
}

QString secondsText(qint64 seconds)
{
    // Estimates: tenths would promise too much.
    return seconds < 60 || seconds % 60 == 0 ? spanText(std::max<qint64>(seconds, 0))
                                             : durationText(std::chrono::seconds(seconds));
}

QString downtimeSentence(const Plan &plan, bool saved)
{
    // The container is stopped while its volumes are saved.
    const qint64 saving = plan.backup.expectedSeconds.value_or(0);
    const qint64 change = saved == plan.backup.planned ? 0 : saved ? saving : -saving;
    const qint64 down = plan.expectedDowntimeSeconds == 0 ? 0 : plan.expectedDowntimeSeconds + change;
    const QString stop = down <= 0 ? Text::tr("Nobody has to wait: it is over in a moment.")
                                   : (plan.downtimeBasis == QLatin1String("history")
                                             ? Text::tr("The container stops for about %1, going by its "
                                                        "earlier updates.")
                                             : Text::tr("The container stops for about %1, which is an "
                                                        "estimate."))
                                         .arg(secondsText(down));
    // Of software that changes its data, more is said where the copy is chosen.
    return plan.backup.recommended
               ? stop
               : stop + QLatin1Char(' ') + Text::tr("Your data volumes stay as they are.");
}

QString backupTitle(const PlannedBackup &backup)
{
    if (!backup.sizeBytes) {
        return Text::tr("Save the volumes first");
    }
    return backup.expectedSeconds
               ? Text::tr("Save the volumes first (%1, about %2)", "size, time")
                     .arg(byteText(*backup.sizeBytes), secondsText(*backup.expectedSeconds))
               : Text::tr("Save the volumes first (%1)", "size").arg(byteText(*backup.sizeBytes));
}

QString plannedVolumeText(const contracts::PlannedVolume &volume)
{
    QStringList parts{Text::tr("%1 at %2", "volume, folder in the container")
                          .arg(harmless(volume.volume, 200), harmless(volume.mountedAt, 200))};
    parts << (volume.sizeBytes ? byteText(*volume.sizeBytes) : Text::tr("size not known"));
    switch (volume.method) {
    case core::SnapshotMethod::Archive:
        break;
    case core::SnapshotMethod::Btrfs:
        parts << Text::tr("Btrfs snapshot");
        break;
    case core::SnapshotMethod::Zfs:
        parts << Text::tr("ZFS snapshot");
        break;
    }
    return parts.join(QStringLiteral(" · "));
}

bool canBackUp(const PlannedBackup &backup)
{
    // A reason beside a copy that is neither planned nor recommended says why there can't be one.
    return !backup.volumes.empty() && (backup.planned || backup.recommended || backup.reason.isEmpty());
}

bool riskWithoutBackup(const PlannedBackup &backup, bool chosen)
{
    return backup.recommended && !(chosen && canBackUp(backup));
}

QString rollbackTitle(const Plan &plan)
{
    return plan.healthBudgetSeconds > 0
               ? Text::tr("Put the old one back by itself if the new one is not well within %1")
                     .arg(secondsText(plan.healthBudgetSeconds))
               : Text::tr("Put the old one back by itself if the new one is not well");
}

QString rollbackMeaning(const Plan &plan, bool saved)
{
    QStringList sentences;
    if (saved != plan.backup.planned) {
        // What the plan says of going back is about the other choice.
        sentences << (saved
                          ? Text::tr("Going back brings back the container and the volumes as they are now.")
                          : Text::tr("Going back brings back the container as it is now; its volumes stay "
                                     "as the new version has left them."));
    } else if (!plan.rollbackRestores.isEmpty()) {
        sentences << harmless(plan.rollbackRestores);
    }
    if (plan.watchSeconds > 0) {
        sentences << Text::tr("The new container is watched for %1 afterwards.")
                         .arg(secondsText(plan.watchSeconds));
    }
    return sentences.join(QLatin1Char(' '));
}

QString plannedActionWord(const QString &action)
{
    return action == QLatin1String("updated")     ? Text::tr("updated")
           : action == QLatin1String("recreated") ? Text::tr("made again")
                                                  : harmless(action, 40);
}

} // namespace dockerauto::ui
