#include <QTest>

class TestUpdatedecision : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestUpdatedecision)
#include "tst_updatedecision.moc"
