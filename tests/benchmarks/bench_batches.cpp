#include "gapclient.h"
#include "support/stage.h"

#include <docker/dockerengine.h>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <future>
#include <thread>

using namespace dockerauto;
using namespace dockerauto::e2e;
using bench::GapClient;
using core::Json;
using core::Result;
using testsupport::ImageOptions;
using testsupport::PublishedImage;
using testsupport::TestImages;

namespace {

constexpr int batch = 20;
constexpr int atOnce = 8;
constexpr int rounds = 3;
constexpr int brokenRounds = 5;
/// For so long each of the three sees the new container run before the old one is removed.
constexpr std::chrono::seconds judged{1};

core::CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(120)), {}};
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

Json figures(const std::vector<double> &values)
{
    return Json{{"median_ms", median(values)}, {"of_each", values}};
}

} // namespace

/// Many updates at once, and one to an image that does not work, beside what the engine and the docker
/// command need for it in the same run.
class BenchBatches : public QObject
{
    Q_OBJECT

private:
    ImageOptions app(int index, const QString &marker)
    {
        ImageOptions options;
        options.repository = QStringLiteral("bench/batch%1").arg(index);
        options.marker = marker;
        return options;
    }

    Result<> publishAll(const QString &marker)
    {
        for (int i = 0; i < batch; ++i) {
            DOCKERAUTO_TRY_ASSIGN(image, m_stage->images.publish(app(i, marker)));
            m_references[static_cast<std::size_t>(i)] = image.reference;
        }
        return {};
    }

    Result<> checkAll()
    {
        for (const QString &name : m_names) {
            DOCKERAUTO_TRY_ASSIGN(checked, m_stage->checked(name));
            m_ids[name] = core::textOf(checked, "id");
        }
        return {};
    }

    Result<double> ours()
    {
        DOCKERAUTO_TRY(checkAll());
        // A check is not part of an update, and what it measures in the background is done by then.
        std::this_thread::sleep_for(std::chrono::seconds(6));
        Json body{{"containers", Json::array()}};
        for (const QString &name : m_names) {
            body["containers"].push_back(m_ids[name]);
        }
        QElapsedTimer timer;
        timer.start();
        const Reply started = m_stage->api.post(QStringLiteral("/updates"), body);
        if (started.status != 202) {
            return core::fail(core::ErrorCode::Internal, QString::fromUtf8(started.text()));
        }
        for (const Json &item : started.body["items"]) {
            DOCKERAUTO_TRY_ASSIGN(end, m_stage->ended(core::textOf(item, "id"), 120'000));
            if (end["status"] != "succeeded") {
                return core::fail(core::ErrorCode::Internal, QString::fromStdString(end.dump()));
            }
        }
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

    /// Nothing but the calls, eight at once.
    Result<> replace(docker::DockerEngine &engine, std::size_t index)
    {
        const QString name = m_names[index];
        DOCKERAUTO_TRY_ASSIGN(reference, domain::ImageReference::parse(m_references[index]));
        DOCKERAUTO_TRY(engine.pullImage(
            reference, {}, [](const auto &) {}, soon()));
        DOCKERAUTO_TRY_ASSIGN(inspect, engine.inspectContainer(name, soon()));
        Json create = inspect["Config"];
        create["HostConfig"] = inspect["HostConfig"];
        create.erase("Hostname");
        const QString old = core::textOf(inspect, "Id");
        DOCKERAUTO_TRY(engine.renameContainer(old, name + QStringLiteral("-aside"), soon()));
        DOCKERAUTO_TRY_ASSIGN(fresh, engine.createContainer(name, create, soon()));
        DOCKERAUTO_TRY(engine.stopContainer(old, {}, soon()));
        DOCKERAUTO_TRY(engine.startContainer(fresh.text(), soon()));
        std::this_thread::sleep_for(judged);
        return engine.removeContainer(old, ports::ContainerEngine::Removal::OnlyStopped, soon());
    }

    Result<double> floor()
    {
        DOCKERAUTO_TRY_ASSIGN(address, docker::EngineAddress::parse(m_stage->lab.engineUrl()));
        docker::DockerEngine engine(address);
        QElapsedTimer timer;
        timer.start();
        std::atomic<std::size_t> next = 0;
        std::vector<std::future<Result<>>> workers;
        for (int worker = 0; worker < atOnce; ++worker) {
            workers.push_back(std::async(std::launch::async, [&]() -> Result<> {
                for (std::size_t i = next++; i < m_names.size(); i = next++) {
                    DOCKERAUTO_TRY(replace(engine, i));
                }
                return {};
            }));
        }
        for (auto &worker : workers) {
            DOCKERAUTO_TRY(worker.get());
        }
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

    /// What people type, eight at once.
    Result<double> commandLine()
    {
        QElapsedTimer timer;
        timer.start();
        std::atomic<std::size_t> next = 0;
        std::vector<std::future<Result<>>> workers;
        for (int worker = 0; worker < atOnce; ++worker) {
            workers.push_back(std::async(std::launch::async, [&]() -> Result<> {
                for (std::size_t i = next++; i < m_names.size(); i = next++) {
                    const QString aside = m_names[i] + QStringLiteral("-old");
                    DOCKERAUTO_TRY(m_stage->lab.dockerCli({QStringLiteral("pull"), m_references[i]}));
                    DOCKERAUTO_TRY(m_stage->lab.dockerCli({QStringLiteral("stop"), m_names[i]}));
                    DOCKERAUTO_TRY(m_stage->lab.dockerCli({QStringLiteral("rename"), m_names[i], aside}));
                    DOCKERAUTO_TRY(m_stage->lab.runContainer(
                        {.name = m_names[i], .image = m_references[i], .arguments = {}, .command = {}}));
                    std::this_thread::sleep_for(judged);
                    DOCKERAUTO_TRY(m_stage->lab.dockerCli({QStringLiteral("rm"), aside}));
                }
                return {};
            }));
        }
        for (auto &worker : workers) {
            DOCKERAUTO_TRY(worker.get());
        }
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

    /// What cannot be undercut on this engine where both containers publish the same port: stop the old one,
    /// start the new one, see it end, start the old one again.
    Result<> breakAndRestore(
        docker::DockerEngine &engine, const QString &name, const QString &brokenImage, const Json &ports)
    {
        const QString broken = name + QStringLiteral("-broken");
        const Json create{{"Image", brokenImage}, {"HostConfig", {{"PortBindings", ports}}}};
        DOCKERAUTO_TRY_ASSIGN(fresh, engine.createContainer(broken, create, soon()));
        DOCKERAUTO_TRY(engine.stopContainer(name, {}, soon()));
        DOCKERAUTO_TRY(engine.startContainer(fresh.text(), soon()));
        while (true) {
            DOCKERAUTO_TRY_ASSIGN(inspect, engine.inspectContainer(fresh.text(), soon()));
            if (inspect["State"]["Running"] == false) {
                break;
            }
        }
        DOCKERAUTO_TRY(engine.startContainer(name, soon()));
        return engine.removeContainer(fresh.text(), ports::ContainerEngine::Removal::OnlyStopped, soon());
    }

    std::unique_ptr<Stage> m_stage;
    std::vector<QString> m_names;
    std::vector<QString> m_references = std::vector<QString>(batch);
    std::map<QString, QString> m_ids;
    Json m_figures = Json::object();

private Q_SLOTS:
    void initTestCase()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        m_stage->more = {QStringLiteral("--stable-seconds"), QStringLiteral("1"),
            QStringLiteral("--parallel-updates"), QString::number(atOnce)};
        E2E_VERIFY(m_stage->startServer());
    }

    void batchOfTwenty_besideFloorAndCommandLine()
    {
        for (int i = 0; i < batch; ++i) {
            E2E_GET(image, m_stage->images.publishAndPull(app(i, QStringLiteral("0"))));
            E2E_GET(name, m_stage->run(QStringLiteral("batch"), image.reference));
            m_names.push_back(name);
        }
        std::vector<double> mine;
        std::vector<double> calls;
        std::vector<double> typed;
        for (int round = 1; round <= rounds; ++round) {
            E2E_VERIFY(publishAll(QStringLiteral("a%1").arg(round)));
            E2E_GET(first, ours());
            mine.push_back(first);
            E2E_VERIFY(publishAll(QStringLiteral("b%1").arg(round)));
            E2E_GET(second, floor());
            calls.push_back(second);
            E2E_VERIFY(publishAll(QStringLiteral("c%1").arg(round)));
            E2E_GET(third, commandLine());
            typed.push_back(third);
        }
        std::printf("\n%d outdated containers, %d at once, median of %d, ms\n", batch, atOnce, rounds);
        std::printf("  docker-auto (with proof, journal, history)  %6.0f\n", median(mine));
        std::printf("  floor: engine calls only                    %6.0f\n", median(calls));
        std::printf("  docker pull, stop, rename, run, rm          %6.0f\n", median(typed));
        std::printf("  %.2f x the floor, %.2f x the docker command\n\n", median(mine) / median(calls),
            median(mine) / median(typed));
        std::fflush(stdout);
        m_figures["twenty_outdated"] = {
            {"docker_auto", figures(mine)}, {"floor", figures(calls)}, {"docker_command", figures(typed)}};
    }

    void brokenImage_besideAGoodOne()
    {
        const int port = freePort();
        ImageOptions web;
        web.repository = QStringLiteral("bench/broken");
        web.command = TestImages::webServer();
        E2E_GET(image, m_stage->images.publishAndPull(web));
        E2E_GET(name, m_stage->run(QStringLiteral("broken"), image.reference,
                          {QStringLiteral("-p"), QStringLiteral("127.0.0.1:%1:80").arg(port)}));
        E2E_GET(address, docker::EngineAddress::parse(m_stage->lab.engineUrl()));
        docker::DockerEngine engine(address);
        std::vector<double> good;
        std::vector<double> broken;
        std::vector<double> calls;
        for (int round = 0; round < brokenRounds; ++round) {
            for (const bool works : {false, true}) {
                ImageOptions next = web;
                next.marker = QStringLiteral("%1 %2").arg(round).arg(works);
                if (!works) {
                    next.command = {QStringLiteral("/bin/busybox"), QStringLiteral("false")};
                }
                E2E_GET(published, m_stage->images.publish(next));
                GapClient client(port);
                QVERIFY(client.awaitAnswer());
                E2E_GET(update, m_stage->beginUpdate(name));
                E2E_GET(end, m_stage->ended(update));
                QVERIFY2(end["status"] == (works ? "succeeded" : "rolled_back"), end.dump().c_str());
                const auto gaps = client.finish();
                QVERIFY(gaps);
                (works ? good : broken).push_back(static_cast<double>(gaps->failing.count()));
                if (works) {
                    continue;
                }
                E2E_GET(inspect, engine.inspectContainer(name, soon()));
                GapClient floorClient(port);
                QVERIFY(floorClient.awaitAnswer());
                E2E_VERIFY(breakAndRestore(
                    engine, name, published.reference, inspect["HostConfig"]["PortBindings"]));
                QVERIFY(floorClient.awaitAnswer());
                const auto least = floorClient.finish();
                QVERIFY(least);
                calls.push_back(static_cast<double>(least->failing.count()));
            }
        }
        std::printf("\nThe longest time in which nobody was served, median of %d, ms\n", brokenRounds);
        std::printf("  update to an image that works               %6.0f\n", median(good));
        std::printf("  update to one that ends at once, put back   %6.0f  %.2f x\n", median(broken),
            median(broken) / median(good));
        std::printf("  the same by bare engine calls               %6.0f  %.2f x\n\n", median(calls),
            median(calls) / median(good));
        std::fflush(stdout);
        m_figures["broken_image"] = {
            {"good", figures(good)}, {"broken", figures(broken)}, {"floor", figures(calls)}};
    }

    void cleanupTestCase()
    {
        QFile file(QStringLiteral(DOCKERAUTO_BENCH_FIGURES));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(m_figures.dump(1)) + '\n');
        m_stage.reset();
    }
};

QTEST_GUILESS_MAIN(BenchBatches)
#include "bench_batches.moc"
