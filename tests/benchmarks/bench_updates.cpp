#include "gapclient.h"
#include "processfigures.h"
#include "support/stage.h"

#include <docker/dockerengine.h>

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace dockerauto;
using namespace dockerauto::e2e;
using bench::cpuMilliseconds;
using bench::GapClient;
using bench::peakMemory;
using core::Json;
using testsupport::ImageOptions;
using testsupport::TestImages;

namespace {

constexpr int rounds = 5;
constexpr int containers = 50;

/// In milliseconds.
struct Sample
{
    double total = 0;
    /// What a client at the port saw.
    double gap = 0;
    double silence = 0;
    /// Of the server, where that is asked for.
    double cpu = 0;
};

/// Of several samples, each figure by itself.
Sample median(std::vector<Sample> samples)
{
    const auto middle = [&samples](double Sample::*figure) {
        std::ranges::sort(samples, {}, figure);
        return samples[samples.size() / 2].*figure;
    };
    return {middle(&Sample::total), middle(&Sample::gap), middle(&Sample::silence), middle(&Sample::cpu)};
}

Json ofUpdate(const std::vector<Sample> &samples)
{
    const Sample middle = median(samples);
    Json failing = Json::array();
    for (const Sample &sample : samples) {
        failing.push_back(sample.gap);
    }
    return Json{{"total_ms", middle.total}, {"failing_ms", middle.gap}, {"silent_ms", middle.silence},
        {"failing_ms_of_each", failing}};
}

Json ofCheck(const Sample &sample)
{
    return Json{{"total_ms", sample.total}, {"cpu_ms", sample.cpu}};
}

/// What a registry was asked.
struct Requests
{
    int head = 0;
    int get = 0;
    int other = 0;

    Requests operator-(const Requests &before) const
    {
        return {head - before.head, get - before.get, other - before.other};
    }
};

core::CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(60)), {}};
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
    core::Result<> timed(std::vector<Sample> &samples, Work work)
    {
        GapClient client(m_port);
        if (!client.awaitAnswer()) {
            return core::fail(core::ErrorCode::Timeout, QStringLiteral("The container serves nobody"));
        }
        QElapsedTimer timer;
        timer.start();
        work();
        const double total = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        const auto gap = client.finish();
        if (!gap) {
            return core::fail(core::ErrorCode::Timeout, QStringLiteral("The new container serves nobody"));
        }
        samples.push_back({.total = total,
            .gap = static_cast<double>(gap->failing.count()),
            .silence = static_cast<double>(gap->silent.count())});
        return {};
    }

    /// What the server asked the registry so far, from the registry's own log. All of it counts: a request
    /// that is not about a manifest is one too many.
    Requests requests() const
    {
        QFile log(m_stage->lab.folder() + QStringLiteral("/registry.log"));
        Requests counts;
        if (log.open(QIODevice::ReadOnly)) {
            for (const QByteArray &line : log.readAll().split('\n')) {
                if (line.contains("response completed") && line.contains("useragent=docker-auto")) {
                    const bool head = line.contains("request.method=HEAD");
                    const bool get = line.contains("request.method=GET");
                    ++(head ? counts.head : get ? counts.get : counts.other);
                }
            }
        }
        return counts;
    }

    /// A check of everything, from the call to the event that says that it is done.
    core::Result<> checkAll(EventStream &events)
    {
        const Reply started = m_stage->api.post(QStringLiteral("/containers/check"), Json::object());
        const bool done =
            started.status == 202 && events.waitFor(
                                         [&](const Json &event) {
                                             return event["type"] == "check.changed" &&
                                                    event["payload"]["finished"] == true &&
                                                    event["payload"]["id"] == started.body["id"];
                                         },
                                         60'000);
        return done ? core::Result<>()
                    : core::fail(core::ErrorCode::Timeout,
                          QStringLiteral("The check did not end: ") + QString::fromUtf8(started.text()));
    }

    core::Result<> awaitFifty()
    {
        const QDeadlineTimer deadline(30'000);
        while (m_stage->api.get(QStringLiteral("/containers?limit=1")).body.value("total", 0) != containers) {
            if (deadline.hasExpired()) {
                return core::fail(
                    core::ErrorCode::Timeout, QStringLiteral("The server does not show all containers"));
            }
            QTest::qWait(50);
        }
        return {};
    }

    QStringList m_urls;
    double m_signedIn = 0;
    Json m_figures = Json::object();
    std::unique_ptr<Stage> m_stage;
    int m_port = 0;

private Q_SLOTS:
    void initTestCase()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        m_port = freePort();
        E2E_VERIFY(m_stage->startServer());
        m_signedIn = peakMemory(m_stage->server.pid());
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
            const auto oursTimed = timed(ours, [&] {
                const Json body{{"containers", {checked["id"]}}};
                const Reply started = m_stage->api.post(QStringLiteral("/updates"), body);
                QCOMPARE(started.status, 202);
                E2E_GET(update, m_stage->ended(started.body["items"][0]["id"].get<QString>()));
                ended = std::move(update);
            });
            E2E_VERIFY(oursTimed);
            QVERIFY2(ended["status"] == "succeeded", ended.dump().c_str());

            // The floor: nothing but the calls, with the new container made before the old one stops.
            E2E_GET(inspect, m_stage->inspect(name));
            Json create = inspect["Config"];
            create["HostConfig"] = inspect["HostConfig"];
            create.erase("Hostname");
            const QString old = core::textOf(inspect, "Id");
            QString fresh;
            const auto floorTimed = timed(floor, [&] {
                E2E_VERIFY(engine.renameContainer(old, name + QStringLiteral("-aside"), soon()));
                E2E_GET(id, engine.createContainer(name, create, soon()));
                fresh = id.text();
                E2E_VERIFY(engine.stopContainer(old, {}, soon()));
                E2E_VERIFY(engine.startContainer(fresh, soon()));
                E2E_VERIFY(engine.removeContainer(old, ports::ContainerEngine::Removal::OnlyStopped, soon()));
            });
            E2E_VERIFY(floorTimed);

            // What people type.
            E2E_GET(theirs, m_stage->images.publish(web(QStringLiteral("b%1").arg(round))));
            const auto commandLineTimed = timed(commandLine, [&] {
                E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("pull"), theirs.reference}));
                E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("stop"), name}));
                const QString aside = name + QStringLiteral("-old");
                E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("rename"), name, aside}));
                E2E_VERIFY(m_stage->lab.runContainer(
                    {.name = name, .image = theirs.reference, .arguments = published(), .command = {}}));
                E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("rm"), aside}));
            });
            E2E_VERIFY(commandLineTimed);
            E2E_VERIFY(m_stage->lab.removeContainer(name));
        }
        const auto row = [](const char *what, const std::vector<Sample> &samples) {
            const Sample middle = median(samples);
            const auto [low, high] = std::ranges::minmax(samples, {}, &Sample::gap);
            std::printf("  %-52s %6.0f %8.0f %5.0f-%-5.0f %7.0f\n", what, middle.total, middle.gap, low.gap,
                high.gap, middle.silence);
        };
        std::printf(
            "\nOne update on the same port, median of %d, ms        all  failing min-max       silent\n",
            rounds);
        row("docker-auto (with pull, 1 s of health gate, proof)", ours);
        row("floor: engine calls only, new one made first", floor);
        row("docker pull, stop, rename, run, rm", commandLine);
        std::printf("  failing: %.2f x the floor, %.2f x the docker command\n\n",
            median(ours).gap / median(floor).gap, median(ours).gap / median(commandLine).gap);
        std::fflush(stdout);
        m_figures["update_same_port"] = {{"docker_auto", ofUpdate(ours)}, {"floor", ofUpdate(floor)},
            {"docker_command", ofUpdate(commandLine)}};
    }

    void check_ofFiftyBesideCurl()
    {
        for (int i = 0; i < containers; ++i) {
            ImageOptions options;
            options.repository = QStringLiteral("bench/app%1").arg(i);
            options.marker = QString::number(i);
            E2E_GET(image, m_stage->images.publishAndPull(options));
            E2E_VERIFY(m_stage->run(QStringLiteral("fifty"), image.reference));
            m_urls << QStringLiteral("http://%1/v2/%2/manifests/latest")
                          .arg(m_stage->lab.registry(), options.repository);
        }
        E2E_VERIFY(awaitFifty());
        EventStream events;
        E2E_VERIFY(events.open(m_stage->api.server(), m_stage->api.token(), QStringLiteral("updates")));
        std::vector<Sample> ours;
        std::vector<Sample> curl;
        Requests asked;
        for (int round = 0; round < rounds; ++round) {
            const Requests before = requests();
            const double cpuBefore = cpuMilliseconds(m_stage->server.pid());
            QElapsedTimer timer;
            timer.start();
            E2E_VERIFY(checkAll(events));
            ours.push_back({.total = static_cast<double>(timer.nsecsElapsed()) / 1e6});
            ours.back().cpu = cpuMilliseconds(m_stage->server.pid()) - cpuBefore;
            asked = requests() - before;
            QProcess process;
            timer.restart();
            process.start(QStringLiteral("curl"),
                QStringList{QStringLiteral("-sI"), QStringLiteral("-Z"), QStringLiteral("--parallel-max"),
                    QStringLiteral("8"), QStringLiteral("-H"),
                    QStringLiteral("Accept: application/vnd.docker.distribution.manifest.v2+json")} +
                    m_urls);
            QVERIFY(process.waitForFinished(60'000));
            QCOMPARE(process.exitCode(), 0);
            curl.push_back({.total = static_cast<double>(timer.nsecsElapsed()) / 1e6});
        }
        const Reply page = m_stage->api.get(QStringLiteral("/updates/available?limit=500"));
        int current = 0;
        for (const Json &item : page.body["items"]) {
            current += item["decision"] == "up_to_date" ? 1 : 0;
        }
        QCOMPARE(current, containers);
        const Sample mine = median(ours);
        std::printf(
            "\nCheck of %d containers in %d repositories, median of %d\n", containers, containers, rounds);
        std::printf("  docker-auto %.0f ms, %.0f ms of CPU; asked the registry: %d HEAD, %d GET, %d other\n",
            mine.total, mine.cpu, asked.head, asked.get, asked.other);
        std::printf("  curl, %d HEAD over 8 connections: %.0f ms\n\n", containers, median(curl).total);
        std::fflush(stdout);
        m_figures["check"] = {{"containers", containers}, {"docker_auto", ofCheck(mine)},
            {"curl_ms", median(curl).total}, {"head", asked.head}, {"get", asked.get},
            {"other", asked.other}};
    }

    void memory_ofAServerWithFifty()
    {
        const double before = peakMemory(m_stage->server.pid());
        // Anew, so that what the updates needed does not count.
        E2E_VERIFY(m_stage->server.terminate(std::chrono::seconds(20)));
        E2E_VERIFY(m_stage->startServer());
        E2E_VERIFY(awaitFifty());
        EventStream events;
        E2E_VERIFY(events.open(m_stage->api.server(), m_stage->api.token(), QStringLiteral("updates")));
        E2E_VERIFY(checkAll(events));
        const double peak = peakMemory(m_stage->server.pid());
        QVERIFY(peak > 0);
        std::printf("\nPeak memory of a server with %d containers\n", containers);
        std::printf("  started again, and checked all once: %.1f MiB\n", peak);
        std::printf("  one that has signed a person in, without containers: %.1f MiB\n", m_signedIn);
        std::printf("  the same one after all of the above: %.1f MiB\n\n", before);
        std::fflush(stdout);
        m_figures["memory"] = {{"containers", containers}, {"checked_mib", peak},
            {"signed_in_mib", m_signedIn}, {"updated_mib", before}};
    }

    void cleanupTestCase()
    {
        QFile file(QStringLiteral(DOCKERAUTO_BENCH_FIGURES));
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
        file.write(QByteArray::fromStdString(m_figures.dump(2)) + '\n');
        std::printf("The figures are in %s\n", qPrintable(file.fileName()));
        std::fflush(stdout);
    }
};

QTEST_GUILESS_MAIN(BenchUpdates)
#include "bench_updates.moc"
