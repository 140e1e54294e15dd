#pragma once

#include "common/formsheet.h"

#include <contracts/backend.h>
#include <contracts/updates.h>
#include <core/time.h>

class QCheckBox;

namespace dockerauto::ui {

/// Asks whether a finished update shall be undone, and says what is restored: the image of then, and, if the
/// person wants it, the volumes that were saved. Stays open when the backend does not take it.
class RollbackSheet : public FormSheet
{
    Q_OBJECT

public:
    /// `update` as `updates.get` answers it, with its saved volumes.
    RollbackSheet(
        QWidget *parent, contracts::Backend &backend, contracts::Update update, core::Timestamp now);

Q_SIGNALS:
    /// The operation that goes back has begun.
    void begun(const dockerauto::contracts::Update &operation);

protected:
    void submit() override;

private:
    void addImage();
    void addVolumes(core::Timestamp now);

    contracts::Backend &m_backend;
    contracts::Update m_update;
    QCheckBox *m_volumes = nullptr;
};

} // namespace dockerauto::ui
