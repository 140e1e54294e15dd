#pragma once

#include <QObject>
#include <QSet>

#include <map>
#include <vector>

class QMenu;
class QSettings;
class QTreeView;

namespace dockerauto::ui {

/// Which columns of the container table are shown and how wide: what the person chose, and of that what the
/// window has room for. The name never becomes narrower than 200 px: Uptime, Policy, Memory and CPU go in
/// that order. Remembers the choice.
class TableColumns : public QObject
{
    Q_OBJECT

public:
    static constexpr int smallestName = 200;

    /// `group` is where in the settings the choice is kept. Both must outlive this.
    TableColumns(QTreeView &view, QSettings &settings, QString group);

    /// Sets widths and hides what has no room in `width` pixels.
    void fit(int width);
    /// Shows or hides by the person's wish.
    void setWanted(int column, bool wanted);
    [[nodiscard]] bool isWanted(int column) const { return !m_hidden.contains(column); }
    void reset();
    void save() const;
    void restore();
    /// Columns to tick, and "Reset columns".
    void fillMenu(QMenu &menu);

private:
    void onResized(int column, int newSize);
    [[nodiscard]] int widthOf(int column, bool narrow) const;

    QTreeView &m_view;
    QSettings &m_settings;
    QString m_group;
    QSet<int> m_hidden;
    /// Set by dragging.
    std::map<int, int> m_ownWidths;
    int m_width = 0;
    bool m_fitting = false;
};

} // namespace dockerauto::ui
