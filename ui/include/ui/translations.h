#pragma once

class QCoreApplication;
class QLocale;

namespace dockerauto::ui {

/// Installs the texts of `locale`, ours and Qt's own, when there are any; English otherwise. Call before the
/// first window. True when it is another language than English.
bool installTranslations(QCoreApplication &application, const QLocale &locale);

} // namespace dockerauto::ui
