#include <QTest>

class TestWebhookpayload : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestWebhookpayload)
#include "tst_webhookpayload.moc"
