#include "spanfield.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr int mostNumber = 525'600;

qint64 secondsOf(SpanField::Unit unit)
{
    switch (unit) {
    case SpanField::Unit::Weeks:
        return 604'800;
    case SpanField::Unit::Days:
        return 86'400;
    case SpanField::Unit::Hours:
        return 3'600;
    case SpanField::Unit::Minutes:
        return 60;
    case SpanField::Unit::Seconds:
        return 1;
    }
    return 1;
}

QString nameOf(SpanField::Unit unit)
{
    switch (unit) {
    case SpanField::Unit::Weeks:
        return SpanField::tr("weeks");
    case SpanField::Unit::Days:
        return SpanField::tr("days");
    case SpanField::Unit::Hours:
        return SpanField::tr("hours");
    case SpanField::Unit::Minutes:
        return SpanField::tr("minutes");
    case SpanField::Unit::Seconds:
        return SpanField::tr("seconds");
    }
    return {};
}

} // namespace

SpanField::SpanField(const QString &name, const std::vector<Unit> &units, Unit usual, QWidget *parent)
    : QWidget(parent), m_number(new QLineEdit), m_unit(new QComboBox), m_usual(secondsOf(usual))
{
    setAccessibleName(name);
    m_number->setFixedHeight(32);
    m_number->setValidator(new QIntValidator(0, mostNumber, m_number));
    m_number->setAccessibleName(name);
    m_unit->setFixedHeight(32);
    m_unit->setAccessibleName(tr("Unit of: %1").arg(name));
    for (const Unit unit : units) {
        m_units.push_back(secondsOf(unit));
        m_unit->addItem(nameOf(unit), m_units.back());
    }
    m_unit->setCurrentIndex(m_unit->findData(m_usual));
    connect(m_number, &QLineEdit::textChanged, this, &SpanField::changed);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &SpanField::changed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_number, 1);
    row->addWidget(m_unit);
    setFocusProxy(m_number);
}

void SpanField::setSeconds(const std::optional<qint64> &seconds)
{
    const qint64 span = seconds.value_or(0);
    const auto fits =
        std::ranges::find_if(m_units, [span](qint64 unit) { return span > 0 && span % unit == 0; });
    const qint64 chosen = span == 0 ? m_usual : fits == m_units.end() ? m_units.back() : *fits;
    m_unit->setCurrentIndex(m_unit->findData(chosen));
    m_number->setText(seconds ? QString::number((span + chosen - 1) / chosen) : QString());
}

std::optional<qint64> SpanField::seconds() const
{
    const QString text = m_number->text().trimmed();
    return text.isEmpty() ? std::nullopt
                          : std::optional(text.toLongLong() * m_unit->currentData().toLongLong());
}

} // namespace dockerauto::ui
