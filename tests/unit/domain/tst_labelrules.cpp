#include <QTest>

class TestLabelrules : public QObject
{
    Q_OBJECT
};

QTEST_APPLESS_MAIN(TestLabelrules)
#include "tst_labelrules.moc"
