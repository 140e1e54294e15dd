#pragma once

#include "dispatched.h"

#include <application/eventfeed.h>
#include <application/registries/registryservice.h>
#include <contracts/events.h>
#include <security/sodiumsecretbox.h>
#include <security/systemrandomness.h>
#include <testsupport/manualclock.h>
#include <testsupport/memorystorage.h>

#include <QTest>

namespace dockerauto::test {

inline core::CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(30)), {}};
}

/// Docker's own configuration, where it matters here.
class FakeConfig final : public ports::CredentialStore
{
public:
    core::Result<std::optional<ports::RegistryCredentials>> find(
        const QString &registry, const core::CallContext &) override
    {
        if (registry == QLatin1String("ghcr.io")) {
            return ports::RegistryCredentials{.username = QStringLiteral("octocat"),
                .password = core::Secret("p"),
                .source = QStringLiteral("config.json")};
        }
        if (registry == QLatin1String("broken.example")) {
            return core::fail(core::ErrorCode::Unavailable, QStringLiteral("the helper is not installed"));
        }
        return std::nullopt;
    }
};

class FakeRegistry final : public ports::ImageRegistry
{
public:
    core::Result<ports::RemoteManifest> head(
        const domain::ImageReference &, const core::CallContext &) override
    {
        return core::fail(core::ErrorCode::Unsupported, QString());
    }
    core::Result<ports::RemoteManifest> get(
        const domain::ImageReference &, const core::CallContext &) override
    {
        return core::fail(core::ErrorCode::Unsupported, QString());
    }
    core::Result<std::vector<QString>> tags(
        const domain::ImageReference &, const core::CallContext &) override
    {
        return core::fail(core::ErrorCode::Unsupported, QString());
    }
    core::Result<QByteArray> blob(
        const domain::ImageReference &, const QString &, qsizetype, const core::CallContext &) override
    {
        return core::fail(core::ErrorCode::Unsupported, QString());
    }
    core::Result<ports::RegistryTest> test(
        const QString &registry, const QString &repository, const core::CallContext &) override
    {
        tested = registry + u' ' + repository;
        return ports::RegistryTest{true, true, QStringLiteral("It works")};
    }
    [[nodiscard]] std::vector<ports::RegistryTraffic> traffic() const override { return known; }

    QString tested;
    std::vector<ports::RegistryTraffic> known;
};

struct World
{
    World() { service.registerOperations(bus, registry); }

    testsupport::MemoryStorage storage;
    security::SystemRandomness randomness;
    testsupport::ManualClock clock;
    security::SodiumSecretBox box{{{"k1", core::Secret(QByteArray(32, 'k'))}}, "k1", randomness};
    FakeConfig config;
    FakeRegistry registry;
    application::EventFeed feed{clock};
    application::RegistryService service{storage, box, config, feed, clock};
    application::AuditTrail audit{storage, clock};
    application::OperationBus bus{audit, {.threads = 1, .maxQueued = 8, .timeout = std::chrono::seconds(5)}};
};

inline contracts::NewRegistry withPassword(const char *registry)
{
    contracts::NewRegistry request;
    request.registry = QString::fromLatin1(registry);
    request.username = QStringLiteral("me");
    request.password = QStringLiteral("hunter2");
    return request;
}

inline contracts::RegistryChange changeOf(const char *id)
{
    contracts::RegistryChange change;
    change.id = QString::fromLatin1(id);
    change.username = QStringLiteral("me");
    return change;
}

inline ports::RegistryTraffic trafficOf(const char *registry)
{
    ports::RegistryTraffic traffic;
    traffic.registry = QString::fromLatin1(registry);
    traffic.limit = 100;
    return traffic;
}

inline QString pem(char letter = 'x')
{
    const QByteArray der = QByteArray("\x30\x82\x01\x00", 4) + QByteArray(256, letter);
    return QStringLiteral("Subject: an example\n-----BEGIN CERTIFICATE-----\n") +
           QString::fromLatin1(der.toBase64()) + QStringLiteral("\n-----END CERTIFICATE-----\n");
}

} // namespace dockerauto::test

#define VERIFY_FAILS(expression, expectedCode, expectedPath)                                                 \
    do {                                                                                                     \
        const auto failing = (expression);                                                                   \
        QVERIFY2(!failing.has_value(), "it succeeded");                                                      \
        QCOMPARE(int(failing.error().code), int(expectedCode));                                              \
        QCOMPARE(failing.error().path, QString::fromLatin1(expectedPath));                                   \
    } while (false)
