#pragma once

#include <contracts/backend.h>
#include <models/updatemodel.h>

#include <QObject>
#include <QSet>

#include <optional>
#include <vector>

namespace dockerauto::ui {

/// Tells an UpdateModel which containers have an update that is held back. Main thread; nothing waits. When
/// reading fails, what was known stays until the next resync or connection.
class HeldBackFeed : public QObject
{
    Q_OBJECT

public:
    HeldBackFeed(contracts::Backend &backend, UpdateModel &model, QObject *parent = nullptr);

    void reload();
    /// An answer that is newer than what was read.
    void take(contracts::Container container);

private:
    void readPage(quint64 turn, const std::optional<QString> &cursor);
    void onEvent(const contracts::Event &event);

    contracts::Backend &m_backend;
    UpdateModel &m_model;
    quint64 m_turn = 0;
    bool m_reading = false;
    std::vector<contracts::Container> m_read;
    /// What events brought meanwhile is newer than the pages.
    QSet<QString> m_newer;
};

} // namespace dockerauto::ui
