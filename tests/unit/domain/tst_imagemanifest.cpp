#include <QTest>

class TestImagemanifest : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestImagemanifest)
#include "tst_imagemanifest.moc"
