#pragma once

#include "linesedit.h"

#include <QString>

namespace dockerauto::ui {

/// Text for machines, to be read and copied as it is. Tab leaves it.
class CodeView : public LinesEdit
{
    Q_OBJECT

public:
    /// `name`: what it is, for those who do not see it. `height` in pixels.
    CodeView(const QString &name, int height, QWidget *parent = nullptr);

    void setCode(const QString &code);
    /// As it was given; characters that mislead are replaced only where it is shown.
    [[nodiscard]] const QString &code() const { return m_code; }

private:
    QString m_code;
};

} // namespace dockerauto::ui
