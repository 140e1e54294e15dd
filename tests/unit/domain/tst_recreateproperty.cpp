#include "jsontext.h"
#include "randomcontainer.h"
#include "simulatedengine.h"

#include <domain/proof.h>
#include <domain/recreate.h>

#include <QTest>

#include <algorithm>

using namespace dockerauto;
using core::Json;
using randomcontainer::Chance;
using randomcontainer::Family;

namespace {

const std::string idA(64, 'a');
const std::string idB(64, 'b');
const std::string idC(64, 'c');

/// Without what differs from container to container and what says nothing.
Json comparable(Json inspect)
{
    const std::string shortId = inspect["Id"].get<std::string>().substr(0, 12);
    if (inspect["Config"]["Hostname"] == shortId) {
        inspect["Config"].erase("Hostname");
    }
    for (Json &network : inspect["NetworkSettings"]["Networks"]) {
        network.erase("IPAddress");
        if (network["MacAddress"].get<std::string>().starts_with("02:42:")) {
            network.erase("MacAddress");
        }
        Json names = Json::array();
        for (const Json &name : simulatedengine::at(network, "Aliases")) {
            if (name != Json(shortId)) {
                names.push_back(name);
            }
        }
        network["Aliases"] = names;
    }
    inspect.erase("Id");
    inspect.erase("Image");
    std::vector<std::string> environment = inspect["Config"]["Env"];
    std::sort(environment.begin(), environment.end());
    inspect["Config"]["Env"] = environment;
    // A volume that had no name is mounted by name from the first update on.
    inspect["HostConfig"].erase("Mounts");
    for (const char *part : {"Config", "HostConfig"}) {
        const Json members = inspect[part];
        for (const auto &[key, value] : members.items()) {
            // Nothing and empty are two things there.
            const bool exact = key == "MaskedPaths" || key == "ReadonlyPaths" || key == "MemorySwappiness" ||
                               key == "Init" || key == "StopTimeout";
            if (simulatedengine::isNothing(value) && !exact) {
                inspect[part].erase(key);
            }
        }
    }
    return inspect;
}

/// One random container: its request, its images, and the version that its engine speaks.
struct Case
{
    explicit Case(unsigned seed, Family newFamily = Family::Common) : chance(seed)
    {
        apiMinor = 41 + chance.number(13);
        oldImage = chance.image("sha256:old");
        newImage = chance.image("sha256:new", newFamily);
        request = chance.request(apiMinor);
        before = simulatedengine::create(request, oldImage, idA, apiMinor);
    }

    [[nodiscard]] domain::RecreateSpec spec(const Json &inspect, const Json &from, const Json &to) const
    {
        return *domain::recreateSpec(inspect, from, to, QStringLiteral("x:1"), apiMinor);
    }

    /// The container that an update of `inspect` makes.
    [[nodiscard]] Json again(
        const Json &inspect, const Json &from, const Json &to, const std::string &id) const
    {
        const auto update = spec(inspect, from, to);
        Json made = simulatedengine::create(update.create, to, id, apiMinor);
        for (const auto &connection : update.connect) {
            simulatedengine::connect(made, connection.network.toStdString(), connection.endpoint, apiMinor);
        }
        return made;
    }

    Chance chance;
    int apiMinor = 41;
    Json oldImage;
    Json newImage;
    Json request;
    Json before;
};

/// No engine takes a request without any command.
bool runs(const Json &inspect)
{
    return !simulatedengine::isNothing(simulatedengine::at(inspect["Config"], "Cmd")) ||
           !simulatedengine::isNothing(simulatedengine::at(inspect["Config"], "Entrypoint"));
}

/// What differs, or nothing.
QString difference(const Json &actual, const Json &expected)
{
    QString text;
    for (const Json &change : Json::diff(expected, actual)) {
        text += shown(change) + QLatin1Char('\n');
    }
    return text;
}

} // namespace

/// Laws that hold for every container, on a model of the engine. DOCKER_AUTO_SEEDS replays one seed, `17`, or
/// some, `1-500`.
class RecreatePropertyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameImage_givesTheSameContainer_data() { seeds(); }
    void sameImage_givesTheSameContainer();
    void newImage_isAFixedPoint_data() { seeds(); }
    void newImage_isAFixedPoint();
    void newImageAndBack_restoresThePayload_data() { seeds(); }
    void newImageAndBack_restoresThePayload();
    void userValues_survive_andVolumesStay_data() { seeds(); }
    void userValues_survive_andVolumesStay();
    void proof_isFaithful_afterTheUpdate_data() { seeds(); }
    void proof_isFaithful_afterTheUpdate();

private:
    static void seeds()
    {
        QTest::addColumn<unsigned>("first");
        QTest::addColumn<unsigned>("last");
        const QString wanted = qEnvironmentVariable("DOCKER_AUTO_SEEDS");
        if (!wanted.isEmpty()) {
            QTest::newRow("wanted") << wanted.section(u'-', 0, 0).toUInt()
                                    << wanted.section(u'-', -1).toUInt();
            return;
        }
        constexpr unsigned step = 2000;
        for (unsigned first = 1; first <= 10000; first += step) {
            QTest::addRow("%u to %u", first, first + step - 1) << first << first + step - 1;
        }
    }

    /// `law` says what is wrong, or nothing.
    template <typename Law>
    static void holds(Family newFamily, const Law &law)
    {
        QFETCH(unsigned, first);
        QFETCH(unsigned, last);
        int judged = 0;
        for (unsigned seed = first; seed <= last; ++seed) {
            const Case random(seed, newFamily);
            if (!runs(random.before)) {
                continue;
            }
            ++judged;
            const QString wrong = law(random);
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("DOCKER_AUTO_SEEDS=%1, API 1.%2: %3")
                                                     .arg(seed)
                                                     .arg(random.apiMinor)
                                                     .arg(wrong)));
        }
        QVERIFY(judged > 0 || first == last);
    }
};

void RecreatePropertyTest::sameImage_givesTheSameContainer()
{
    holds(Family::Common, [](const Case &random) {
        const Json after = random.again(random.before, random.oldImage, random.oldImage, idB);
        return difference(comparable(after), comparable(random.before));
    });
}

void RecreatePropertyTest::newImage_isAFixedPoint()
{
    holds(Family::Common, [](const Case &random) {
        const Json after = random.again(random.before, random.oldImage, random.newImage, idB);
        if (!runs(after)) {
            return QString();
        }
        const Json third = random.again(after, random.newImage, random.newImage, idC);
        return difference(comparable(third), comparable(after));
    });
}

/// Where the new image shares no value with what the user set: a shared one cannot be told apart any more.
void RecreatePropertyTest::newImageAndBack_restoresThePayload()
{
    holds(Family::Apart, [](const Case &random) {
        const auto there = random.spec(random.before, random.oldImage, random.newImage);
        const Json after = random.again(random.before, random.oldImage, random.newImage, idB);
        const Json back = random.again(after, random.newImage, random.oldImage, idC);
        const auto payload = [](domain::RecreateSpec spec) {
            // Volumes that the new image declared stay attached: they may hold something by now.
            spec.create["HostConfig"].erase("Mounts");
            Json connect = Json::array();
            for (const auto &connection : spec.connect) {
                connect.push_back({{"network", connection.network}, {"endpoint", connection.endpoint}});
            }
            return Json{{"create", spec.create}, {"connect", connect}};
        };
        QString wrong =
            difference(payload(random.spec(after, random.newImage, random.oldImage)), payload(there));
        wrong += difference(payload(random.spec(back, random.oldImage, random.newImage)), payload(there));
        return wrong;
    });
}

void RecreatePropertyTest::userValues_survive_andVolumesStay()
{
    holds(Family::Common, [](const Case &random) {
        const Json after = random.again(random.before, random.oldImage, random.newImage, idB);
        const auto contains = [](const Json &list, const Json &item) {
            return std::find(list.begin(), list.end(), item) != list.end();
        };
        for (const Json &entry : random.request["Env"]) {
            if (!contains(random.oldImage["Config"]["Env"], entry) &&
                !contains(after["Config"]["Env"], entry)) {
                return QString(QStringLiteral("lost ") + shown(entry));
            }
        }
        for (const Json &mount : random.before["Mounts"]) {
            if (!contains(after["Mounts"], mount)) {
                return QString(QStringLiteral("lost ") + shown(mount));
            }
        }
        return difference(comparable(after)["HostConfig"], comparable(random.before)["HostConfig"]);
    });
}

void RecreatePropertyTest::proof_isFaithful_afterTheUpdate()
{
    holds(Family::Common, [](const Case &random) {
        const Json after = random.again(random.before, random.oldImage, random.newImage, idB);
        if (!runs(after)) {
            return QString();
        }
        const auto report = domain::proveFaithful(random.before, after, random.oldImage, random.newImage);
        QString wrong;
        for (const auto &difference : report.differences) {
            // The model has neither.
            const bool unknown =
                difference.path == QStringLiteral("/Path") || difference.path == QStringLiteral("/Args");
            if (difference.explanation.isEmpty() && !unknown) {
                wrong += QStringLiteral("%1: %2 → %3\n")
                             .arg(difference.path, difference.expected, difference.actual);
            }
        }
        return report.fieldsCompared > 10 ? wrong : QStringLiteral("hardly anything was compared");
    });
}

QTEST_APPLESS_MAIN(RecreatePropertyTest)
#include "tst_recreateproperty.moc"
