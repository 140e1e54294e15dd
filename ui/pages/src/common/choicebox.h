#pragma once

#include <models/rulewords.h>

#include <QComboBox>
#include <QVariant>

#include <optional>

namespace dockerauto::ui {

/// A box to choose from whose list says below each choice what it means. May have a first choice for "not
/// set".
class ChoiceBox : public QComboBox
{
    Q_OBJECT

public:
    explicit ChoiceBox(QWidget *parent = nullptr);

    enum class Availability
    {
        Available,
        /// Stays in the list, but cannot be taken; the meaning says why.
        Unavailable
    };

    /// The choice that stands for nothing; must be added first.
    void addUnset(const QString &text);
    void setUnsetMeaning(const QString &meaning);
    template <class Value>
    void add(Value value, const Choice &choice, const QString &icon = {},
        Availability availability = Availability::Available)
    {
        addRow(static_cast<int>(value), choice, icon, availability);
    }

    template <class Value>
    [[nodiscard]] std::optional<Value> value() const
    {
        const QVariant chosen = currentData();
        return chosen.isValid() ? std::optional(static_cast<Value>(chosen.toInt())) : std::nullopt;
    }
    template <class Value>
    void setValue(const std::optional<Value> &value)
    {
        setCurrentIndex(value ? findData(static_cast<int>(*value)) : 0);
    }
    /// Of the current choice.
    [[nodiscard]] QString meaning() const;

protected:
    void wheelEvent(QWheelEvent *event) override;

private:
    void addRow(int value, const Choice &choice, const QString &icon, Availability availability);
};

} // namespace dockerauto::ui
