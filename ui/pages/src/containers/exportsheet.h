#pragma once

#include "common/formsheet.h"

#include <contracts/backend.h>
#include <contracts/plans.h>

namespace dockerauto::ui {

class CodeView;
class Label;
class LoadPane;
class SegmentedFilter;

/// A container as a compose file or a docker run command: to be read, copied and saved.
class ExportSheet : public FormSheet
{
    Q_OBJECT

public:
    ExportSheet(QWidget *parent, contracts::Backend &backend, const contracts::Container &container);

    /// Writes the text so that only the person who runs this program can read it.
    void saveTo(const QString &fileName);

Q_SIGNALS:
    /// The text was written; the sheet stays open.
    void saved(const QString &shownName);

protected:
    /// Asks where to save.
    void submit() override;

private:
    [[nodiscard]] core::ExportFormat format() const;
    void read();
    void show(const contracts::ContainerExport &text);
    void copy();

    contracts::Backend &m_backend;
    QString m_id;
    QString m_name;
    SegmentedFilter *m_format = nullptr;
    LoadPane *m_pane = nullptr;
    Button *m_copy = nullptr;
    /// The text as it came; empty while there is none.
    QString m_text;
    core::ExportFormat m_shown = core::ExportFormat::Compose;
    quint64 m_turn = 0;
};

} // namespace dockerauto::ui
