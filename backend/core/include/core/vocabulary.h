#pragma once

#include "core/enumtext.h"

#include <QString>

namespace dockerauto::core {

// The words that contracts, domain and storage share, so that none of them translates the other's.

/// Where an update stands. `Succeeded` and the four after it are final; `Parked` waits for a person.
enum class UpdateStatus
{
    Pending,
    AwaitingApproval,
    Scheduled,
    Running,
    Paused,
    Succeeded,
    Failed,
    RolledBack,
    Cancelled,
    Skipped,
    Parked,
};
template <>
struct EnumText<UpdateStatus>
{
    static constexpr std::array names{
        std::pair{UpdateStatus::Pending, std::string_view("pending")},
        std::pair{UpdateStatus::AwaitingApproval, std::string_view("awaiting_approval")},
        std::pair{UpdateStatus::Scheduled, std::string_view("scheduled")},
        std::pair{UpdateStatus::Running, std::string_view("running")},
        std::pair{UpdateStatus::Paused, std::string_view("paused")},
        std::pair{UpdateStatus::Succeeded, std::string_view("succeeded")},
        std::pair{UpdateStatus::Failed, std::string_view("failed")},
        std::pair{UpdateStatus::RolledBack, std::string_view("rolled_back")},
        std::pair{UpdateStatus::Cancelled, std::string_view("cancelled")},
        std::pair{UpdateStatus::Skipped, std::string_view("skipped")},
        std::pair{UpdateStatus::Parked, std::string_view("parked")},
    };
};
/// True when nothing more will happen to the update by itself or by a person.
constexpr bool isFinal(UpdateStatus status)
{
    return status >= UpdateStatus::Succeeded && status <= UpdateStatus::Skipped;
}

/// When a container is updated; `manual` unless somebody chose another.
enum class UpdatePolicy
{
    Monitor,
    Manual,
    Approval,
    Scheduled,
    Automatic,
    Pinned
};
template <>
struct EnumText<UpdatePolicy>
{
    static constexpr std::array names{
        std::pair{UpdatePolicy::Monitor, std::string_view("monitor")},
        std::pair{UpdatePolicy::Manual, std::string_view("manual")},
        std::pair{UpdatePolicy::Approval, std::string_view("approval")},
        std::pair{UpdatePolicy::Scheduled, std::string_view("scheduled")},
        std::pair{UpdatePolicy::Automatic, std::string_view("automatic")},
        std::pair{UpdatePolicy::Pinned, std::string_view("pinned")},
    };
};

/// How a container is updated.
enum class UpdateStrategy
{
    Rolling,
    Recreate,
    BlueGreen,
    Canary
};
template <>
struct EnumText<UpdateStrategy>
{
    static constexpr std::array names{
        std::pair{UpdateStrategy::Rolling, std::string_view("rolling")},
        std::pair{UpdateStrategy::Recreate, std::string_view("recreate")},
        std::pair{UpdateStrategy::BlueGreen, std::string_view("blue-green")},
        std::pair{UpdateStrategy::Canary, std::string_view("canary")},
    };
};

/// What the last check found for a container.
enum class Decision
{
    NotChecked,
    UpToDate,
    UpdateAvailable,
    LocalImage,
    Pinned,
    HeldBack
};
template <>
struct EnumText<Decision>
{
    static constexpr std::array names{
        std::pair{Decision::NotChecked, std::string_view("not_checked")},
        std::pair{Decision::UpToDate, std::string_view("up_to_date")},
        std::pair{Decision::UpdateAvailable, std::string_view("update_available")},
        std::pair{Decision::LocalImage, std::string_view("local_image")},
        std::pair{Decision::Pinned, std::string_view("pinned")},
        std::pair{Decision::HeldBack, std::string_view("held_back")},
    };
};

/// How large the step to a candidate is. `Build` is a new digest under the same tag.
enum class Bump
{
    None,
    Build,
    Patch,
    Minor,
    Major
};
template <>
struct EnumText<Bump>
{
    static constexpr std::array names{
        std::pair{Bump::None, std::string_view("none")},
        std::pair{Bump::Build, std::string_view("build")},
        std::pair{Bump::Patch, std::string_view("patch")},
        std::pair{Bump::Minor, std::string_view("minor")},
        std::pair{Bump::Major, std::string_view("major")},
    };
};

/// Why an update that was found is not carried out now.
enum class Hold
{
    /// The policy leaves it to a person.
    Policy,
    Approval,
    Schedule,
    Window,
    Freeze,
    MinimumAge,
    Skipped,
    Snoozed,
    /// It did not work when it was tried.
    Quarantine,
    RateBudget,
    Dependency
};
template <>
struct EnumText<Hold>
{
    static constexpr std::array names{
        std::pair{Hold::Policy, std::string_view("policy")},
        std::pair{Hold::Approval, std::string_view("approval")},
        std::pair{Hold::Schedule, std::string_view("schedule")},
        std::pair{Hold::Window, std::string_view("window")},
        std::pair{Hold::Freeze, std::string_view("freeze")},
        std::pair{Hold::MinimumAge, std::string_view("minimum_age")},
        std::pair{Hold::Skipped, std::string_view("skipped")},
        std::pair{Hold::Snoozed, std::string_view("snoozed")},
        std::pair{Hold::Quarantine, std::string_view("quarantine")},
        std::pair{Hold::RateBudget, std::string_view("rate_budget")},
        std::pair{Hold::Dependency, std::string_view("dependency")},
    };
};

/// The largest step that is looked for, or taken without a person. `None`: only new digests of the same tag.
enum class TagLevel
{
    None,
    Patch,
    Minor,
    Major
};
template <>
struct EnumText<TagLevel>
{
    static constexpr std::array names{
        std::pair{TagLevel::None, std::string_view("none")},
        std::pair{TagLevel::Patch, std::string_view("patch")},
        std::pair{TagLevel::Minor, std::string_view("minor")},
        std::pair{TagLevel::Major, std::string_view("major")},
    };
};

/// Whether what follows the version in a tag must stay as it is. `Loose` lets versions inside it rise:
/// alpine3.19 to alpine3.20.
enum class TagFamily
{
    Strict,
    Loose
};
template <>
struct EnumText<TagFamily>
{
    static constexpr std::array names{
        std::pair{TagFamily::Strict, std::string_view("strict")},
        std::pair{TagFamily::Loose, std::string_view("loose")},
    };
};

/// Which containers a policy, a schedule or a window is about.
enum class ScopeKind
{
    All,
    Host,
    Project,
    Label,
    Container
};
template <>
struct EnumText<ScopeKind>
{
    static constexpr std::array names{
        std::pair{ScopeKind::All, std::string_view("all")},
        std::pair{ScopeKind::Host, std::string_view("host")},
        std::pair{ScopeKind::Project, std::string_view("project")},
        std::pair{ScopeKind::Label, std::string_view("label")},
        std::pair{ScopeKind::Container, std::string_view("container")},
    };
};

/// What a schedule does: ask the registries, or ask and then update what its policy leaves to schedules.
enum class ScheduleAction
{
    Check,
    Update
};
template <>
struct EnumText<ScheduleAction>
{
    static constexpr std::array names{
        std::pair{ScheduleAction::Check, std::string_view("check")},
        std::pair{ScheduleAction::Update, std::string_view("update")},
    };
};

/// What becomes of runs that fell into a time when the program did not run.
enum class MissedRuns
{
    RunOnce,
    Skip
};
template <>
struct EnumText<MissedRuns>
{
    static constexpr std::array names{
        std::pair{MissedRuns::RunOnce, std::string_view("run_once")},
        std::pair{MissedRuns::Skip, std::string_view("skip")},
    };
};

/// A window is when updates may begin by themselves, a freeze when they may not.
enum class WindowKind
{
    Window,
    Freeze
};
template <>
struct EnumText<WindowKind>
{
    static constexpr std::array names{
        std::pair{WindowKind::Window, std::string_view("window")},
        std::pair{WindowKind::Freeze, std::string_view("freeze")},
    };
};

/// What an operation of an update does: bring a newer image, or bring back the one before it.
enum class UpdateKind
{
    Update,
    Rollback
};
template <>
struct EnumText<UpdateKind>
{
    static constexpr std::array names{
        std::pair{UpdateKind::Update, std::string_view("update")},
        std::pair{UpdateKind::Rollback, std::string_view("rollback")},
    };
};

/// When the volumes of a container are saved before an update. `Guarded`: when a database changes its major
/// version.
enum class BackupMode
{
    Never,
    Guarded,
    Always
};
template <>
struct EnumText<BackupMode>
{
    static constexpr std::array names{
        std::pair{BackupMode::Never, std::string_view("never")},
        std::pair{BackupMode::Guarded, std::string_view("guarded")},
        std::pair{BackupMode::Always, std::string_view("always")},
    };
};

/// How the content of a volume is saved: as a tar archive through the engine, or by the file system.
enum class SnapshotMethod
{
    Archive,
    Btrfs,
    Zfs
};
template <>
struct EnumText<SnapshotMethod>
{
    static constexpr std::array names{
        std::pair{SnapshotMethod::Archive, std::string_view("archive")},
        std::pair{SnapshotMethod::Btrfs, std::string_view("btrfs")},
        std::pair{SnapshotMethod::Zfs, std::string_view("zfs")},
    };
};

/// What looking before an update found. `Unknown`: it can't be told from here.
enum class Finding
{
    Ok,
    Warning,
    Failed,
    Unknown
};
template <>
struct EnumText<Finding>
{
    static constexpr std::array names{
        std::pair{Finding::Ok, std::string_view("ok")},
        std::pair{Finding::Warning, std::string_view("warning")},
        std::pair{Finding::Failed, std::string_view("failed")},
        std::pair{Finding::Unknown, std::string_view("unknown")},
    };
};

/// How a container fares in the time after its update.
enum class WatchState
{
    Watching,
    Passed,
    /// It became worse than it was before the update.
    Regressed,
    /// Ended early: another update, a removal, a person.
    Ended
};
template <>
struct EnumText<WatchState>
{
    static constexpr std::array names{
        std::pair{WatchState::Watching, std::string_view("watching")},
        std::pair{WatchState::Passed, std::string_view("passed")},
        std::pair{WatchState::Regressed, std::string_view("regressed")},
        std::pair{WatchState::Ended, std::string_view("ended")},
    };
};

enum class ExportFormat
{
    Compose,
    Run
};
template <>
struct EnumText<ExportFormat>
{
    static constexpr std::array names{
        std::pair{ExportFormat::Compose, std::string_view("compose")},
        std::pair{ExportFormat::Run, std::string_view("run")},
    };
};

/// Which way a parked update goes on. `Auto`: as the engine's real state says, or parked again.
enum class ResumeDirection
{
    Auto,
    Forward,
    Back
};
template <>
struct EnumText<ResumeDirection>
{
    static constexpr std::array names{
        std::pair{ResumeDirection::Auto, std::string_view("auto")},
        std::pair{ResumeDirection::Forward, std::string_view("forward")},
        std::pair{ResumeDirection::Back, std::string_view("back")},
    };
};

enum class StepStatus
{
    Pending,
    Running,
    Succeeded,
    Failed,
    Skipped
};
template <>
struct EnumText<StepStatus>
{
    static constexpr std::array names{
        std::pair{StepStatus::Pending, std::string_view("pending")},
        std::pair{StepStatus::Running, std::string_view("running")},
        std::pair{StepStatus::Succeeded, std::string_view("succeeded")},
        std::pair{StepStatus::Failed, std::string_view("failed")},
        std::pair{StepStatus::Skipped, std::string_view("skipped")},
    };
};

enum class Role
{
    Viewer,
    User,
    Operator,
    Admin
};
template <>
struct EnumText<Role>
{
    static constexpr std::array names{
        std::pair{Role::Viewer, std::string_view("viewer")},
        std::pair{Role::User, std::string_view("user")},
        std::pair{Role::Operator, std::string_view("operator")},
        std::pair{Role::Admin, std::string_view("admin")},
    };
};

/// Whether a Docker host answers.
enum class HostState
{
    Connecting,
    Connected,
    Unreachable
};
template <>
struct EnumText<HostState>
{
    static constexpr std::array names{
        std::pair{HostState::Connecting, std::string_view("connecting")},
        std::pair{HostState::Connected, std::string_view("connected")},
        std::pair{HostState::Unreachable, std::string_view("unreachable")},
    };
};

/// `toText` for places that want a QString.
template <NamedEnum Enum>
QString toQString(Enum value)
{
    const std::string_view text = toText(value);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// `fromText` for places that have a QString.
template <NamedEnum Enum>
std::optional<Enum> fromQString(const QString &text)
{
    return fromText<Enum>(text.toStdString());
}

} // namespace dockerauto::core
