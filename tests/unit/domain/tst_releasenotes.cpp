#include <QTest>

class TestReleasenotes : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestReleasenotes)
#include "tst_releasenotes.moc"
