#pragma once

class QWidget;

namespace dockerauto::test {

/// Pages that hold every widget of the program with the contents it was designed for, to be looked at.
QWidget *makeUpdateGallery();
QWidget *makeStateGallery();
QWidget *makeControlGallery();

} // namespace dockerauto::test
