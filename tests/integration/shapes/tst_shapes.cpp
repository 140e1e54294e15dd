#include "workshop.h"

#include <QTest>

#include <atomic>
#include <set>
#include <thread>

using namespace dockerauto;

/// Every way to make a container that this engine knows, updated to an image that differs in all that images
/// bring, on a real engine.
class ShapesTest : public QObject
{
    Q_OBJECT

private:
    std::vector<shapes::Shape> m_shapes;
    std::vector<QString> m_verdicts;

private Q_SLOTS:
    void initTestCase();
    void shape_isMadeAgain_withNothingLost_data();
    void shape_isMadeAgain_withNothingLost();
    void cleanupTestCase();
};

void ShapesTest::initTestCase()
{
    const auto lab = testsupport::TestLab::fromEnvironment();
    QVERIFY2(lab, lab ? "" : qPrintable(lab.error().text()));
    const QString only = qEnvironmentVariable("DOCKER_AUTO_TEST_SHAPE");
    for (const auto &shapes : {shapes::configurationShapes(), shapes::hostShapes(), shapes::networkShapes(),
             shapes::storageShapes()}) {
        for (const shapes::Shape &shape : shapes) {
            if (only.isEmpty() || QString::fromStdString(shape.name) == only) {
                m_shapes.push_back(shape);
            }
        }
    }
    shapes::Workshop workshop(*lab);
    const auto prepared = workshop.prepare();
    QVERIFY2(prepared, prepared ? "" : qPrintable(prepared.error().text()));
    m_verdicts.resize(m_shapes.size());
    // The engine is what is waited for, so several at once.
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> workers;
    for (int i = 0; i < 6; ++i) {
        workers.emplace_back([&] {
            for (std::size_t at = next++; at < m_shapes.size(); at = next++) {
                m_verdicts[at] = workshop.judge(m_shapes[at], static_cast<int>(at));
            }
        });
    }
    workers.clear();
}

void ShapesTest::shape_isMadeAgain_withNothingLost_data()
{
    QTest::addColumn<std::size_t>("index");
    for (std::size_t i = 0; i < m_shapes.size(); ++i) {
        QTest::newRow(m_shapes[i].name.c_str()) << i;
    }
}

void ShapesTest::shape_isMadeAgain_withNothingLost()
{
    QFETCH(std::size_t, index);
    QVERIFY2(m_verdicts[index].isEmpty(), qPrintable(m_verdicts[index]));
}

void ShapesTest::cleanupTestCase()
{
    const auto faithful = std::count(m_verdicts.begin(), m_verdicts.end(), QString());
    qInfo("%d of %d shapes", static_cast<int>(faithful), static_cast<int>(m_shapes.size()));
}

QTEST_GUILESS_MAIN(ShapesTest)
#include "tst_shapes.moc"
