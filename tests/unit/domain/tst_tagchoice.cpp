#include <QTest>

class TestTagchoice : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestTagchoice)
#include "tst_tagchoice.moc"
