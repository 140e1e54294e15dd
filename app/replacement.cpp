#include "replacement.h"

#include "bootstrap/terminationsignals.h"

#include <application/updates/selfupdate.h>
#include <core/clock.h>
#include <core/logging.h>
#include <docker/dockerengine.h>

#include <QCoreApplication>
#include <QProcessEnvironment>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

namespace dockerauto::app {

using application::Replacement;
using namespace std::chrono_literals;

namespace {

core::Result<Replacement> readReplacement(const QProcessEnvironment &environment)
{
    const QString text = environment.value(QLatin1String(Replacement::variable));
    DOCKERAUTO_TRY_ASSIGN(json, core::parseJson(text.toStdString()));
    return Replacement::fromJson(json);
}

/// 0 when it is done, 1 when it is to be tried again.
int replace(const Replacement &replacement, docker::EngineAddress address, const std::stop_token &stop)
{
    docker::DockerEngine engine(std::move(address));
    const core::SystemClock clock;
    const auto replaced =
        application::replaceContainer(replacement, engine, clock, {core::Deadline::in(1h), stop});
    if (!replaced) {
        qCCritical(core::logUpdate).noquote() << replaced.error().text();
    }
    return replaced ? 0 : 1;
}

} // namespace

int runReplacement(int &argc, char **argv)
{
    core::startLogging({});
    const auto environment = QProcessEnvironment::systemEnvironment();
    const auto replacement = readReplacement(environment);
    auto address = docker::EngineAddress::fromEnvironment(environment);
    if (argc != 2 || !replacement || !address) {
        std::fprintf(stderr,
            "docker-auto: %s is how this program calls itself to replace its own container: alone, and with "
            "what to replace in %s. People have no use for it; --help lists what there is.\n",
            Replacement::option, Replacement::variable);
        return 2;
    }
    QCoreApplication application(argc, argv);
    TerminationSignals signalsOfTheSystem;
    std::stop_source end;
    QObject::connect(
        &signalsOfTheSystem, &TerminationSignals::requested, &application, [&end] { end.request_stop(); });
    std::atomic<int> status = 1;
    std::jthread worker([&] {
        status = replace(*replacement, std::move(*address), end.get_token());
        QMetaObject::invokeMethod(&application, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QCoreApplication::exec();
    worker.join();
    return status;
}

} // namespace dockerauto::app
