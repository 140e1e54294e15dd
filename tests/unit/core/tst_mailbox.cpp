#include <core/mailbox.h>

#include <QTest>
#include <QThread>

#include <memory>
#include <thread>
#include <vector>

using dockerauto::core::Mailbox;

class MailboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void work_runsInOrder_inTheOwnersThread();
    void work_isDropped_whenClosed();
    void work_isDropped_whenTheOwnerGoes();
};

void MailboxTest::work_runsInOrder_inTheOwnersThread()
{
    const auto mailbox = std::make_shared<Mailbox>(this);
    std::vector<int> order;
    bool here = true;
    {
        const std::jthread other([&] {
            for (int i = 0; i < 100; ++i) {
                mailbox->post([&, i] {
                    order.push_back(i);
                    here &= QThread::currentThread() == thread();
                });
            }
        });
    }
    QVERIFY(order.empty());
    QTRY_COMPARE(order.size(), std::size_t(100));
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    QVERIFY(here);
    mailbox->close();
}

void MailboxTest::work_isDropped_whenClosed()
{
    Mailbox mailbox(this);
    mailbox.close();
    bool ran = false;
    mailbox.post([&] { ran = true; });
    QCoreApplication::processEvents();
    QVERIFY(!ran);
}

void MailboxTest::work_isDropped_whenTheOwnerGoes()
{
    auto owner = std::make_unique<QObject>();
    Mailbox mailbox(owner.get());
    bool ran = false;
    mailbox.post([&] { ran = true; });
    mailbox.close();
    owner.reset();
    QCoreApplication::processEvents();
    QVERIFY(!ran);
}

QTEST_GUILESS_MAIN(MailboxTest)
#include "tst_mailbox.moc"
