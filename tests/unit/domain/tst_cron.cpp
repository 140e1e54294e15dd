#include <QTest>

class TestCron : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestCron)
#include "tst_cron.moc"
