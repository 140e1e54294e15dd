#pragma once

#include <contracts/backend.h>
#include <models/containermodel.h>

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
    void setPolicy(const QString &id, core::UpdatePolicy policy);
    /// Shows what would be updated, from what to what, and starts it when the person says yes. Containers
    /// without an update are left out.
    void confirmUpdate(const std::vector<QString> &ids);
    void copy(const QString &text, const QString &what);

    /// False while there is no connection: nothing would be heard.
    [[nodiscard]] bool isEnabled() const;
    /// True when the container has an update that is not running yet.
    [[nodiscard]] static bool canUpdate(const ContainerEntry &entry);

    void showNotice(const QString &text, const QString &icon = {});
    void showFailure(const QString &text);

Q_SIGNALS:
    /// The backend has taken updates on.
    void updatesStarted(const QStringList &updateIds);

private:
    template <class Op>
    void control(const QString &id, const QString &done, std::function<void()> undo = {});
    void startUpdates(const std::vector<QString> &ids);
    [[nodiscard]] QString nameOf(const QString &id) const;

    contracts::Backend &m_backend;
    ContainerModel &m_model;
    QWidget *m_page;
};

} // namespace dockerauto::ui
