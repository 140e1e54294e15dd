#pragma once

#include <QByteArrayView>

namespace dockerauto::api {

/// Follows the frames of a WebSocket client (RFC 6455, section 5.2) as they come by, because Qt 6.4 takes
/// frames without a mask, and allocates what a frame's length says.
class FrameGuard
{
public:
    enum class Verdict
    {
        Fine,
        Unmasked,
        TooLarge
    };

    explicit FrameGuard(quint64 maxPayload) : m_maxPayload(maxPayload) {}

    /// Looks at the next bytes. After another verdict than Fine the connection has to end.
    Verdict look(QByteArrayView bytes);

private:
    enum class Part
    {
        Opcode,
        Length,
        ExtendedLength,
        Mask,
        Payload
    };

    Verdict readLength(unsigned char byte);
    Verdict startMask();

    quint64 m_maxPayload;
    Part m_part = Part::Opcode;
    quint64 m_length = 0;
    int m_left = 0;
};

} // namespace dockerauto::api
