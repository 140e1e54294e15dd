#include "snoozesheet.h"

#include <models/displaytext.h>

#include <QCalendarWidget>
#include <QDateEdit>
#include <QLocale>

namespace dockerauto::ui {

SnoozeSheet::SnoozeSheet(QWidget *parent, const QString &name, core::Timestamp now)
    : FormSheet(parent, tr("Offer no update of %1 until…").arg(name), tr("Snooze"))
{
    setObjectName(QStringLiteral("snoozeSheet"));
    const QDate today = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count()).date();
    m_day = new QDateEdit(today.addDays(14));
    m_day->setObjectName(QStringLiteral("snoozeDay"));
    m_day->setCalendarPopup(true);
    m_day->setDateRange(today.addDays(1), today.addDays(365));
    QString format = QLocale().dateFormat(QLocale::ShortFormat);
    if (!format.contains(QLatin1String("yyyy"))) {
        format.replace(QLatin1String("yy"), QLatin1String("yyyy"));
    }
    m_day->setDisplayFormat(format);
    m_day->setFixedHeight(32);
    m_day->calendarWidget()->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    addField(QStringLiteral("until"), tr("Until the beginning of"), m_day,
        tr("A newer version that comes before is not offered either."));
    finishLayout(m_day);
}

void SnoozeSheet::submit()
{
    const QDateTime start = m_day->date().startOfDay();
    Q_EMIT chosen(core::Timestamp(std::chrono::milliseconds(start.toMSecsSinceEpoch())));
    accept();
}

} // namespace dockerauto::ui
