#include "eventoutbox.h"

#include <core/json.h>

#include <QTest>

using namespace dockerauto;
using api::EventOutbox;

class EventOutboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void message_isWhole();
    void order_isKept_andWakesOnce();
    void overflow_becomesOneResync();
};

namespace {

contracts::Event madeEvent(quint64 seq, qsizetype size = 10)
{
    return {seq, contracts::topics::updates, QStringLiteral("t"),
        core::Timestamp(std::chrono::milliseconds(0)),
        core::Json{{"text", std::string(static_cast<std::size_t>(size), 'x')}}};
}

quint64 seqOf(const QString &message)
{
    return core::parseJson(message.toStdString())->at("seq").get<quint64>();
}

} // namespace

void EventOutboxTest::message_isWhole()
{
    const auto json = core::parseJson(api::eventText(madeEvent(7, 1)).toStdString());
    QVERIFY(json);
    QCOMPARE(core::writeJson(*json),
        std::string(
            R"({"payload":{"text":"x"},"seq":7,"time":"1970-01-01T00:00:00.000Z","topic":"updates","type":"t"})"));
}

void EventOutboxTest::order_isKept_andWakesOnce()
{
    int woken = 0;
    EventOutbox outbox(10'000, [&woken] { ++woken; });
    outbox.put(madeEvent(1));
    outbox.put(madeEvent(2));
    QCOMPARE(woken, 1);
    QCOMPARE(seqOf(*outbox.take()), 1U);
    QCOMPARE(seqOf(*outbox.take()), 2U);
    QVERIFY(!outbox.take());
    outbox.put(madeEvent(3));
    QCOMPARE(woken, 2);
}

void EventOutboxTest::overflow_becomesOneResync()
{
    EventOutbox outbox(2'000, [] {});
    for (quint64 seq = 1; seq <= 50; ++seq) {
        outbox.put(madeEvent(seq, 500));
    }
    const auto message = outbox.take();
    QVERIFY(message);
    QCOMPARE(seqOf(*message), 50U);
    QVERIFY(message->contains(QStringLiteral("\"resync\"")));
    outbox.put(madeEvent(51));
    QCOMPARE(seqOf(*outbox.take()), 51U);
    QVERIFY(!outbox.take());
}

QTEST_APPLESS_MAIN(EventOutboxTest)
#include "tst_eventoutbox.moc"
