#include "updates/plainwords.h"

#include <QTest>

using namespace dockerauto;

class PlainWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void engineSays_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("plain");
        QTest::newRow("name taken")
            << QStringLiteral("Conflict. The container name \"/demo\" is already in use by "
                              "container \"f7b607df4301982e8e77\". You have to remove (or rename) "
                              "that container to be able to reuse that name.")
            << QStringLiteral("Another container (f7b607df4301) has taken the name “demo” "
                              "meanwhile");
        QTest::newRow("name taken, at a rename")
            << QStringLiteral("Error when allocating new name: Conflict. The container name \"/demo\" is "
                              "already in use by container \"f7b607df4301982e8e77\". You have to remove it.")
            << QStringLiteral("Another container (f7b607df4301) has taken the name “demo” meanwhile");
        QTest::newRow("gone") << QStringLiteral("No such container: caca9f9fd9ac75fd98")
                              << QStringLiteral("The container was removed by somebody else meanwhile");
        QTest::newRow("anything else")
            << QStringLiteral("network net-1 not found.") << QStringLiteral("network net-1 not found");
        QTest::newRow("dots that belong")
            << QStringLiteral("Layers are still missing...") << QStringLiteral("Layers are still missing...");
    }
    void engineSays()
    {
        QFETCH(QString, said);
        QFETCH(QString, plain);
        QCOMPARE(application::plainWords({core::ErrorCode::Conflict, said, {}, {}}), plain);
    }
};

QTEST_GUILESS_MAIN(PlainWordsTest)
#include "tst_plainwords.moc"
