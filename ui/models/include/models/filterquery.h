#pragma once

#include <QString>
#include <QStringList>

namespace dockerauto::ui {

struct ContainerEntry;

/// What a person typed into the filter of the containers: words that must all be there, and tokens
/// `status:unhealthy`, `update:major`, `project:cloud`. Case does not matter; the words of the tokens are the
/// English ones of the contract, and those that the table shows.
struct FilterQuery
{
    QStringList words;
    QStringList statuses;
    QStringList updates;
    QStringList projects;

    static FilterQuery parse(const QString &text);
    [[nodiscard]] bool matches(const ContainerEntry &entry) const;
    [[nodiscard]] bool isEmpty() const;
};

} // namespace dockerauto::ui
