#pragma once

#include <QLineEdit>
#include <QTime>

namespace dockerauto::ui {

/// A time of day, `02:00`. Takes what people type (`2`, `230`, `2:5`) and writes it out when it is left; Up
/// and Down move by a quarter of an hour.
class TimeField : public QLineEdit
{
    Q_OBJECT

public:
    explicit TimeField(const QString &text, QWidget *parent = nullptr);

    /// Written out when it can be read, as typed otherwise.
    [[nodiscard]] QString clock() const;
    /// Invalid for what is no time; 24:00 is none.
    [[nodiscard]] QTime time() const;
    void setTime(QTime time);

    /// `2` → `02:00`; what cannot be read stays.
    [[nodiscard]] static QString writtenOut(const QString &typed);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace dockerauto::ui
