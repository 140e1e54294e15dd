#include <QTest>

class TestTimewindow : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestTimewindow)
#include "tst_timewindow.moc"
