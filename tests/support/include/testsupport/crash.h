#pragma once

#include <core/result.h>
#include <ports/storage.h>

#include <atomic>

namespace dockerauto::testsupport {

/// The moment at which a program dies: at the n-th thing that it does to the world, before or after that took
/// effect. From then on whatever it tries fails, as nothing that a dead program does can have an effect.
class Crash
{
public:
    enum class When
    {
        BeforeEffect,
        AfterEffect
    };

    void arm(int after, When when)
    {
        m_when = when;
        m_remaining = after;
        m_dead = false;
    }
    void disarm()
    {
        m_remaining = 0;
        m_dead = false;
    }
    [[nodiscard]] bool dead() const { return m_dead; }
    /// How many things were done since the last arm or disarm.
    [[nodiscard]] int count() const { return m_count; }

    /// Does `effect`, or not, or dies after it.
    template <class Effect>
    auto around(Effect effect) -> decltype(effect())
    {
        ++m_count;
        const bool now = m_remaining > 0 && --m_remaining == 0;
        if (m_dead || (now && m_when == When::BeforeEffect)) {
            m_dead = true;
            return gone();
        }
        auto result = effect();
        if (now) {
            m_dead = true;
            return gone();
        }
        return result;
    }
    static core::Failure gone()
    {
        return core::fail(core::ErrorCode::Unavailable, QStringLiteral("the program is dead"));
    }

private:
    std::atomic<int> m_remaining = 0;
    std::atomic<int> m_count = 0;
    std::atomic<bool> m_dead = false;
    When m_when = When::BeforeEffect;
};

/// A storage whose writes are moments at which the program can die.
class CrashingStorage final : public ports::Storage
{
public:
    CrashingStorage(ports::Storage &storage, Crash &crash) : m_storage(storage), m_crash(crash) {}

    core::Result<> write(const Work &work, const core::CallContext &context) override
    {
        return m_crash.around([&] { return m_storage.write(work, context); });
    }
    core::Result<> read(const Work &work, const core::CallContext &context) override
    {
        return m_crash.dead() ? core::Result<>(Crash::gone()) : m_storage.read(work, context);
    }

private:
    ports::Storage &m_storage;
    Crash &m_crash;
};

} // namespace dockerauto::testsupport
