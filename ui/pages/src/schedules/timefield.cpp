#include "timefield.h"

#include <QKeyEvent>
#include <QRegularExpression>

namespace dockerauto::ui {

namespace {

const QString format = QStringLiteral("HH:mm");
constexpr int stepSeconds = 15 * 60;

} // namespace

TimeField::TimeField(const QString &text, QWidget *parent) : QLineEdit(text, parent)
{
    setFixedSize(64, 32);
    setMaxLength(5);
    setPlaceholderText(QStringLiteral("HH:MM"));
    connect(this, &QLineEdit::editingFinished, this, [this] {
        if (const QString written = clock(); written != this->text()) {
            setText(written);
        }
    });
}

QString TimeField::writtenOut(const QString &typed)
{
    static const QRegularExpression parts(QStringLiteral("^(\\d{1,2})(?:[:.]?(\\d{1,2}))?$"));
    QString text = typed.trimmed();
    // Of three digits the first one is the hour.
    if (text.size() == 3 && text.front().isDigit() && text.at(1).isDigit() && text.at(2).isDigit()) {
        text.prepend(QLatin1Char('0'));
    }
    const QRegularExpressionMatch match = parts.match(text);
    const int hour = match.captured(1).toInt();
    const int minute = match.captured(2).toInt();
    if (!match.hasMatch() || minute > 59 || hour > 24 || (hour == 24 && minute > 0)) {
        return text;
    }
    return QStringLiteral("%1:%2").arg(hour, 2, 10, QLatin1Char('0')).arg(minute, 2, 10, QLatin1Char('0'));
}

QString TimeField::clock() const
{
    return writtenOut(text());
}

QTime TimeField::time() const
{
    return QTime::fromString(clock(), format);
}

void TimeField::setTime(QTime time)
{
    if (time != this->time()) {
        setText(time.toString(format));
    }
}

void TimeField::keyPressEvent(QKeyEvent *event)
{
    const bool up = event->key() == Qt::Key_Up;
    if ((up || event->key() == Qt::Key_Down) && time().isValid()) {
        setText(time().addSecs(up ? stepSeconds : -stepSeconds).toString(format));
        Q_EMIT textEdited(text());
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace dockerauto::ui
