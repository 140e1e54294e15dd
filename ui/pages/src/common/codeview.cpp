#include "codeview.h"

#include <models/displaytext.h>

#include <QStringList>

namespace dockerauto::ui {

namespace {

constexpr qsizetype longestLine = 20'000;

} // namespace

CodeView::CodeView(const QString &name, int height, QWidget *parent) : LinesEdit(height, {}, parent)
{
    setAccessibleName(name);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void CodeView::setCode(const QString &code)
{
    m_code = code;
    QStringList lines = code.split(QLatin1Char('\n'));
    for (QString &line : lines) {
        line = harmless(line, longestLine);
    }
    setPlainText(lines.join(QLatin1Char('\n')));
}

} // namespace dockerauto::ui
