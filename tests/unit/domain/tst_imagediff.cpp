#include <QTest>

class TestImagediff : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestImagediff)
#include "tst_imagediff.moc"
