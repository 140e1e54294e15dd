#pragma once

#include <core/error.h>

#include <QString>
#include <QWidget>

class QVBoxLayout;

namespace dockerauto::ui {

class Banner;
class Label;

/// Something that is read when it is looked at: a line while it is read, what went wrong with ways to copy it
/// and to try again, or the content. Content that is there stays while it is read anew.
class LoadPane : public QWidget
{
    Q_OBJECT

public:
    /// `loading`: what is said meanwhile.
    explicit LoadPane(const QString &loading, QWidget *parent = nullptr);

    /// Takes away the content too: something else is looked at.
    void clear();
    void showLoading();
    /// `title`: what could not be done.
    void showError(const QString &title, const core::Error &error);
    /// The pane becomes the owner; the earlier content is deleted.
    void showContent(QWidget *content);

Q_SIGNALS:
    void retryRequested();

private:
    Label *m_loading = nullptr;
    Banner *m_error = nullptr;
    QString m_report;
    QWidget *m_content = nullptr;
};

} // namespace dockerauto::ui
