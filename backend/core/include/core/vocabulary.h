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
