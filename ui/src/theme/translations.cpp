#include <ui/translations.h>

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace dockerauto::ui {

bool installTranslations(QCoreApplication &application, const QLocale &locale)
{
    // "1 container", "2 containers": the source texts alone cannot say that.
    auto *plurals = new QTranslator(&application);
    if (plurals->load(QStringLiteral(":/dockerauto/translations/docker-auto_en.qm")))
        QCoreApplication::installTranslator(plurals);
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return false;

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
