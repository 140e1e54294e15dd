#pragma once

#include <QString>

class QVBoxLayout;
class QWidget;

namespace dockerauto::ui {

class Card;

/// Gives the card a line with its title, and `right` at the end of it. What is added to the answer stands
/// below.
QVBoxLayout *cardLayout(Card *card, const QString &title, QWidget *right = nullptr);

} // namespace dockerauto::ui
