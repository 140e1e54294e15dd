#include <QTest>

class TestSemver : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestSemver)
#include "tst_semver.moc"
