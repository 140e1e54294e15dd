#pragma once

#include <QByteArray>

#include <utility>

namespace dockerauto::core {

/// A password, token or key. Cannot be printed, compared or converted by accident; the bytes are overwritten
/// when the last owner lets go of them.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray bytes) : m_bytes(std::move(bytes)) {}
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(const Secret &) = default;
    Secret &operator=(Secret &&) noexcept = default;
    ~Secret() { wipe(); }

    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    /// The bytes themselves, for the one place that needs them.
    [[nodiscard]] const QByteArray &reveal() const { return m_bytes; }

private:
    void wipe()
    {
        if (m_bytes.isDetached()) {
            volatile char *bytes = m_bytes.data();
            for (qsizetype i = 0; i < m_bytes.size(); ++i) {
                bytes[i] = 0;
            }
        }
    }

    QByteArray m_bytes;
};

} // namespace dockerauto::core
