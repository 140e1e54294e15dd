#include <ui/translations.h>

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace dockerauto::ui {

bool installTranslations(QCoreApplication &application, const QLocale &locale)
{
    auto *ours = new QTranslator(&application);
    if (!ours->load(locale, QStringLiteral("docker-auto"), QStringLiteral("_"),
            QStringLiteral(":/dockerauto/translations"))) {
        delete ours;
        return false;
    }
    auto *qts = new QTranslator(&application);
    if (qts->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qts);
    else
        delete qts;
    return QCoreApplication::installTranslator(ours);
}

} // namespace dockerauto::ui
