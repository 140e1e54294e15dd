#include "frameguard.h"

#include <algorithm>

namespace dockerauto::api {

FrameGuard::Verdict FrameGuard::look(QByteArrayView bytes)
{
    qsizetype at = 0;
    while (at < bytes.size()) {
        if (m_part == Part::Payload) {
            const auto step = std::min<quint64>(m_length, static_cast<quint64>(bytes.size() - at));
            at += static_cast<qsizetype>(step);
            m_length -= step;
            if (m_length == 0) {
                m_part = Part::Opcode;
            }
            continue;
        }
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        Verdict verdict = Verdict::Fine;
        switch (m_part) {
        case Part::Opcode:
            m_part = Part::Length;
            break;
        case Part::Length:
            verdict = readLength(byte);
            break;
        case Part::ExtendedLength:
            m_length = (m_length << 8) | byte;
            if (--m_left == 0) {
                verdict = startMask();
            }
            break;
        case Part::Mask:
            if (--m_left == 0) {
                m_part = m_length == 0 ? Part::Opcode : Part::Payload;
            }
            break;
        case Part::Payload:
            break;
        }
        if (verdict != Verdict::Fine) {
            return verdict;
        }
    }
    return Verdict::Fine;
}

FrameGuard::Verdict FrameGuard::readLength(unsigned char byte)
{
    if ((byte & 0x80) == 0) {
        return Verdict::Unmasked;
    }
    const int length = byte & 0x7f;
    if (length < 126) {
        m_length = static_cast<quint64>(length);
        return startMask();
    }
    m_length = 0;
    m_left = length == 126 ? 2 : 8;
    m_part = Part::ExtendedLength;
    return Verdict::Fine;
}

FrameGuard::Verdict FrameGuard::startMask()
{
    if (m_length > m_maxPayload) {
        return Verdict::TooLarge;
    }
    m_left = 4;
    m_part = Part::Mask;
    return Verdict::Fine;
}

} // namespace dockerauto::api
