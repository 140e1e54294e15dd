#include "frameguard.h"

#include <QTest>

using dockerauto::api::FrameGuard;
using Verdict = FrameGuard::Verdict;

class FrameGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void frames_areJudged_data();
    void frames_areJudged();
};

namespace {

QByteArray masked(qsizetype size)
{
    QByteArray frame("\x81");
    if (size < 126) {
        frame += static_cast<char>(0x80 | size);
    } else {
        frame += "\xfe";
        frame += static_cast<char>(size >> 8);
        frame += static_cast<char>(size & 0xff);
    }
    return frame + "mask" + QByteArray(size, 'x');
}

} // namespace

void FrameGuardTest::frames_areJudged_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char *name, const QByteArray &bytes, Verdict verdict) {
        QTest::newRow(name) << bytes << static_cast<int>(verdict);
    };
    row("masked", masked(5), Verdict::Fine);
    row("empty", masked(0), Verdict::Fine);
    row("several", masked(0) + masked(5) + masked(300) + masked(125), Verdict::Fine);
    row("as long as allowed", masked(1000), Verdict::Fine);
    row("too long", masked(1001), Verdict::TooLarge);
    row("unmasked", QByteArray("\x81\x05hello"), Verdict::Unmasked);
    row("unmasked after masked", masked(5) + QByteArray("\x81\x05hello"), Verdict::Unmasked);
    row("huge", QByteArray("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10), Verdict::TooLarge);
}

void FrameGuardTest::frames_areJudged()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, verdict);
    FrameGuard whole(1000);
    QCOMPARE(static_cast<int>(whole.look(bytes)), verdict);
    FrameGuard split(1000);
    Verdict last = Verdict::Fine;
    for (qsizetype i = 0; i < bytes.size() && last == Verdict::Fine; ++i) {
        last = split.look(QByteArrayView(bytes).sliced(i, 1));
    }
    QCOMPARE(static_cast<int>(last), verdict);
}

QTEST_APPLESS_MAIN(FrameGuardTest)
#include "tst_frameguard.moc"
