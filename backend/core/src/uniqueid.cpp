#include "core/uniqueid.h"

#include <QRandomGenerator>

#include <chrono>

namespace dockerauto::core {

QString newUniqueId()
{
    static constexpr char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
    using namespace std::chrono;
    const auto now =
        static_cast<quint64>(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
    QString id(26, Qt::Uninitialized);
    for (int i = 0; i < 10; ++i) {
        id[i] = QLatin1Char(alphabet[(now >> (5 * (9 - i))) & 31]);
    }
    quint64 random = 0;
    for (int i = 0; i < 16; ++i) {
        if (i % 12 == 0) {
            random = QRandomGenerator::system()->generate64();
        }
        id[10 + i] = QLatin1Char(alphabet[random & 31]);
        random >>= 5;
    }
    return id;
}

} // namespace dockerauto::core
