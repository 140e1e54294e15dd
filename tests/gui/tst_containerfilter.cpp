#include "samples.h"

#include <models/containerfilter.h>

#include <QAbstractItemModelTester>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;
using ui::ContainerFilter;
using ui::ContainerModel;
using ui::QuickFilter;

class ContainerFilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void query_leavesWhatMatches_data();
    void query_leavesWhatMatches();
    void quickFilter_leavesItsKind_data();
    void quickFilter_leavesItsKind();
    void change_movesRowsInAndOut_whileFiltered();
    void groups_keepTheirOrder_whateverIsSorted();
    void sort_followsTheColumn_insideGroups();

private:
    [[nodiscard]] QStringList groupTitles() const;

    std::unique_ptr<ContainerModel> m_model;
    std::unique_ptr<ContainerFilter> m_filter;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void ContainerFilterTest::init()
{
    m_model = std::make_unique<ContainerModel>(nullptr, sampleNow);
    m_filter = std::make_unique<ContainerFilter>(*m_model);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_filter.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setContainers(sampleContainers());
}

void ContainerFilterTest::cleanup()
{
    m_tester.reset();
    m_filter.reset();
    m_model.reset();
}

QStringList ContainerFilterTest::groupTitles() const
{
    QStringList titles;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        titles
            << m_filter->index(row, 0).data(ContainerModel::GroupRole).value<const ui::GroupEntry *>()->title;
    }
    return titles;
}

void ContainerFilterTest::query_leavesWhatMatches_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("shown");
    QTest::newRow("nothing typed") << "" << 21;
    QTest::newRow("name") << "nextcloud-db" << 1;
    QTest::newRow("name in any case") << "JellyFin" << 1;
    QTest::newRow("image") << "linuxserver" << 3;
    QTest::newRow("label") << "io.hass.type=core" << 1;
    QTest::newRow("port of the host") << "8123" << 1;
    QTest::newRow("port with protocol") << "1883/tcp" << 1;
    QTest::newRow("two words") << "grafana loki" << 1;
    QTest::newRow("status") << "status:unhealthy" << 1;
    QTest::newRow("status stopped") << "status:stopped" << 1;
    QTest::newRow("major") << "update:major" << 1;
    QTest::newRow("any update") << "update:available" << 12;
    QTest::newRow("pinned") << "update:pinned" << 1;
    QTest::newRow("not checked") << "update:notchecked" << 1;
    QTest::newRow("project") << "project:cloud" << 4;
    QTest::newRow("project and update") << "project:cloud update:minor" << 1;
    QTest::newRow("one of two projects") << "project:cloud project:git" << 6;
    QTest::newRow("token without a value") << "project:" << 21;
    QTest::newRow("nothing") << "postgers" << 0;
}

void ContainerFilterTest::query_leavesWhatMatches()
{
    QFETCH(QString, query);
    m_filter->setQuery(query);
    QTEST(m_filter->shownContainers(), "shown");
    m_filter->setQuery({});
    QCOMPARE(m_filter->shownContainers(), 21);
}

void ContainerFilterTest::quickFilter_leavesItsKind_data()
{
    QTest::addColumn<int>("filter");
    QTest::addColumn<int>("shown");
    QTest::newRow("all") << int(QuickFilter::All) << 21;
    QTest::newRow("updates") << int(QuickFilter::Updates) << 12;
    QTest::newRow("unhealthy") << int(QuickFilter::Unhealthy) << 1;
    QTest::newRow("stopped") << int(QuickFilter::Stopped) << 1;
}

void ContainerFilterTest::quickFilter_leavesItsKind()
{
    QFETCH(int, filter);
    m_filter->setQuickFilter(static_cast<QuickFilter>(filter));
    QTEST(m_filter->shownContainers(), "shown");
}

void ContainerFilterTest::change_movesRowsInAndOut_whileFiltered()
{
    m_filter->setQuickFilter(QuickFilter::Unhealthy);
    QCOMPARE(groupTitles(), QStringList{QStringLiteral("home")});
    contracts::Container container = sampleContainer(QStringLiteral("traefik"));
    container.health = QStringLiteral("unhealthy");
    m_model->upsert(container);
    QCOMPARE(groupTitles(), (QStringList{QStringLiteral("edge"), QStringLiteral("home")}));
    container.health.clear();
    m_model->upsert(container);
    QCOMPARE(groupTitles(), QStringList{QStringLiteral("home")});
}

void ContainerFilterTest::groups_keepTheirOrder_whateverIsSorted()
{
    const QStringList expected{QStringLiteral("cloud"), QStringLiteral("edge"), QStringLiteral("git"),
        QStringLiteral("home"), QStringLiteral("media"), QStringLiteral("monitoring"),
        QStringLiteral("No project")};
    QCOMPARE(groupTitles(), expected);
    m_filter->sort(ContainerModel::Uptime, Qt::DescendingOrder);
    QCOMPARE(groupTitles(), expected);
}

void ContainerFilterTest::sort_followsTheColumn_insideGroups()
{
    m_model->addMetrics(sampleMetrics(59));
    m_filter->sort(ContainerModel::Memory, Qt::DescendingOrder);
    const QModelIndex cloud = m_filter->index(0, 0);
    QCOMPARE(m_filter->index(0, 0, cloud).data().toString(), QStringLiteral("collabora"));
    QCOMPARE(m_filter->index(3, 0, cloud).data().toString(), QStringLiteral("nextcloud-redis"));
    m_filter->sort(ContainerModel::Name, Qt::DescendingOrder);
    QCOMPARE(m_filter->index(0, 0, cloud).data().toString(), QStringLiteral("nextcloud-redis"));
}

QTEST_MAIN(ContainerFilterTest)
#include "tst_containerfilter.moc"
