#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace dockerauto::ui {

/// One line of facts: a name and a value, or where it comes from and where it goes.
struct Fact
{
    enum class Style
    {
        Text,
        Mono
    };

    /// Empty: the value takes the whole width.
    QString name;
    QString value;
    Style style = Style::Text;
    /// When set, `value → target`.
    QString target = {};

    friend bool operator==(const Fact &, const Fact &) = default;
};

/// Names at the left, values that can be selected and copied at the right.
class FactList : public QWidget
{
    Q_OBJECT

public:
    explicit FactList(QWidget *parent = nullptr);

    /// Does nothing when they are the ones shown, so that a selection stays.
    void setFacts(const std::vector<Fact> &facts);
    [[nodiscard]] const std::vector<Fact> &facts() const { return m_facts; }

private:
    std::vector<Fact> m_facts;
    QWidget *m_content = nullptr;
};

} // namespace dockerauto::ui
