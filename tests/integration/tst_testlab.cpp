#include <testsupport/testimages.h>
#include <testsupport/testlab.h>

#include <QtTest/QTest>

using namespace dockerauto;
using testsupport::ImageHealth;

// The other tests trust the lab: what a published image is and what the engine keeps is checked here.
class TestLabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void publish_newVersion_leavesTheEngineItsOwn();
    void publish_sameMarker_givesTheSameLayer();
    void health_follows_data();
    void health_follows();
    void stop_defaultCommand_endsAtOnce();
    void options_reachTheImage();
    void dockerCli_failure_carriesTheReason();

private:
    testsupport::TestImages images() const { return testsupport::TestImages(*m_lab); }
    QString run(const QString &image);

    std::optional<testsupport::TestLab> m_lab;
    QStringList m_containers;
};

#define VERIFY_RESULT(result)                                                                                \
    QVERIFY2(result.has_value(), qPrintable(result ? QString() : result.error().message))

void TestLabTest::initTestCase()
{
    auto lab = testsupport::TestLab::fromEnvironment();
    VERIFY_RESULT(lab);
    m_lab = *lab;
}

void TestLabTest::cleanup()
{
    for (const QString &container : std::exchange(m_containers, {})) {
        VERIFY_RESULT(m_lab->removeContainer(container));
    }
}

QString TestLabTest::run(const QString &image)
{
    const auto id =
        m_lab->runContainer({testsupport::TestLab::uniqueName(QStringLiteral("lab")), image, {}, {}});
    if (!id) {
        qCritical("%s", qPrintable(id.error().message));
        return {};
    }
    m_containers << *id;
    return *id;
}

void TestLabTest::publish_newVersion_leavesTheEngineItsOwn()
{
    auto maker = images();
    testsupport::ImageOptions options;
    options.repository = testsupport::TestLab::uniqueName(QStringLiteral("lab/version"));
    const auto first = maker.publishAndPull(options);
    VERIFY_RESULT(first);
    options.marker = QStringLiteral("two");
    const auto second = maker.publish(options);
    VERIFY_RESULT(second);

    QVERIFY(first->digest != second->digest);
    const auto local = m_lab->inspect(first->reference);
    VERIFY_RESULT(local);
    QCOMPARE(local->at("Id").get<QString>(), first->imageId);
    QCOMPARE(local->at("RepoDigests").size(), std::size_t(1));
    QVERIFY(local->at("RepoDigests")[0].get<QString>().endsWith(first->digest));

    VERIFY_RESULT(maker.pull(second->reference));
    const auto pulled = m_lab->inspect(second->reference);
    VERIFY_RESULT(pulled);
    QCOMPARE(pulled->at("Id").get<QString>(), second->imageId);
}

void TestLabTest::publish_sameMarker_givesTheSameLayer()
{
    testsupport::ImageOptions options;
    options.repository = testsupport::TestLab::uniqueName(QStringLiteral("lab/layer"));
    auto first = images();
    auto second = images();
    const auto a = first.publishAndPull(options);
    VERIFY_RESULT(a);
    options.tag = QStringLiteral("again");
    const auto b = second.publishAndPull(options);
    VERIFY_RESULT(b);
    const auto layersOfA = m_lab->inspect(a->reference);
    const auto layersOfB = m_lab->inspect(b->reference);
    VERIFY_RESULT(layersOfA);
    VERIFY_RESULT(layersOfB);
    QVERIFY(layersOfA->at("RootFS").at("Layers") == layersOfB->at("RootFS").at("Layers"));
}

void TestLabTest::health_follows_data()
{
    QTest::addColumn<ImageHealth>("health");
    QTest::addColumn<QString>("status");
    QTest::newRow("always healthy") << ImageHealth::AlwaysHealthy << QStringLiteral("healthy");
    QTest::newRow("always failing") << ImageHealth::AlwaysFailing << QStringLiteral("unhealthy");
    QTest::newRow("file decides") << ImageHealth::FileDecides << QStringLiteral("healthy");
}

void TestLabTest::health_follows()
{
    QFETCH(ImageHealth, health);
    QFETCH(QString, status);
    auto maker = images();
    testsupport::ImageOptions options;
    options.repository = testsupport::TestLab::uniqueName(QStringLiteral("lab/health"));
    options.health = health;
    const auto image = maker.publishAndPull(options);
    VERIFY_RESULT(image);
    const QString id = run(image->reference);
    QVERIFY(!id.isEmpty());
    const QString format = QStringLiteral("{{.State.Health.Status}}");
    const auto reached = m_lab->waitFor(id, format, status);
    VERIFY_RESULT(reached);
    if (health == ImageHealth::FileDecides) {
        VERIFY_RESULT(m_lab->dockerCli(
            {QStringLiteral("exec"), id, QStringLiteral("touch"), QStringLiteral("/unhealthy")}));
        const auto ill = m_lab->waitFor(id, format, QStringLiteral("unhealthy"));
        VERIFY_RESULT(ill);
    }
}

void TestLabTest::stop_defaultCommand_endsAtOnce()
{
    auto maker = images();
    for (const QStringList &command : {QStringList(), testsupport::TestImages::webServer()}) {
        testsupport::ImageOptions options;
        options.repository = testsupport::TestLab::uniqueName(QStringLiteral("lab/stop"));
        options.command = command;
        const auto image = maker.publishAndPull(options);
        VERIFY_RESULT(image);
        const QString id = run(image->reference);
        QVERIFY(!id.isEmpty());
        VERIFY_RESULT(
            m_lab->dockerCli({QStringLiteral("stop"), QStringLiteral("-t"), QStringLiteral("30"), id},
                std::chrono::seconds(10)));
        const auto state = m_lab->inspect(id);
        VERIFY_RESULT(state);
        // 137 would mean that it had to be killed.
        QCOMPARE(state->at("State").at("ExitCode").get<int>(), 0);
    }
}

void TestLabTest::options_reachTheImage()
{
    auto maker = images();
    testsupport::ImageOptions options;
    options.repository = testsupport::TestLab::uniqueName(QStringLiteral("lab/options"));
    options.environment << QStringLiteral("GREETING=\"a\" $HOME b\\c");
    options.labels.insert(QStringLiteral("org.example.note"), QStringLiteral("two words, 1=1"));
    options.changes << QStringLiteral("EXPOSE 8080/tcp") << QStringLiteral("VOLUME /data");
    const auto image = maker.publishAndPull(options);
    VERIFY_RESULT(image);
    const auto seen = m_lab->inspect(image->reference);
    VERIFY_RESULT(seen);
    const core::Json &config = seen->at("Config");
    QCOMPARE(config.at("Env").back().get<QString>(), options.environment.constFirst());
    QCOMPARE(config.at("Labels").at("org.example.note").get<QString>(), QStringLiteral("two words, 1=1"));
    QVERIFY(config.at("ExposedPorts").contains("8080/tcp"));
    QVERIFY(config.at("Volumes").contains("/data"));
}

void TestLabTest::dockerCli_failure_carriesTheReason()
{
    const auto missing = m_lab->inspect(QStringLiteral("nothing-of-this-name"));
    QVERIFY(!missing);
    QVERIFY2(missing.error().message.contains(QLatin1String("nothing-of-this-name")),
        qPrintable(missing.error().message));
}

QTEST_GUILESS_MAIN(TestLabTest)
#include "tst_testlab.moc"
