#pragma once

#include <QMetaObject>
#include <QObject>

#include <functional>
#include <mutex>
#include <utility>

namespace dockerauto::core {

/// How another thread hands work to the thread of a QObject that may be gone by then. Shared by pointer
/// between the owner, which closes it in its destructor, and those who post.
class Mailbox
{
public:
    explicit Mailbox(QObject *owner) : m_owner(owner) {}

    /// Runs `work` later in the owner's thread, in the order of posting. Not at all when the owner has closed
    /// the mailbox or is destroyed first. From any thread.
    void post(std::function<void()> work)
    {
        const std::lock_guard lock(m_mutex);
        if (m_owner) {
            QMetaObject::invokeMethod(m_owner, std::move(work), Qt::QueuedConnection);
        }
    }

    /// From the owner's thread, before the owner goes.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_owner = nullptr;
    }

private:
    std::mutex m_mutex;
    QObject *m_owner;
};

} // namespace dockerauto::core
