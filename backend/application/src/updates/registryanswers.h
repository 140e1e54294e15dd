#pragma once

#include <core/clock.h>
#include <domain/digestcomparison.h>
#include <ports/imageregistry.h>

#include <QString>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace dockerauto::application {

/// Answers by key. Who asks for what is being asked for already waits for that answer instead of asking
/// again. Thread-safe.
template <class Answer>
class SharedAnswers
{
public:
    using Moment = std::chrono::steady_clock::time_point;
    using Ask = std::function<core::Result<Answer>()>;

    /// The kept answer when it was asked for at `notBefore` or later, else a new one. Failures are kept as
    /// well: whoever asks in the same check is told the same.
    core::Result<Answer> get(const QString &key, Moment notBefore, const core::Clock &clock,
        const core::CallContext &context, const Ask &ask)
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            auto found = m_entries.find(key);
            if (found == m_entries.end()) {
                break;
            }
            if (found->second.answer) {
                if (found->second.askedAt >= notBefore) {
                    return *found->second.answer;
                }
                break;
            }
            if (!m_arrived.wait_until(lock, context.stop, context.deadline.at(), [&] {
                    const auto now = m_entries.find(key);
                    return now == m_entries.end() || now->second.answer.has_value();
                })) {
                lock.unlock();
                DOCKERAUTO_TRY(context.check());
                return core::fail(core::ErrorCode::Timeout, QStringLiteral("The time for this ran out"));
            }
        }
        m_entries.insert_or_assign(key, Entry{clock.steadyNow(), std::nullopt});
        lock.unlock();
        auto answer = ask();
        lock.lock();
        // Only this check was cut off; the next one must not be told so.
        if (!answer && answer.error().code == core::ErrorCode::Cancelled) {
            m_entries.erase(key);
        } else {
            m_entries.at(key).answer = answer;
        }
        m_arrived.notify_all();
        return answer;
    }

    /// Forgets what was asked for earlier.
    void forgetBefore(Moment moment)
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_entries,
            [moment](const auto &entry) { return entry.second.answer && entry.second.askedAt < moment; });
    }

private:
    struct Entry
    {
        Moment askedAt;
        std::optional<core::Result<Answer>> answer;
    };
    std::mutex m_mutex;
    std::condition_variable_any m_arrived;
    std::map<QString, Entry> m_entries;
};

/// What registries said, asked once for all containers that want to know the same. Thread-safe.
class RegistryAnswers
{
public:
    using Moment = std::chrono::steady_clock::time_point;
    using Tags = std::shared_ptr<const std::vector<QString>>;

    RegistryAnswers(ports::ImageRegistry &registry, const core::Clock &clock);

    /// What the reference stands for, not older than `notBefore`.
    core::Result<ports::RemoteManifest> head(
        const domain::ImageReference &image, Moment notBefore, const core::CallContext &context);
    core::Result<Tags> tags(
        const domain::ImageReference &image, Moment notBefore, const core::CallContext &context);
    /// The manifest or index under a digest, which never changes.
    core::Result<ports::RemoteManifest> manifest(
        const domain::ImageReference &image, const core::CallContext &context);
    /// The platform that the config of an image names.
    core::Result<domain::Platform> platform(
        const domain::ImageReference &image, const QString &configDigest, const core::CallContext &context);
    /// How the registry of the image may be used now.
    [[nodiscard]] std::optional<ports::RegistryTraffic> traffic(const domain::ImageReference &image) const;
    /// Forgets what no check will ask for again.
    void tidy();

private:
    ports::ImageRegistry &m_registry;
    const core::Clock &m_clock;
    SharedAnswers<ports::RemoteManifest> m_heads;
    SharedAnswers<Tags> m_tags;
    SharedAnswers<ports::RemoteManifest> m_manifests;
    SharedAnswers<domain::Platform> m_platforms;
};

} // namespace dockerauto::application
