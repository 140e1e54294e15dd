#include "jsontext.h"
#include "simulatedengine.h"

#include <domain/proof.h>
#include <domain/recreate.h>

#include <QTest>

#include <random>

using namespace dockerauto;
using core::Json;

namespace {

/// Random requests and images out of a few values, so that they meet often.
class Chance
{
public:
    explicit Chance(unsigned seed) : m_random(seed) {}

    bool coin(int of = 2) { return number(of) == 0; }
    int number(int below) { return static_cast<int>(m_random() % static_cast<unsigned>(below)); }
    Json words(const char *prefix)
    {
        Json list = Json::array();
        for (int i = number(3); i > 0; --i) {
            list.push_back(prefix + std::to_string(number(2)));
        }
        return list;
    }
    Json text(const char *prefix) { return coin() ? Json(prefix + std::to_string(number(2))) : Json(); }
    Json set(const char *prefix, const char *suffix)
    {
        Json object = Json::object();
        for (int i = number(3); i > 0; --i) {
            object[prefix + std::to_string(number(3)) + suffix] = Json::object();
        }
        return object;
    }
    Json environment()
    {
        std::map<std::string, std::string> variables;
        for (int i = number(4); i > 0; --i) {
            variables["V" + std::to_string(number(4))] = std::to_string(number(2));
        }
        Json list = Json::array();
        for (const auto &[name, value] : variables) {
            list.push_back(name + "=" + value);
        }
        return list;
    }
    Json labels()
    {
        Json object = Json::object();
        const char *const names[] = {"a", "b", "com.docker.compose.service", "docker-auto.policy"};
        for (int i = number(4); i > 0; --i) {
            object[names[number(4)]] = std::to_string(number(2));
        }
        return object;
    }
    Json healthcheck()
    {
        Json check = Json::object();
        if (coin()) {
            check["Test"] = coin(3) ? Json::array({"NONE"}) : Json::array({"CMD", std::to_string(number(2))});
        }
        for (const char *key : {"Interval", "Timeout", "StartPeriod", "StartInterval", "Retries"}) {
            if (coin()) {
                check[key] = 1 + number(2);
            }
        }
        return check;
    }
    Json configuration()
    {
        Json config{{"Env", environment()}, {"Labels", labels()}, {"ExposedPorts", set("", "/tcp")},
            {"Volumes", set("/v", "")}};
        for (const char *key : {"User", "WorkingDir", "StopSignal"}) {
            if (const Json value = text(key[0] == 'W' ? "/w" : "x"); !value.is_null()) {
                config[key] = value;
            }
        }
        if (const Json check = healthcheck(); !check.empty()) {
            config["Healthcheck"] = check;
        }
        return config;
    }

private:
    std::mt19937 m_random;
};

Json randomImage(Chance &chance, const char *id)
{
    Json config = chance.configuration();
    if (chance.coin()) {
        config["Entrypoint"] = chance.words("e");
    }
    config["Cmd"] = chance.words("c");
    // An image whose check has no test has no check.
    if (config.contains("Healthcheck") && !config["Healthcheck"].contains("Test")) {
        config.erase("Healthcheck");
    }
    return {{"Id", id}, {"Config", config}};
}

Json randomRequest(Chance &chance)
{
    Json request = chance.configuration();
    request["Image"] = "x:1";
    switch (chance.number(4)) {
    case 0:
        request["Entrypoint"] = Json::array({""});
        break;
    case 1:
        request["Entrypoint"] = chance.words("e");
        break;
    case 2:
        request["Entrypoint"] = Json::array({"e0"});
        break;
    default:
        break;
    }
    request["Cmd"] = chance.words("c");
    if (chance.coin()) {
        request["Hostname"] = "named";
    }
    Json host{{"NetworkMode", "bridge"}, {"Memory", 9007199254740993 + chance.number(3)},
        {"Unknown", {{"Deep", chance.number(9)}}},
        {"Binds", chance.coin() ? Json() : Json::array({"data:/v0"})}, {"Runtime", "runc"},
        {"PortBindings", {{"1/tcp", {{{"HostPort", "80"}}}}}},
        {"MaskedPaths", chance.coin() ? Json() : Json::array()}};
    if (chance.coin()) {
        host["NetworkMode"] = "front";
        request["NetworkingConfig"]["EndpointsConfig"] = {
            {"front", {{"Aliases", {"web"}}, {"IPAMConfig", {{"IPv4Address", "172.20.0.9"}}}}},
            {"back", Json::object()}};
    }
    request["HostConfig"] = host;
    return request;
}

/// Without what differs from container to container and what says nothing.
Json comparable(Json inspect)
{
    const std::string shortId = inspect["Id"].get<std::string>().substr(0, 12);
    inspect.erase("Id");
    if (inspect["Config"]["Hostname"] == shortId) {
        inspect["Config"].erase("Hostname");
    }
    for (Json &network : inspect["NetworkSettings"]["Networks"]) {
        network.erase("IPAddress");
        Json names = Json::array();
        for (const Json &alias :
            simulatedengine::isNothing(network["Aliases"]) ? Json::array() : network["Aliases"]) {
            if (alias != shortId) {
                names.push_back(alias);
            }
        }
        network["Aliases"] = names;
    }
    std::vector<std::string> environment = inspect["Config"]["Env"];
    std::sort(environment.begin(), environment.end());
    inspect["Config"]["Env"] = environment;
    // A volume that had no name is mounted by name from the first update on.
    inspect["HostConfig"].erase("Mounts");
    const Json config = inspect["Config"];
    for (const auto &[key, value] : config.items()) {
        if (simulatedengine::isNothing(value)) {
            inspect["Config"].erase(key);
        }
    }
    return inspect;
}

} // namespace

/// Laws that hold for every container, on a model of the engine.
class RecreatePropertyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameImage_givesTheSameContainer_data() { seeds(); }
    void sameImage_givesTheSameContainer();
    void newImage_isAFixedPoint_data() { seeds(); }
    void newImage_isAFixedPoint();
    void userValues_survive_andVolumesStay_data() { seeds(); }
    void userValues_survive_andVolumesStay();
    void proof_isFaithful_afterTheUpdate_data() { seeds(); }
    void proof_isFaithful_afterTheUpdate();

private:
    static void seeds()
    {
        QTest::addColumn<unsigned>("first");
        for (unsigned first = 1; first <= 400; first += 50) {
            QTest::addRow("%u to %u", first, first + 49) << first;
        }
    }
    /// Skips requests that no engine takes: those without any command.
    static bool runs(const Json &inspect)
    {
        return !simulatedengine::isNothing(inspect["Config"].value("Cmd", Json())) ||
               !simulatedengine::isNothing(inspect["Config"].value("Entrypoint", Json()));
    }
};

namespace {

const std::string idA(64, 'a');
const std::string idB(64, 'b');
const std::string idC(64, 'c');

Json again(const Json &inspect, const Json &oldImage, const Json &newImage, const std::string &id)
{
    const auto spec = domain::recreateSpec(inspect, oldImage, newImage, QStringLiteral("x:1"), 44);
    return simulatedengine::create(spec->create, newImage, id);
}

} // namespace

void RecreatePropertyTest::sameImage_givesTheSameContainer()
{
    QFETCH(unsigned, first);
    for (unsigned seed = first; seed < first + 50; ++seed) {
        Chance chance(seed);
        const Json image = randomImage(chance, "sha256:old");
        const Json before = simulatedengine::create(randomRequest(chance), image, idA);
        if (runs(before)) {
            COMPARE_JSON(comparable(again(before, image, image, idB)), comparable(before));
        }
    }
}

void RecreatePropertyTest::newImage_isAFixedPoint()
{
    QFETCH(unsigned, first);
    for (unsigned seed = first; seed < first + 50; ++seed) {
        Chance chance(seed);
        const Json oldImage = randomImage(chance, "sha256:old");
        const Json newImage = randomImage(chance, "sha256:new");
        const Json before = simulatedengine::create(randomRequest(chance), oldImage, idA);
        const Json after = again(before, oldImage, newImage, idB);
        if (runs(before) && runs(after)) {
            COMPARE_JSON(comparable(again(after, newImage, newImage, idC)), comparable(after));
        }
    }
}

void RecreatePropertyTest::userValues_survive_andVolumesStay()
{
    QFETCH(unsigned, first);
    for (unsigned seed = first; seed < first + 50; ++seed) {
        Chance chance(seed);
        const Json oldImage = randomImage(chance, "sha256:old");
        const Json newImage = randomImage(chance, "sha256:new");
        const Json request = randomRequest(chance);
        const Json before = simulatedengine::create(request, oldImage, idA);
        const Json after = again(before, oldImage, newImage, idB);
        const Json &oldEnvironment = oldImage["Config"]["Env"];
        for (const Json &entry : request["Env"]) {
            if (std::find(oldEnvironment.begin(), oldEnvironment.end(), entry) == oldEnvironment.end()) {
                const Json &now = after["Config"]["Env"];
                QVERIFY2(std::find(now.begin(), now.end(), entry) != now.end(), qPrintable(shown(entry)));
            }
        }
        for (const Json &mount : before["Mounts"]) {
            const Json &now = after["Mounts"];
            QVERIFY2(std::find(now.begin(), now.end(), mount) != now.end(), qPrintable(shown(mount)));
        }
        Json host = after["HostConfig"];
        host.erase("Mounts");
        COMPARE_JSON(host, before["HostConfig"]);
    }
}

void RecreatePropertyTest::proof_isFaithful_afterTheUpdate()
{
    QFETCH(unsigned, first);
    for (unsigned seed = first; seed < first + 50; ++seed) {
        Chance chance(seed);
        const Json oldImage = randomImage(chance, "sha256:old");
        const Json newImage = randomImage(chance, "sha256:new");
        Json before = simulatedengine::create(randomRequest(chance), oldImage, idA);
        Json after = again(before, oldImage, newImage, idB);
        if (!runs(before) || !runs(after)) {
            continue;
        }
        before["Image"] = "sha256:old";
        after["Image"] = "sha256:new";
        auto report = domain::proveFaithful(before, after, oldImage, newImage);
        std::erase_if(report.differences, [](const auto &difference) {
            // The model has neither.
            return difference.path == QStringLiteral("/Path") || difference.path == QStringLiteral("/Args");
        });
        for (const auto &difference : report.differences) {
            QVERIFY2(!difference.explanation.isEmpty(),
                qPrintable(QStringLiteral("seed %1: %2: %3 → %4")
                               .arg(seed)
                               .arg(difference.path, difference.expected, difference.actual)));
        }
        QVERIFY(report.fieldsCompared > 10);
    }
}

QTEST_APPLESS_MAIN(RecreatePropertyTest)
#include "tst_recreateproperty.moc"
