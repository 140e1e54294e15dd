#include "server.h"

#include "bootstrap/terminationsignals.h"
#include "composition/backendhost.h"
#include "replacement.h"

#include <application/updates/selfupdate.h>
#include <core/logging.h>

#include <QCoreApplication>

#include <cstdio>

namespace dockerauto::app {

tl::expected<Settings, int> beginProgram(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        arguments.append(QString::fromLocal8Bit(argv[i]));
    }
    if (arguments.contains(QLatin1String(application::Replacement::option))) {
        return tl::unexpected(runReplacement(argc, argv));
    }
    auto settings = readSettings(arguments, QProcessEnvironment::systemEnvironment());
    if (!settings) {
        std::fprintf(stderr, "docker-auto: %s\n", settings.error().text().toLocal8Bit().constData());
        return tl::unexpected(2);
    }
    if (settings->mode == Settings::Mode::ShowVersion) {
        std::puts("docker-auto " DOCKERAUTO_VERSION);
        return tl::unexpected(0);
    }
    if (settings->mode == Settings::Mode::ShowHelp) {
        std::fputs(helpText().toLocal8Bit().constData(), stdout);
        return tl::unexpected(0);
    }
    core::startLogging({.level = settings->logLevel, .format = settings->logFormat});
    return std::move(*settings);
}

int runServer(int &argc, char **argv, const Settings &settings)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("docker-auto"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DOCKERAUTO_VERSION));
    TerminationSignals signalsOfTheSystem;
    QObject::connect(
        &signalsOfTheSystem, &TerminationSignals::requested, &application, &QCoreApplication::quit);

    auto backend = BackendHost::start(settings);
    if (!backend) {
        qCCritical(core::logApp).noquote() << backend.error().text();
        return 1;
    }
    if (auto listening = (*backend)->listen(); !listening) {
        qCCritical(core::logApp).noquote() << listening.error().text();
        return 1;
    }
    qCInfo(core::logApp).noquote() << "listening on" << (*backend)->listenUrl();
    const int status = QCoreApplication::exec();
    qCInfo(core::logApp) << "ending";
    return status;
}

} // namespace dockerauto::app
