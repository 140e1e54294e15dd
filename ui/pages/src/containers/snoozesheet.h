#pragma once

#include "common/formsheet.h"

#include <core/time.h>

class QDateEdit;

namespace dockerauto::ui {

/// Asks until which day no update is to be offered.
class SnoozeSheet : public FormSheet
{
    Q_OBJECT

public:
    SnoozeSheet(QWidget *parent, const QString &name, core::Timestamp now);

Q_SIGNALS:
    /// The beginning of the chosen day, here.
    void chosen(dockerauto::core::Timestamp until);

protected:
    void submit() override;

private:
    QDateEdit *m_day = nullptr;
};

} // namespace dockerauto::ui
