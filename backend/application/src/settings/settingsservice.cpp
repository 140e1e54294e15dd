#include "application/settings/settingsservice.h"

#include <contracts/codec.h>

namespace dockerauto::application {

using contracts::ServerSettings;
using core::CallContext;
using core::Result;

namespace {

const QString settingName = QStringLiteral("server");

Result<ServerSettings> read(ports::UnitOfWork &work)
{
    DOCKERAUTO_TRY_ASSIGN(stored, work.settings().get(settingName));
    if (!stored) {
        return ServerSettings{};
    }
    // A newer version may have known more.
    return contracts::decode<ServerSettings>(*stored, contracts::UnknownFields::Ignore);
}

} // namespace

SettingsService::SettingsService(ports::Storage &storage) : m_storage(storage) {}

void SettingsService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::GetSettings>(
        [this](const contracts::Nothing &, const CallEnvironment &environment) {
            return current(environment.context);
        });
    bus.handle<contracts::ChangeSettings>([this](const contracts::ServerSettingsChange &change,
                                              const CallEnvironment &environment) -> Result<ServerSettings> {
        ServerSettings settings;
        DOCKERAUTO_TRY(m_storage.write(
            [&](ports::UnitOfWork &work) -> Result<> {
                DOCKERAUTO_TRY_ASSIGN(before, read(work));
                settings = before;
                settings.hooksEnabled = change.hooksEnabled.value_or(before.hooksEnabled);
                return work.settings().set(settingName, contracts::encode(settings));
            },
            environment.context));
        return settings;
    });
}

Result<ServerSettings> SettingsService::current(const CallContext &context) const
{
    ServerSettings settings;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, read(work));
            settings = found;
            return {};
        },
        context));
    return settings;
}

} // namespace dockerauto::application
