#include "randomcontainer.h"
#include "simulatedengine.h"

#include <QProcess>
#include <QTest>

using namespace dockerauto;
using core::Json;
using randomcontainer::Chance;

namespace {

constexpr unsigned cases = 1500;

struct Case
{
    int apiMinor;
    Json image;
    Json inspect;
};

Case randomCase(unsigned seed)
{
    Chance chance(seed);
    const int apiMinor = 41 + chance.number(13);
    const Json image = chance.image("sha256:old");
    return {apiMinor, image,
        simulatedengine::create(chance.request(apiMinor), image, std::string(64, 'a'), apiMinor)};
}

/// No engine takes a request without any command.
bool runs(const Json &inspect)
{
    return !simulatedengine::isNothing(simulatedengine::at(inspect.at("Config"), "Cmd")) ||
           !simulatedengine::isNothing(simulatedengine::at(inspect.at("Config"), "Entrypoint"));
}

QByteArray question(const Case &random, const Json &inspect)
{
    const Json request{{"op", "spec.recreate"},
        {"in", {{"inspect", inspect}, {"oldImage", random.image}, {"newImage", random.image},
                   {"apiVersion", "1." + std::to_string(random.apiMinor)}}}};
    return QByteArray::fromStdString(core::writeJson(request)).append('\n');
}

std::vector<Json> ask(const QByteArray &input)
{
    QProcess probe;
    probe.start(qEnvironmentVariable("DOCKERAUTO_PROBE"), QStringList());
    probe.write(input);
    probe.closeWriteChannel();
    std::vector<Json> answers;
    if (probe.waitForFinished(30'000) && probe.exitCode() == 0) {
        for (const QByteArray &line : probe.readAllStandardOutput().split('\n')) {
            if (!line.isEmpty()) {
                answers.push_back(Json::parse(line.toStdString()));
            }
        }
    }
    return answers;
}

} // namespace

class RecreateProbeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void payload_isAFixedPoint_forRandomContainers();
};

/// What is made from a payload has that payload again, on engines of all versions.
void RecreateProbeTest::payload_isAFixedPoint_forRandomContainers()
{
    std::vector<Case> randoms;
    QByteArray input;
    for (unsigned seed = 1; seed <= cases; ++seed) {
        const Case random = randomCase(seed);
        if (runs(random.inspect)) {
            randoms.push_back(random);
            input += question(random, random.inspect);
        }
    }
    QVERIFY(randoms.size() > cases / 2);
    const std::vector<Json> first = ask(input);
    QCOMPARE(first.size(), randoms.size());
    input.clear();
    for (std::size_t i = 0; i < randoms.size(); ++i) {
        const Json &spec = first[i].at("ok");
        const int apiMinor = randoms[i].apiMinor;
        Json again =
            simulatedengine::create(spec.at("create"), randoms[i].image, std::string(64, 'b'), apiMinor);
        for (const Json &connection : spec.at("connect")) {
            simulatedengine::connect(again, connection.at("network"), connection.at("endpoint"), apiMinor);
        }
        input += question(randoms[i], again);
    }
    const std::vector<Json> second = ask(input);
    QCOMPARE(second.size(), randoms.size());
    for (std::size_t i = 0; i < randoms.size(); ++i) {
        const Json difference = Json::diff(first[i].at("ok"), second[i].at("ok"));
        QVERIFY2(difference.empty(), ("case " + std::to_string(i + 1) + ": " + difference.dump()).c_str());
    }
}

QTEST_GUILESS_MAIN(RecreateProbeTest)
#include "tst_recreateprobe.moc"
