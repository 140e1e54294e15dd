#include "jsontext.h"

#include <domain/containerlinks.h>

#include <QTest>

#include <algorithm>

using namespace dockerauto;
using core::Json;

namespace {

const QString oldId = QString(64, QLatin1Char('a'));
const QString newId = QString(64, QLatin1Char('b'));

Json container(const std::string &idDigit, const char *name, const char *host = "{}")
{
    const QString id(64, QLatin1Char(idDigit[0]));
    return {{"Id", id}, {"Name", std::string("/") + name}, {"HostConfig", json(host)}};
}

QString tieText(const std::vector<domain::Tie> &ties)
{
    QString text;
    for (const domain::Tie tie : ties) {
        text += QLatin1Char("nipvl"[static_cast<int>(tie)]);
    }
    return text;
}

} // namespace

class ContainerLinksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTied_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("tied");
        QTest::newRow("alone") << QByteArray(R"({"NetworkMode":"default","IpcMode":"private"})") << false;
        QTest::newRow("network") << QByteArray(R"({"NetworkMode":"container:db"})") << true;
        QTest::newRow("ipc") << QByteArray(R"({"IpcMode":"container:db"})") << true;
        QTest::newRow("pid") << QByteArray(R"({"PidMode":"container:db"})") << true;
        QTest::newRow("volumes") << QByteArray(R"({"VolumesFrom":["db:ro"]})") << true;
        QTest::newRow("link") << QByteArray(R"({"NetworkMode":"bridge","Links":["/db:/web/db"]})") << true;
        QTest::newRow("link elsewhere")
            << QByteArray(R"({"NetworkMode":"mine","Links":["/db:/web/db"]})") << false;
    }

    void isTied()
    {
        QFETCH(const QByteArray, host);
        QFETCH(const bool, tied);
        QCOMPARE(domain::isTied(container("c", "web", host.constData())), tied);
    }

    void ties_areFound_data();
    void ties_areFound();
    void ties_ofAContainerToItself_areNone();
    void order_putsTargetsFirst_data();
    void order_putsTargetsFirst();
    void order_isTheSame_whateverTheListIs();
    void order_refusesACircle_withItsNames();
    void order_ofAnUnknownContainer_isRefused();
    void order_prefersANameToTheBeginningOfAnId();
    void retie_rewritesTies_data();
    void retie_rewritesTies();
    void retie_leavesOtherBodiesAlone();
};

void ContainerLinksTest::ties_areFound_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *host, const char *expected) {
        QTest::newRow(name) << QByteArray(host).replace("FULL", oldId.toLatin1())
                            << QString::fromLatin1(expected);
    };
    row("none", "{}", "");
    row("network by id", R"({"NetworkMode":"container:FULL"})", "n");
    row("network by short id", R"({"NetworkMode":"container:aaaaaaaaaaaa"})", "n");
    row("network by name", R"({"NetworkMode":"container:web"})", "n");
    row("network by name with a slash", R"({"NetworkMode":"container:/web"})", "n");
    row("network of another", R"({"NetworkMode":"container:web2"})", "");
    row("network of another id", R"({"NetworkMode":"container:ab"})", "");
    row("network named like it", R"({"NetworkMode":"web"})", "");
    row("nothing after the colon", R"({"NetworkMode":"container:"})", "");
    row("memory", R"({"IpcMode":"container:FULL"})", "i");
    row("processes", R"({"PidMode":"container:web"})", "p");
    row("shareable memory", R"({"IpcMode":"shareable"})", "");
    row("volumes", R"({"VolumesFrom":["other","web"]})", "v");
    row("volumes, read only", R"({"VolumesFrom":["FULL:ro"]})", "v");
    row("volumes of another", R"({"VolumesFrom":["webs:ro"]})", "");
    row("no list of volumes", R"({"VolumesFrom":null})", "");
    row("link", R"({"NetworkMode":"default","Links":["/web:/app/db"]})", "l");
    row("link, bridge", R"({"NetworkMode":"bridge","Links":["/web:/app/db"]})", "l");
    row("link of a request", R"({"Links":["web:db"]})", "l");
    row("link to another that it calls so", R"({"NetworkMode":"default","Links":["/db:/app/web"]})", "");
    row("link in a network of its own", R"({"NetworkMode":"front","Links":["/web:/app/db"]})", "");
    row("several", R"({"NetworkMode":"container:web","IpcMode":"container:FULL","PidMode":"container:web",
        "VolumesFrom":["web"]})",
        "nipv");
    row("the same way twice", R"({"VolumesFrom":["web","FULL:ro"]})", "v");
}

void ContainerLinksTest::ties_areFound()
{
    QFETCH(QByteArray, host);
    QFETCH(QString, expected);
    const Json inspect = container("c", "app", host.constData());
    QCOMPARE(tieText(domain::tiesTo(inspect, oldId, QStringLiteral("web"))), expected);
    QCOMPARE(tieText(domain::tiesTo(inspect, oldId, QStringLiteral("/web"))), expected);
}

void ContainerLinksTest::ties_ofAContainerToItself_areNone()
{
    const Json inspect = container("a", "web", R"({"VolumesFrom":["web"]})");
    QVERIFY(domain::tiesTo(inspect, oldId, QStringLiteral("web")).empty());
    QVERIFY(domain::tiesTo(Json(), oldId, QStringLiteral("web")).empty());
}

void ContainerLinksTest::order_putsTargetsFirst_data()
{
    QTest::addColumn<QByteArray>("hosts");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *hosts, const char *expected) {
        QTest::newRow(name) << QByteArray(hosts) << QString::fromLatin1(expected);
    };
    // Containers a, b, c, ... in this order; a is the one that is updated.
    row("alone", R"([{},{}])", "a");
    row("one dependant", R"([{},{"NetworkMode":"container:a"}])", "ab");
    row("who it depends on is not made again", R"([{"NetworkMode":"container:b"},{}])", "a");
    row("a chain", R"([{},{"IpcMode":"container:c"},{"PidMode":"container:a"}])", "acb");
    row("two dependants, by name", R"([{},{"VolumesFrom":["a"]},{"NetworkMode":"container:a"}])", "abc");
    row("a diamond",
        R"([{},{"NetworkMode":"container:d","VolumesFrom":["c"]},{"IpcMode":"container:a"},{"VolumesFrom":["a"]}])",
        "acdb");
    row("a longer way and a shorter one",
        R"([{},{"NetworkMode":"container:a","IpcMode":"container:c"},{"VolumesFrom":["a:ro"]}])", "acb");
    row("to itself", R"([{"VolumesFrom":["a"]}])", "a");
    row("a circle elsewhere",
        R"([{},{"NetworkMode":"container:a"},{"IpcMode":"container:d"},{"IpcMode":"container:c"}])", "ab");
    row("to one that is gone", R"([{"VolumesFrom":["z"]},{"NetworkMode":"container:a"}])", "ab");
}

void ContainerLinksTest::order_putsTargetsFirst()
{
    QFETCH(QByteArray, hosts);
    QFETCH(QString, expected);
    std::vector<Json> inspects;
    for (const Json &host : json(hosts.constData())) {
        const std::string name(1, static_cast<char>('a' + inspects.size()));
        inspects.push_back(container(name, name.c_str(), host.dump().c_str()));
    }
    const auto order = domain::orderOfTied(inspects, oldId);
    QVERIFY2(order, order ? "" : qPrintable(order.error().message));
    QString text;
    for (const std::size_t index : *order) {
        text += QLatin1Char(static_cast<char>('a' + index));
    }
    QCOMPARE(text, expected);
}

void ContainerLinksTest::order_isTheSame_whateverTheListIs()
{
    std::vector<Json> inspects{container("a", "a"), container("b", "b", R"({"VolumesFrom":["a"]})"),
        container("c", "c", R"({"NetworkMode":"container:a"})"),
        container("d", "d", R"({"IpcMode":"container:b"})")};
    std::vector<std::size_t> permutation{0, 1, 2, 3};
    do {
        std::vector<Json> shuffled;
        for (const std::size_t index : permutation) {
            shuffled.push_back(inspects[index]);
        }
        std::string names;
        const auto order = domain::orderOfTied(shuffled, oldId);
        for (const std::size_t index : *order) {
            names += shuffled[index]["Name"].get<std::string>();
        }
        QCOMPARE(names, std::string("/a/b/c/d"));
    } while (std::next_permutation(permutation.begin(), permutation.end()));
}

void ContainerLinksTest::order_refusesACircle_withItsNames()
{
    const auto order = domain::orderOfTied(
        {container("a", "web"),
            container("b", "left", R"({"VolumesFrom":["right"],"IpcMode":"container:web"})"),
            container("c", "right", R"({"NetworkMode":"container:left"})")},
        oldId);
    QVERIFY(!order);
    QCOMPARE(order.error().code, core::ErrorCode::Conflict);
    QVERIFY2(
        order.error().message.contains(QStringLiteral("left, right")), qPrintable(order.error().message));
}

void ContainerLinksTest::order_ofAnUnknownContainer_isRefused()
{
    const auto order = domain::orderOfTied({container("b", "b")}, oldId);
    QVERIFY(!order);
    QCOMPARE(order.error().code, core::ErrorCode::NotFound);
}

void ContainerLinksTest::order_prefersANameToTheBeginningOfAnId()
{
    const auto order = domain::orderOfTied({container("a", "web"), container("b", "aaaa"),
                                               container("c", "c", R"({"IpcMode":"container:aaaa"})")},
        oldId);
    QCOMPARE(order->size(), 1u);
}

void ContainerLinksTest::retie_rewritesTies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *body, const char *expected) {
        const auto filled = [](const char *text) {
            return QByteArray(text).replace("OLD", oldId.toLatin1()).replace("NEW", newId.toLatin1());
        };
        QTest::newRow(name) << filled(body) << filled(expected);
    };
    for (const char *key : {"NetworkMode", "IpcMode", "PidMode"}) {
        for (const char *text : {"OLD", "aaaaaaaaaaaa", "web", "web-aside-1"}) {
            row(QByteArray(key).append(", ").append(text).constData(),
                QByteArray(R"({"HostConfig":{"KEY":"container:TEXT"}})")
                    .replace("KEY", key)
                    .replace("TEXT", text)
                    .constData(),
                QByteArray(R"({"HostConfig":{"KEY":"container:NEW"}})").replace("KEY", key).constData());
        }
    }
    row("of another", R"({"HostConfig":{"NetworkMode":"container:other"}})",
        R"({"HostConfig":{"NetworkMode":"container:other"}})");
    row("volumes", R"({"HostConfig":{"VolumesFrom":["OLD:ro","web","other:rw","web-aside-1:z"]}})",
        R"({"HostConfig":{"VolumesFrom":["NEW:ro","NEW","other:rw","NEW:z"]}})");
    row("links of a request", R"({"HostConfig":{"Links":["web-aside-1:db","OLD:d","other:web"]}})",
        R"({"HostConfig":{"Links":["web:db","web:d","other:web"]}})");
    row("links of an inspect", R"({"HostConfig":{"Links":["/web-aside-1:/app/db"]}})",
        R"({"HostConfig":{"Links":["/web:/app/db"]}})");
    row("links in a network",
        R"({"HostConfig":{},"NetworkingConfig":{"EndpointsConfig":{"n":{"Links":["OLD:db"]},"m":{"Links":null}}}})",
        R"({"HostConfig":{},"NetworkingConfig":{"EndpointsConfig":{"n":{"Links":["web:db"]},"m":{"Links":null}}}})");
}

void ContainerLinksTest::retie_rewritesTies()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    Json create = json(body.constData());
    domain::retie(create, oldId, QStringLiteral("/web"), QStringLiteral("web-aside-1"), newId);
    COMPARE_JSON(create, json(expected.constData()));
    // Once more changes nothing.
    domain::retie(create, oldId, QStringLiteral("web"), QStringLiteral("web-aside-1"), newId);
    COMPARE_JSON(create, json(expected.constData()));
}

void ContainerLinksTest::retie_leavesOtherBodiesAlone()
{
    for (const char *body : {R"({"Image":"x"})", "null", R"({"HostConfig":null})",
             R"({"HostConfig":{"NetworkMode":"bridge","VolumesFrom":null,"Links":null}})"}) {
        Json create = json(body);
        domain::retie(create, oldId, QStringLiteral("web"), QString(), newId);
        COMPARE_JSON(create, json(body));
    }
}

QTEST_APPLESS_MAIN(ContainerLinksTest)
#include "tst_containerlinks.moc"
