#pragma once

#include <ports/calendarreader.h>
#include <ports/imageregistry.h>

namespace dockerauto::testsupport {

/// Nobody has credentials for anything.
class NoCredentials final : public ports::CredentialStore
{
public:
    core::Result<std::optional<ports::RegistryCredentials>> find(
        const QString &, const core::CallContext &) override
    {
        return std::nullopt;
    }
};

/// No calendar has events.
class NoCalendars final : public ports::CalendarReader
{
public:
    core::Result<std::vector<domain::TimeRange>> ranges(
        const QByteArray &, core::Timestamp, core::Timestamp) const override
    {
        return std::vector<domain::TimeRange>();
    }
};

} // namespace dockerauto::testsupport
