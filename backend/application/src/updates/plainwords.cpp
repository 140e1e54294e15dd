#include "plainwords.h"

#include <QRegularExpression>

namespace dockerauto::application {

QString plainWords(const core::Error &error)
{
    QString text = error.text().trimmed();
    static const QRegularExpression taken(
        QStringLiteral("The container name \"/?([^\"]+)\" is already in use by container \"([0-9a-f]{12})"));
    if (const auto match = taken.match(text); match.hasMatch()) {
        return QStringLiteral("Another container (%1) has taken the name “%2” meanwhile")
            .arg(match.captured(2), match.captured(1));
    }
    static const QRegularExpression gone(QStringLiteral("^No such container: "));
    if (gone.match(text).hasMatch()) {
        return QStringLiteral("The container was removed by somebody else meanwhile");
    }
    while (text.endsWith(u'.') && !text.endsWith(QStringLiteral("..."))) {
        text.chop(1);
    }
    return text;
}

} // namespace dockerauto::application
