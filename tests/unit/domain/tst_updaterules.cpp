#include <QTest>

class TestUpdaterules : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestUpdaterules)
#include "tst_updaterules.moc"
