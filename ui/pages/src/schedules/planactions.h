#pragma once

#include "scheduleeditor.h"

#include <models/planningfeed.h>

#include <QObject>

class QMenu;

namespace dockerauto::ui {

/// What can be done with schedules, windows, freezes and policies: asks where it must, tells the backend, and
/// says what came of it. Sheets and toasts belong to the page.
class PlanActions : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this.
    PlanActions(
        QWidget &page, PlanningFeed &feed, Directory &directory, const ScheduleEditor::Surroundings &around);

    [[nodiscard]] bool isEnabled() const;

    void newSchedule();
    void newWindow();
    void newPolicy();
    /// For each: does nothing when there is no such thing any more.
    void edit(const QString &id);
    void runNow(const QString &id);
    void setEnabled(const QString &id, bool enabled);
    void remove(const QString &id);
    void fillMenu(QMenu &menu, const QString &id);

private:
    void editSchedule(const std::optional<contracts::Schedule> &schedule);
    void editWindow(const std::optional<contracts::Window> &window);
    void editPolicy(const std::optional<contracts::Policy> &policy);
    void say(const QString &text, const QString &icon = {});
    void sayError(const core::Error &error);
    template <class Op>
    void call(const typename Op::Request &request, const QString &done);
    void ask(const QString &title, const QString &text, const QString &name, std::function<void()> confirmed);

    QWidget &m_page;
    PlanningFeed &m_feed;
    Directory &m_directory;
    ScheduleEditor::Surroundings m_around;
};

} // namespace dockerauto::ui
