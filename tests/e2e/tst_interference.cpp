#include "support/stage.h"

#include <QTest>

#include <algorithm>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::textOf;
using testsupport::ImageOptions;
using namespace std::chrono_literals;

namespace {

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

} // namespace

/// Somebody else changes containers while they are updated. What is theirs is left alone, the history says
/// what happened, and whatever it says is true.
class InterferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        m_stage->more = {QStringLiteral("--stable-seconds"), QStringLiteral("1")};
    }
    void cleanupTestCase() { m_stage.reset(); }

    void container_isRemoved_byHand_data();
    void container_isRemoved_byHand();
    void name_isTaken_bySomebodyElse();
    void network_isRemoved();

private:
    /// A container with a newer image, its update held at the point.
    void holdAt(const QString &point, const QStringList &arguments = {});
    void release();

    std::unique_ptr<Stage> m_stage;
    int m_count = 0;
    QString m_name;
    QString m_mark;
    QString m_update;
    QString m_oldId;
    QString m_oldImage;
    QString m_newImage;
};

void InterferenceTest::holdAt(const QString &point, const QStringList &arguments)
{
    const QString repository = QStringLiteral("interference/%1").arg(++m_count);
    ImageOptions options{.repository = repository, .marker = QStringLiteral("old")};
    E2E_GET(first, m_stage->images.publishAndPull(options));
    E2E_GET(name, m_stage->run(QStringLiteral("touched"), first.reference,
                      words("--restart unless-stopped") + arguments));
    E2E_GET(before, m_stage->inspect(name));
    options.marker = QStringLiteral("new");
    E2E_GET(second, m_stage->images.publish(options));
    m_name = name;
    m_oldId = textOf(before, "Id");
    m_oldImage = first.imageId;
    m_newImage = second.imageId;
    m_mark = m_stage->data.filePath(QStringLiteral("held"));
    if (m_stage->server.isRunning()) {
        E2E_VERIFY(m_stage->server.terminate(10s));
    }
    m_stage->failpoint = QStringLiteral("%1:hold:%2").arg(point, m_mark);
    E2E_VERIFY(m_stage->startServer());
    E2E_GET(update, m_stage->beginUpdate(name));
    m_update = update;
    QVERIFY2(QTest::qWaitFor([&] { return QFile::exists(m_mark); }, 60'000), "the moment never came");
}

void InterferenceTest::release()
{
    QVERIFY(QFile::remove(m_mark));
}

void InterferenceTest::container_isRemoved_byHand_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<bool>("removesNew");
    QTest::addColumn<QStringList>("ends");
    const auto row = [](const char *point, bool removesNew, const char *ends) {
        QTest::addRow("%s, %s", point, removesNew ? "the new one" : "the old one")
            << QString::fromLatin1(point) << removesNew << words(ends);
    };
    row("pull.begun", false, "failed");
    row("rename.intended", false, "failed");
    row("rename.called", false, "succeeded");
    row("create.called", false, "succeeded");
    row("stop.called", false, "succeeded");
    row("start.called", false, "succeeded");
    row("health.begun", false, "succeeded");
    row("verify.begun", false, "succeeded");
    row("commit.called", false, "succeeded");
    row("create.called", true, "rolled_back");
    row("stop.called", true, "rolled_back");
    row("start.called", true, "rolled_back");
    row("health.begun", true, "rolled_back");
    row("verify.begun", true, "rolled_back");
    row("commit.called", true, "succeeded parked");
}

void InterferenceTest::container_isRemoved_byHand()
{
    QFETCH(QString, point);
    QFETCH(bool, removesNew);
    QFETCH(QStringList, ends);
    holdAt(point);
    if (QTest::currentTestFailed()) {
        return;
    }
    E2E_VERIFY(
        m_stage->lab.dockerCli({QStringLiteral("rm"), QStringLiteral("-f"), removesNew ? m_name : m_oldId}));
    release();
    E2E_GET(end, m_stage->ended(m_update));
    const QString status = textOf(end, "status");
    qInfo().noquote() << status << textOf(end, "error");
    QVERIFY2(ends.contains(status), end.dump(1).c_str());
    QVERIFY2(status == QStringLiteral("succeeded") || textOf(end, "error").size() > 20, end.dump(1).c_str());

    E2E_GET(all, m_stage->containers(m_name));
    const auto image = [&](const Seen &seen) {
        const auto inspect = m_stage->inspect(seen.id);
        return inspect ? textOf(*inspect, "Image") : QString();
    };
    QVERIFY2(!textOf(end, "error").contains(QStringLiteral("No such container")), end.dump(1).c_str());
    if (status == QStringLiteral("failed")) {
        QVERIFY2(all.empty(), "brought back against the will of whoever removed it");
        return;
    }
    if (status == QStringLiteral("parked")) {
        // Nothing that somebody removed is brought back against the will of anybody, nothing else is lost.
        QVERIFY2(
            std::ranges::all_of(all,
                [&](const Seen &seen) { return image(seen) == m_oldImage || image(seen) == m_newImage; }),
            end.dump(1).c_str());
        return;
    }
    const bool goneByHand = removesNew && status == QStringLiteral("succeeded");
    QCOMPARE(all.size(), std::size_t(goneByHand ? 0 : 1));
    if (!goneByHand) {
        QCOMPARE(all.front().name, m_name);
        QCOMPARE(all.front().state, QStringLiteral("running"));
        QCOMPARE(image(all.front()), status == QStringLiteral("succeeded") ? m_newImage : m_oldImage);
    }
}

void InterferenceTest::name_isTaken_bySomebodyElse()
{
    holdAt(QStringLiteral("rename.called"));
    if (QTest::currentTestFailed()) {
        return;
    }
    E2E_GET(stranger,
        m_stage->lab.runContainer({.name = m_name,
            .image = m_stage->lab.registry() + QStringLiteral("/interference/%1:latest").arg(m_count),
            .arguments = {},
            .command = {}}));
    release();
    E2E_GET(parked, m_stage->ended(m_update));
    QVERIFY2(textOf(parked, "status") == QStringLiteral("parked"), parked.dump(1).c_str());
    QVERIFY2(textOf(parked, "error").contains(m_name), qPrintable(textOf(parked, "error")));
    qInfo().noquote() << textOf(parked, "error");
    E2E_GET(theirs, m_stage->inspect(stranger));
    QCOMPARE(textOf(theirs["State"], "Status"), QStringLiteral("running"));
    // The old one was never stopped.
    E2E_GET(old, m_stage->inspect(m_oldId));
    QCOMPARE(textOf(old["State"], "Status"), QStringLiteral("running"));

    E2E_VERIFY(m_stage->lab.removeContainer(stranger));
    const Reply resumed = m_stage->api.post(QStringLiteral("/updates/%1/resume").arg(m_update));
    QVERIFY2(resumed.status == 202, resumed.text().constData());
    QTRY_VERIFY_WITH_TIMEOUT(textOf(m_stage->api.get(QStringLiteral("/updates/") + m_update).body,
                                 "status") == QStringLiteral("rolled_back"),
        30'000);
    E2E_GET(all, m_stage->containers(m_name));
    QCOMPARE(all.size(), std::size_t(1));
    QCOMPARE(all.front().id, m_oldId);
    QCOMPARE(all.front().name, m_name);
}

void InterferenceTest::network_isRemoved()
{
    const QString network = testsupport::TestLab::uniqueName(QStringLiteral("net"));
    m_stage->forgetNetwork(network);
    E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("network"), QStringLiteral("create"), network}));
    holdAt(QStringLiteral("stop.called"), {QStringLiteral("--network"), network});
    if (QTest::currentTestFailed()) {
        return;
    }
    E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("network"), QStringLiteral("rm"), network}));
    release();
    E2E_GET(parked, m_stage->ended(m_update));
    qInfo().noquote() << textOf(parked, "status") << textOf(parked, "error");
    QVERIFY2(textOf(parked, "status") == QStringLiteral("parked"), parked.dump(1).c_str());
    QVERIFY2(
        textOf(parked, "error").contains(QStringLiteral("network")), qPrintable(textOf(parked, "error")));
    E2E_GET(both, m_stage->containers(m_name));
    QCOMPARE(both.size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(InterferenceTest)
#include "tst_interference.moc"
