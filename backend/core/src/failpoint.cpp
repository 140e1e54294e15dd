#include "core/failpoint.h"

#ifdef DOCKERAUTO_FAILPOINTS

#include <QByteArray>
#include <QDeadlineTimer>
#include <QFile>
#include <QThread>

#include <csignal>

namespace dockerauto::core {

void failpoint(const char *name)
{
    static const QByteArray wanted = qgetenv("DOCKER_AUTO_FAILPOINT");
    const QByteArray prefix = QByteArray(name) + ':';
    if (!wanted.startsWith(prefix)) {
        return;
    }
    const QByteArray action = wanted.mid(prefix.size());
    if (action == "kill") {
        std::raise(SIGKILL);
    }
    if (action.startsWith("hold:")) {
        static bool held = false;
        QFile mark(QFile::decodeName(action.mid(5)));
        if (held || !mark.open(QIODevice::WriteOnly)) {
            return;
        }
        held = true;
        mark.close();
        for (QDeadlineTimer minute(60'000); mark.exists() && !minute.hasExpired();) {
            QThread::msleep(5);
        }
    }
}

} // namespace dockerauto::core

#else

namespace dockerauto::core {

void failpoint(const char *) {}

} // namespace dockerauto::core

#endif
