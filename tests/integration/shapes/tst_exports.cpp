#include "workshop.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

using namespace dockerauto;

/// Every way to make a container that this engine knows, written down as a `docker run` command and made
/// again by it. What the command can't say, the export says in words.
class ExportsTest : public QObject
{
    Q_OBJECT

private:
    std::vector<shapes::Shape> m_shapes;
    std::vector<shapes::Workshop::Exported> m_verdicts;

private Q_SLOTS:
    void initTestCase();
    void shape_isMadeAgain_byTheCommand_data();
    void shape_isMadeAgain_byTheCommand();
    void cleanupTestCase();
};

void ExportsTest::initTestCase()
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
                m_verdicts[at] = workshop.judgeExport(m_shapes[at], static_cast<int>(at));
            }
        });
    }
    workers.clear();
}

void ExportsTest::shape_isMadeAgain_byTheCommand_data()
{
    QTest::addColumn<std::size_t>("index");
    for (std::size_t i = 0; i < m_shapes.size(); ++i) {
        QTest::newRow(m_shapes[i].name.c_str()) << i;
    }
}

void ExportsTest::shape_isMadeAgain_byTheCommand()
{
    QFETCH(std::size_t, index);
    const auto &verdict = m_verdicts[index];
    if (!verdict.wrong.isEmpty()) {
        qInfo().noquote() << verdict.wrong << QStringList(verdict.notes.begin(), verdict.notes.end());
    }
    const bool said = !verdict.notes.empty() && !verdict.wrong.startsWith(QStringLiteral("could not"));
    QVERIFY2(verdict.wrong.isEmpty() || said, qPrintable(verdict.wrong));
}

void ExportsTest::cleanupTestCase()
{
    const auto same =
        std::ranges::count_if(m_verdicts, [](const auto &verdict) { return verdict.wrong.isEmpty(); });
    qInfo("%d of %d shapes are the same, the others say what is not", static_cast<int>(same),
        static_cast<int>(m_shapes.size()));
}

QTEST_GUILESS_MAIN(ExportsTest)
#include "tst_exports.moc"
