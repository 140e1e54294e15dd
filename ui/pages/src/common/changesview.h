#pragma once

#include "loadpane.h"

#include <contracts/backend.h>

class QUrl;

namespace dockerauto::ui {

/// What the candidate of a container would change: versions, size, layers, configuration, release notes. Read
/// from the registry when a container is set.
class ChangesView : public LoadPane
{
    Q_OBJECT

public:
    explicit ChangesView(contracts::Backend &backend, QWidget *parent = nullptr);

    /// Reads it, unless it is the one shown; a container without id or candidate shows that nothing is known.
    void setContainer(const contracts::Container &container);

private:
    void read();

    contracts::Backend &m_backend;
    QString m_id;
    /// From which image to which: what is shown or asked about.
    QString m_pair;
    quint64 m_turn = 0;
};

/// Versions, size and layers.
[[nodiscard]] QWidget *imageFactsWidget(const contracts::ImageChanges &changes);
/// Every field of the image's configuration that differs.
[[nodiscard]] QWidget *imageConfigWidget(const contracts::ImageChanges &changes);
/// Opens the release notes in the browser; null when nobody tells where they are.
[[nodiscard]] QWidget *releaseNotesLink(const contracts::ImageChanges &changes);
/// All of it as one column.
[[nodiscard]] QWidget *changesWidget(const contracts::ImageChanges &changes);
/// The address, when it is one that a browser may be sent to: http or https.
[[nodiscard]] QUrl releaseNotesUrl(const contracts::ImageChanges &changes);

} // namespace dockerauto::ui
