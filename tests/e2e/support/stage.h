#pragma once

#include "eventstream.h"
#include "restclient.h"
#include "serverprocess.h"

#include <testsupport/testimages.h>
#include <testsupport/testlab.h>

#include <QTemporaryDir>

#include <memory>

/// Fails the test with what the Result says.
#define E2E_VERIFY(expression)                                                                               \
    do {                                                                                                     \
        if (const auto e2eResult = (expression); !e2eResult) {                                               \
            QFAIL(qPrintable(e2eResult.error().text()));                                                     \
        }                                                                                                    \
    } while (false)

/// Declares `name` with the value of a Result, or fails the test with what it says.
#define E2E_GET(name, expression)                                                                            \
    auto name##Result = (expression);                                                                        \
    QVERIFY2(name##Result, name##Result ? "" : qPrintable(name##Result.error().text()));                     \
    auto name = std::move(*name##Result)

namespace dockerauto::e2e {

/// A container as the engine shows it to `docker ps -a`.
struct Seen
{
    QString id;
    QString name;
    QString state;
};

/// A server on a data folder of its own against the lab's engine and registry, a client that is signed in,
/// and containers that are gone afterwards.
class Stage
{
public:
    static core::Result<std::unique_ptr<Stage>> make();
    ~Stage();
    Stage(const Stage &) = delete;
    Stage &operator=(const Stage &) = delete;

    testsupport::TestLab lab;
    testsupport::TestImages images;
    QTemporaryDir data;
    ServerProcess server;
    RestClient api;
    /// For the next start of the server, as core/failpoint.h has them.
    QString failpoint;
    /// Further options of the server.
    QStringList more;

    [[nodiscard]] ServerProcess::Options options() const;
    /// Starts the server and signs in, the first time; later starts use the token again. Waits for the
    /// engine.
    core::Result<> startServer();

    /// Publishes and runs; the container has a name of its own with `stem` in it.
    core::Result<QString> run(const QString &stem, const QString &image, const QStringList &arguments = {});
    /// Whatever has this name in it is removed at the end.
    void forget(const QString &name) { m_names.append(name); }
    /// Removed after the containers.
    void forgetNetwork(const QString &name) { m_networks.append(name); }

    /// What the engine has under names that contain `name`: temporary ones of an update too.
    [[nodiscard]] core::Result<std::vector<Seen>> containers(const QString &name) const;
    [[nodiscard]] core::Result<core::Json> inspect(const QString &name) const { return lab.inspect(name); }

    /// As the server describes the container of this name; waits until it knows it.
    core::Result<core::Json> described(const QString &name);
    /// Checks it and waits for the decision.
    core::Result<core::Json> checked(const QString &name);
    /// Checks and starts the update that is found. The value is its id.
    core::Result<QString> beginUpdate(const QString &name);
    /// Waits until it is final (or parked); the value is the update.
    core::Result<core::Json> ended(const QString &update, int milliseconds = 60'000);

private:
    explicit Stage(testsupport::TestLab given) : lab(given), images(given) {}

    QStringList m_names;
    QStringList m_networks;
};

/// A free port of this computer.
int freePort();

} // namespace dockerauto::e2e
