#pragma once

#include "loadpane.h"

#include <contracts/backend.h>
#include <models/displaytext.h>

namespace dockerauto::ui {

/// Why a container is or is not updated: the decision, when it changes, the rules and where they come from,
/// what people have said, which tags were not taken. Read when a container is set.
class WhyView : public LoadPane
{
    Q_OBJECT

public:
    explicit WhyView(contracts::Backend &backend, TimeSource now, QWidget *parent = nullptr);

    /// Reads it; empty for none.
    void setContainer(const QString &id);
    /// Reads it again, while the old one stays.
    void reload();

private:
    contracts::Backend &m_backend;
    TimeSource m_now;
    QString m_id;
    quint64 m_turn = 0;
};

/// All of it as one column of texts.
[[nodiscard]] QWidget *explanationWidget(const contracts::Explanation &explanation, core::Timestamp now);

} // namespace dockerauto::ui
