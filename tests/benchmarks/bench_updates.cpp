#include "gapclient.h"
#include "support/stage.h"

#include <docker/dockerengine.h>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <unistd.h>

#include <algorithm>
#include <cstdio>

using namespace dockerauto;
using namespace dockerauto::e2e;
using bench::GapClient;
using core::Json;
using testsupport::ImageOptions;
using testsupport::TestImages;

namespace {

constexpr int rounds = 5;
constexpr int containers = 50;

struct Sample
{
    double total = 0;
    double gap = 0;
};

/// Of several samples, each figure by itself.
Sample median(std::vector<Sample> samples)
{
    const auto middle = [&samples](double Sample::*figure) {
        std::ranges::sort(samples, {}, figure);
        return samples[samples.size() / 2].*figure;
    };
    return {middle(&Sample::total), middle(&Sample::gap)};
}

core::CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(60)), {}};
}

/// User and system time of a process, in milliseconds (proc(5)).
double cpuMilliseconds(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return (fields.value(11).toDouble() + fields.value(12).toDouble()) * 1000.0 /
           static_cast<double>(sysconf(_SC_CLK_TCK));
}

QByteArray peakMemory(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("VmHWM:")) {
                return line.mid(6).simplified();
            }
        }
    }
    return "unknown";
}

} // namespace

class BenchUpdates : public QObject
{
    Q_OBJECT

private:
    ImageOptions web(const QString &marker)
    {
        ImageOptions options;
        options.repository = QStringLiteral("bench/web");
        options.marker = marker;
        options.command = TestImages::webServer();
        return options;
    }
    QStringList published() { return {QStringLiteral("-p"), QStringLiteral("127.0.0.1:%1:80").arg(m_port)}; }

    /// What is asked for, with a client at the port, timed.
    template <class Work>
    Sample timed(Work work)
    {
        GapClient client(m_port);
        QTest::qWait(300);
        QElapsedTimer timer;
        timer.start();
        work();
        const double total = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        QTest::qWait(300);
        return {total, static_cast<double>(client.finish().count())};
    }

    /// How often the server asked the registry, by method, from the registry's own log.
    std::pair<int, int> requests() const
    {
        QFile log(m_stage->lab.folder() + QStringLiteral("/registry.log"));
        std::pair<int, int> counts;
        if (log.open(QIODevice::ReadOnly)) {
            for (const QByteArray &line : log.readAll().split('\n')) {
                if (line.contains("response completed") && line.contains("useragent=docker-auto") &&
                    line.contains("/manifests/")) {
                    counts.first += line.contains("method=HEAD") ? 1 : 0;
                    counts.second += line.contains("method=GET") ? 1 : 0;
                }
            }
        }
        return counts;
    }

    std::unique_ptr<Stage> m_stage;
    int m_port = 0;

private Q_SLOTS:
    void initTestCase()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        m_port = freePort();
        E2E_VERIFY(m_stage->startServer());
    }

    void update_besideFloorAndCommandLine()
    {
        std::vector<Sample> ours;
        std::vector<Sample> floor;
        std::vector<Sample> commandLine;
        E2E_GET(image, m_stage->images.publishAndPull(web(QStringLiteral("0"))));
        E2E_GET(address, docker::EngineAddress::parse(m_stage->lab.engineUrl()));
        docker::DockerEngine engine(address);
        for (int round = 1; round <= rounds; ++round) {
            E2E_GET(name, m_stage->run(QStringLiteral("bench"), image.reference, published()));
            E2E_GET(mine, m_stage->images.publish(web(QStringLiteral("a%1").arg(round))));
            E2E_GET(checked, m_stage->checked(name));
            Json ended;
            ours.push_back(timed([&] {
                const Json body{{"containers", {checked["id"]}}};
                const Reply started = m_stage->api.post(QStringLiteral("/updates"), body);
                QCOMPARE(started.status, 202);
                E2E_GET(update, m_stage->ended(started.body["items"][0]["id"].get<QString>()));
                ended = std::move(update);
            }));
            QVERIFY2(ended["status"] == "succeeded", ended.dump().c_str());

            // The floor: nothing but the calls, with the new container made before the old one stops.
            E2E_GET(inspect, m_stage->inspect(name));
            Json create = inspect["Config"];
            create["HostConfig"] = inspect["HostConfig"];
            create.erase("Hostname");
            const QString old = core::textOf(inspect, "Id");
            QString fresh;
            floor.push_back(timed([&] {
                E2E_VERIFY(engine.renameContainer(old, name + QStringLiteral("-aside"), soon()));
                E2E_GET(id, engine.createContainer(name, create, soon()));
                fresh = id.text();
                E2E_VERIFY(engine.stopContainer(old, {}, soon()));
                E2E_VERIFY(engine.startContainer(fresh, soon()));
                E2E_VERIFY(engine.removeContainer(old, ports::ContainerEngine::Removal::OnlyStopped, soon()));
            }));

            // What people type.
            E2E_GET(theirs, m_stage->images.publish(web(QStringLiteral("b%1").arg(round))));
            commandLine.push_back(timed([&] {
                E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("pull"), theirs.reference}));
                E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("stop"), name}));
                E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("rm"), name}));
                E2E_VERIFY(m_stage->lab.runContainer(
                    {.name = name, .image = theirs.reference, .arguments = published(), .command = {}}));
            }));
            E2E_VERIFY(m_stage->lab.removeContainer(name));
        }
        const Sample mine = median(ours);
        const Sample least = median(floor);
        const Sample typed = median(commandLine);
        std::printf("\nOne update on the same port, median of %d        total ms   longest gap ms\n", rounds);
        std::printf(
            "  docker-auto (with pull, 1 s of health gate, proof) %8.0f %16.0f\n", mine.total, mine.gap);
        std::printf(
            "  floor: engine calls only, new one made first       %8.0f %16.0f\n", least.total, least.gap);
        std::printf(
            "  docker pull, stop, rm, run                         %8.0f %16.0f\n", typed.total, typed.gap);
        std::printf("  gap: %.2f x the floor, %.2f x the command line\n\n", mine.gap / least.gap,
            mine.gap / typed.gap);
        std::fflush(stdout);
    }

    void check_ofFiftyBesideCurl()
    {
        QStringList urls;
        for (int i = 0; i < containers; ++i) {
            ImageOptions options;
            options.repository = QStringLiteral("bench/app%1").arg(i);
            options.marker = QString::number(i);
            E2E_GET(image, m_stage->images.publishAndPull(options));
            E2E_VERIFY(m_stage->run(QStringLiteral("fifty"), image.reference));
            urls << QStringLiteral("http://%1/v2/%2/manifests/latest")
                        .arg(m_stage->lab.registry(), options.repository);
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            m_stage->api.get(QStringLiteral("/containers?limit=1")).body.value("total", 0) >= containers,
            30'000);
        EventStream events;
        E2E_VERIFY(events.open(m_stage->api.server(), m_stage->api.token(), QStringLiteral("updates")));
        std::vector<Sample> ours;
        std::vector<Sample> curl;
        std::pair<int, int> asked;
        double cpu = 0;
        for (int round = 0; round < rounds; ++round) {
            const auto before = requests();
            const double cpuBefore = cpuMilliseconds(m_stage->server.pid());
            QElapsedTimer timer;
            timer.start();
            const Reply started = m_stage->api.post(QStringLiteral("/containers/check"), Json::object());
            QCOMPARE(started.status, 202);
            QVERIFY(events.waitFor(
                [&](const Json &event) {
                    return event["type"] == "check.changed" && event["payload"]["finished"] == true &&
                           event["payload"]["id"] == started.body["id"];
                },
                60'000));
            ours.push_back({static_cast<double>(timer.nsecsElapsed()) / 1e6, 0});
            cpu = cpuMilliseconds(m_stage->server.pid()) - cpuBefore;
            const auto after = requests();
            asked = {after.first - before.first, after.second - before.second};
            QProcess process;
            timer.restart();
            process.start(QStringLiteral("curl"),
                QStringList{QStringLiteral("-sI"), QStringLiteral("-Z"), QStringLiteral("--parallel-max"),
                    QStringLiteral("8"), QStringLiteral("-H"),
                    QStringLiteral("Accept: application/vnd.docker.distribution.manifest.v2+json")} +
                    urls);
            QVERIFY(process.waitForFinished(60'000));
            QCOMPARE(process.exitCode(), 0);
            curl.push_back({static_cast<double>(timer.nsecsElapsed()) / 1e6, 0});
        }
        const Reply page = m_stage->api.get(QStringLiteral("/updates/available?limit=500"));
        int current = 0;
        for (const Json &item : page.body["items"]) {
            current += item["decision"] == "up_to_date" ? 1 : 0;
        }
        QVERIFY(current >= containers);
        std::printf(
            "\nCheck of %d containers in %d repositories, median of %d\n", containers, containers, rounds);
        std::printf("  docker-auto %.0f ms, %.0f ms of CPU; asked the registry: %d HEAD, %d GET\n",
            median(ours).total, cpu, asked.first, asked.second);
        std::printf("  curl, %d HEAD over 8 connections: %.0f ms\n", containers, median(curl).total);
        std::printf(
            "  peak memory of the server so far: %s\n\n", peakMemory(m_stage->server.pid()).constData());
        std::fflush(stdout);
    }
};

QTEST_GUILESS_MAIN(BenchUpdates)
#include "bench_updates.moc"
