#pragma once

#include <contracts/backend.h>
#include <models/containermodel.h>
#include <ui/toast.h>

#include <QObject>

#include <vector>

class QWidget;

namespace dockerauto::ui {

/// What a person can do with containers: asks where it is due, calls the backend, says how it went in a
/// notice over the page. Works on ids, since entries may be gone by the time of the answer.
class ContainerActions : public QObject
{
    Q_OBJECT

public:
    /// `page` is where sheets and notices appear.
    ContainerActions(contracts::Backend &backend, ContainerModel &model, QWidget *page);

    void start(const QString &id);
    /// With Undo in the notice.
    void stop(const QString &id);
    void restart(const std::vector<QString> &ids);
    void pause(const QString &id);
    void unpause(const QString &id);
    /// With Undo in the notice.
    void setPolicy(const QString &id, core::UpdatePolicy policy);
    /// Opens the sheet with all rules of the container.
    void editRules(const QString &id);
    /// The candidate is not offered any more, with Undo in the notice.
    void skip(const QString &id);
    /// No update is offered until then, with Undo in the notice.
    void snooze(const QString &id, core::Timestamp until);
    /// Asks for the day first.
    void askSnooze(const QString &id);
    /// Takes back what was skipped, snoozed or put into quarantine; with Undo where there is a way back.
    void offerAgain(const QString &id);
    /// Shows what an update of the container would do and begins it when the person says yes; without an
    /// update, a notice says why there is none.
    void review(const QString &id);
    /// review() for one; for several shows what would be updated, from what to what, and starts it when the
    /// person says yes. Containers without an update are left out.
    void confirmUpdate(const std::vector<QString> &ids);
    /// Opens the sheet with the container as text.
    void exportText(const QString &id);
    void copy(const QString &text, const QString &what);
    [[nodiscard]] core::Timestamp now() const { return m_model.now(); }

    /// False while there is no connection: nothing would be heard.
    [[nodiscard]] bool isEnabled() const;
    /// True when the container has an update that is not running yet.
    [[nodiscard]] static bool canUpdate(const ContainerEntry &entry);
    /// True when there is a candidate that is neither skipped nor in quarantine.
    [[nodiscard]] static bool canSkip(const contracts::Container &container);

    void showNotice(const QString &text, const QString &icon = {});
    void showFailure(const QString &text);

Q_SIGNALS:
    /// The backend has taken updates on.
    void updatesStarted(const QStringList &updateIds);

private:
    template <class Op>
    void control(const QString &id, const QString &done, std::function<void()> undo = {});
    template <class Op>
    void change(const typename Op::Request &request, const ToastContent &done);
    void restoreRules(const QString &id, const contracts::UpdateRules &rules);
    void startUpdates(const std::vector<QString> &ids);
    void tellStarted(const contracts::StartedUpdates &started);
    [[nodiscard]] QString nameOf(const QString &id) const;

    contracts::Backend &m_backend;
    ContainerModel &m_model;
    QWidget *m_page;
};

} // namespace dockerauto::ui
