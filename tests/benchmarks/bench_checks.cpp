#include "countingproxy.h"
#include "imagefarm.h"
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
using namespace std::chrono_literals;
using bench::CountingProxy;
using core::Json;

namespace {

constexpr int rounds = 5;
constexpr int many = 500;
constexpr int some = 200;
const QString straight = QStringLiteral("bench/straight");
const QString behindLine = QStringLiteral("bench/line");

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

/// What a registry or an engine was asked, by kind.
struct Requests
{
    int head = 0;
    int manifests = 0;
    int other = 0;
};

Requests kindsOf(const std::vector<QByteArray> &requests)
{
    Requests kinds;
    for (const QByteArray &request : requests) {
        const bool manifest = request.contains("/manifests/");
        ++(manifest && request.startsWith("HEAD") ? kinds.head : manifest ? kinds.manifests : kinds.other);
    }
    return kinds;
}

} // namespace

/// The goals of checks: time and requests beside curl, over a slow line, at a strict registry, and memory.
class BenchChecks : public QObject
{
    Q_OBJECT

private:
    struct Checked
    {
        double milliseconds = 0;
        double cpu = 0;
        bool finished = false;
    };

    /// The requests of the server to the registry since the last look, from the registry's own log.
    Requests fromLog()
    {
        std::vector<QByteArray> found;
        if (m_log.isOpen() || m_log.open(QIODevice::ReadOnly)) {
            for (const QByteArray &line : m_log.readAll().split('\n')) {
                if (line.contains("response completed") && line.contains("useragent=docker-auto")) {
                    found.push_back((line.contains("request.method=HEAD") ? "HEAD " : "GET ") + line);
                }
            }
        }
        return kindsOf(found);
    }

    /// From the call to the event that says that it is done.
    core::Result<Checked> check(const Json &body)
    {
        m_events.clear();
        const double before = bench::cpuMilliseconds(m_stage->server.pid());
        QElapsedTimer timer;
        timer.start();
        const Reply started = m_stage->api.post(QStringLiteral("/containers/check"), body);
        if (started.status != 202) {
            return core::fail(core::ErrorCode::Internal, QString::fromUtf8(started.text()));
        }
        Checked checked;
        checked.finished = m_events.waitFor(
            [&](const Json &event) {
                return event["type"] == "check.changed" && event["payload"]["finished"] == true &&
                       event["payload"]["id"] == started.body["id"];
            },
            120'000);
        checked.milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        checked.cpu = bench::cpuMilliseconds(m_stage->server.pid()) - before;
        if (!checked.finished) {
            return core::fail(core::ErrorCode::Timeout, QStringLiteral("The check did not end"));
        }
        return checked;
    }

    /// HEAD of the first repositories, with the start of curl.
    core::Result<double> curl(const QString &registry, const QString &prefix, int count, int parallel)
    {
        QStringList arguments{QStringLiteral("-sfI"), QStringLiteral("--parallel"),
            QStringLiteral("--parallel-max"), QString::number(parallel), QStringLiteral("-H"),
            QStringLiteral("Accept: application/vnd.docker.distribution.manifest.v2+json")};
        for (int i = 0; i < count; ++i) {
            arguments << QStringLiteral("http://%1/v2/%2%3/manifests/latest").arg(registry, prefix).arg(i);
        }
        QProcess process;
        process.setStandardOutputFile(QProcess::nullDevice());
        QElapsedTimer timer;
        timer.start();
        process.start(QStringLiteral("curl"), arguments);
        if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
            return core::fail(
                core::ErrorCode::Internal, QStringLiteral("curl ended with %1").arg(process.exitCode()));
        }
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

    qint64 countOf(const QString &query)
    {
        const Reply page = m_stage->api.get(QStringLiteral("/containers?limit=1&") + query);
        return page.body.is_object() ? page.body.value("total", qint64{-1}) : -1;
    }
    qint64 current(const QString &stem)
    {
        return countOf(QStringLiteral("decision=up_to_date&search=%1-").arg(stem));
    }
    core::Result<> awaitContainers(const QString &stem, int count)
    {
        const QDeadlineTimer deadline(120'000);
        while (countOf(QStringLiteral("search=%1-").arg(stem)) != count) {
            if (deadline.hasExpired()) {
                return core::fail(
                    core::ErrorCode::Timeout, QStringLiteral("The server does not show all containers"));
            }
            QTest::qWait(200);
        }
        return {};
    }
    /// With the engine behind the counting line; nobody signs in by password, which takes more memory than
    /// all the rest.
    core::Result<> startAgain()
    {
        m_events.close();
        if (m_stage->server.isRunning()) {
            DOCKERAUTO_TRY(m_stage->server.terminate(20s));
        }
        auto options = m_stage->options();
        options.dockerHost =
            QStringLiteral("unix://") + m_stage->data.filePath(QStringLiteral("engine.sock"));
        DOCKERAUTO_TRY(m_stage->server.start(options));
        m_stage->api.setServer(m_stage->server.url());
        return m_events.open(m_stage->api.server(), m_stage->api.token(), QStringLiteral("updates"));
    }

    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<docker::DockerEngine> m_engine;
    std::unique_ptr<bench::ImageFarm> m_farm;
    std::unique_ptr<CountingProxy> m_engineLine;
    std::unique_ptr<CountingProxy> m_line;
    EventStream m_events;
    QFile m_log;
    /// The containers behind the line, as a request for a check.
    Json m_behindLine;
    Json m_figures = Json::object();

private Q_SLOTS:
    void initTestCase()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        E2E_VERIFY(m_stage->startServer());
        E2E_GET(address, docker::EngineAddress::parse(m_stage->lab.engineUrl()));
        m_engine = std::make_unique<docker::DockerEngine>(address);
        E2E_GET(engineLine, CountingProxy::toSocket(m_stage->lab.socketPath(),
                                m_stage->data.filePath(QStringLiteral("engine.sock"))));
        m_engineLine = std::move(engineLine);
        E2E_GET(line, CountingProxy::toRegistry(m_stage->lab.registry()));
        m_line = std::move(line);
        m_log.setFileName(m_stage->lab.folder() + QStringLiteral("/registry.log"));

        // Not while containers come into being.
        E2E_VERIFY(m_stage->server.terminate(20s));
        m_farm = std::make_unique<bench::ImageFarm>(m_stage->lab, m_stage->images, *m_engine);
        E2E_VERIFY(m_farm->publish(straight, many));
        E2E_VERIFY(
            m_farm->createContainers(m_stage->lab.registry(), straight, QStringLiteral("straight"), many));
    }

    void check_ofFiveHundredBesideCurl()
    {
        E2E_VERIFY(startAgain());
        E2E_VERIFY(awaitContainers(QStringLiteral("straight"), many));
        fromLog();
        const double peakBefore = bench::peakMemory(m_stage->server.pid());
        E2E_GET(first, check(Json::object()));
        const Requests asFirst = fromLog();
        std::vector<double> ours;
        std::vector<double> floor;
        double cpu = 0;
        Requests asked;
        std::size_t engineCalls = 0;
        for (int round = 0; round < rounds; ++round) {
            m_engineLine->take();
            E2E_GET(checked, check(Json::object()));
            ours.push_back(checked.milliseconds);
            cpu += checked.cpu / rounds;
            engineCalls = m_engineLine->take().requests.size();
            asked = fromLog();
            E2E_GET(time, curl(m_stage->lab.registry(), straight, many, 8));
            floor.push_back(time);
        }
        const double ratio = median(ours) / median(floor);
        const double peak = bench::peakMemory(m_stage->server.pid());
        std::printf("\nCheck of %d containers in %d repositories, median of %d\n", many, many, rounds);
        std::printf("  docker-auto %.0f ms, %.0f ms of CPU (mean); the first one %.0f ms, %.0f ms of CPU\n",
            median(ours), cpu, first.milliseconds, first.cpu);
        std::printf(
            "  asked the registry: %d HEAD, %d GET of manifests, %d other (the first one: %d, %d, %d); "
            "calls of the engine: %zu\n",
            asked.head, asked.manifests, asked.other, asFirst.head, asFirst.manifests, asFirst.other,
            engineCalls);
        std::printf("  curl, %d HEAD over 8 connections: %.0f ms; docker-auto takes %.2f times as long\n",
            many, median(floor), ratio);
        std::printf("  up to date: %lld of %d; peak memory of the server: %.1f MiB (%.1f before the "
                    "first check)\n\n",
            static_cast<long long>(current(QStringLiteral("straight"))), many, peak, peakBefore);
        std::fflush(stdout);
        QCOMPARE(current(QStringLiteral("straight")), qint64{many});
        m_figures["check"] = {{"containers", many}, {"ms", ours}, {"first_ms", first.milliseconds},
            {"cpu_ms", cpu}, {"curl_ms", floor}, {"ratio", ratio}, {"head", asked.head},
            {"get", asked.manifests}, {"other", asked.other}, {"engine_calls", engineCalls},
            {"peak_mib", peak}, {"peak_before_mib", peakBefore}};
    }

    void check_ofTwoHundredOverALongLine()
    {
        const QString stem = QStringLiteral("line");
        // Images of their own: one that is known by another name would be remembered without this one.
        E2E_VERIFY(m_farm->publish(behindLine, some));
        E2E_VERIFY(m_farm->createContainers(m_line->address(), behindLine, stem, some));
        E2E_VERIFY(awaitContainers(stem, some));
        const Reply page = m_stage->api.get(QStringLiteral("/containers?limit=500&search=line-"));
        Json ids = Json::array();
        for (const Json &item : page.body["items"]) {
            ids.push_back(item["id"]);
        }
        QCOMPARE(ids.size(), std::size_t{some});
        m_behindLine = {{"containers", ids}};

        m_line->setRules({.oneWay = 25ms});
        std::vector<double> ours;
        std::vector<double> floor;
        int atOnce = 0;
        Requests asked;
        for (int round = 0; round < rounds; ++round) {
            m_line->take();
            E2E_GET(checked, check(m_behindLine));
            ours.push_back(checked.milliseconds);
            const auto counts = m_line->take();
            atOnce = std::max(atOnce, counts.mostAtOnce);
            asked = kindsOf(counts.requests);
            E2E_GET(time, curl(m_line->address(), behindLine, some, 32));
            floor.push_back(time);
        }
        m_line->setRules({});
        std::printf("\nCheck of %d over a line of 50 ms there and back, median of %d\n", some, rounds);
        std::printf(
            "  docker-auto %.0f ms (the first one, with new connections, %.0f ms), at most %d at once; "
            "%d HEAD, %d GET of manifests, %d other\n",
            median(ours), ours.front(), atOnce, asked.head, asked.manifests, asked.other);
        std::printf("  curl, at most 32 at once: %.0f ms; docker-auto takes %.2f times as long\n\n",
            median(floor), median(ours) / median(floor));
        std::fflush(stdout);
        QCOMPARE(current(stem), qint64{some});
        m_figures["long_line"] = {{"containers", some}, {"ms", ours}, {"most_at_once", atOnce},
            {"curl_ms", floor}, {"head", asked.head}, {"get", asked.manifests}, {"other", asked.other}};
    }

    void check_ofTwoHundredAtAStrictRegistry()
    {
        QVERIFY(!m_behindLine.is_null());
        std::printf("\nCheck of %d at a registry that takes 40 a second and 100 at once\n", some);
        Json figures = Json::array();
        for (int round = 0; round < 3; ++round) {
            m_line->setRules({.oneWay = {}, .limit = bench::LineRules::Limit{40, 100}});
            m_line->take();
            E2E_GET(checked, check(m_behindLine));
            const auto counts = m_line->take();
            const qint64 resolved = current(QStringLiteral("line"));
            std::printf("  %.0f ms, %d answers of 429 to %zu requests; up to date: %lld of %d\n",
                checked.milliseconds, counts.refused, counts.requests.size(),
                static_cast<long long>(resolved), some);
            std::fflush(stdout);
            figures.push_back({{"ms", checked.milliseconds}, {"refused", counts.refused},
                {"requests", counts.requests.size()}, {"resolved", resolved}});
        }
        m_line->setRules({});
        m_figures["strict_registry"] = std::move(figures);
    }

    void cleanupTestCase()
    {
        m_events.close();
        if (m_farm) {
            m_stage->server.kill();
            E2E_VERIFY(m_farm->removeContainers());
        }
        QFile file(QStringLiteral(DOCKERAUTO_BENCH_FIGURES));
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
        file.write(QByteArray::fromStdString(m_figures.dump(2)) + '\n');
        std::printf("The figures are in %s\n", qPrintable(file.fileName()));
        std::fflush(stdout);
    }
};

QTEST_GUILESS_MAIN(BenchChecks)
#include "bench_checks.moc"
