#include "jsontext.h"
#include "richcontainer.h"

#include <domain/proof.h>

#include <QRegularExpression>
#include <QTest>

using namespace dockerauto;
using core::Json;

namespace {

/// All that may differ between a container and the one that replaces it, and nothing else may. Paths of
/// inspect, `*` for one segment.
const char *const volatileFields[] = {
    // What the engine makes anew for each container.
    "/Id", "/Created", "/ResolvConfPath", "/HostnamePath", "/HostsPath", "/LogPath", "/MountLabel",
    "/ProcessLabel", "/NetworkSettings/SandboxID", "/NetworkSettings/SandboxKey", "/NetworkSettings/Bridge",
    "/NetworkSettings/EndpointID", "/NetworkSettings/Gateway", "/NetworkSettings/IPAddress",
    "/NetworkSettings/MacAddress", "/NetworkSettings/Networks/*/EndpointID",
    "/NetworkSettings/Networks/*/Gateway", "/NetworkSettings/Networks/*/IPPrefixLen",
    // The network that assigns its addresses; that of a static one is compared.
    "/NetworkSettings/Networks/back/IPAddress", "/NetworkSettings/Networks/back/MacAddress",
    // Ports that the engine chooses.
    "/NetworkSettings/Ports/8080~1tcp/*/HostPort", "/NetworkSettings/Ports/8080~1tcp/*/HostIp",
    // A volume that the new image declares.
    "/Mounts/3/Name", "/Mounts/3/Source", "/Mounts/3/Driver", "/Mounts/3/Mode", "/Mounts/3/Propagation",
    // How the image is called; which one it is, is compared by its id.
    "/Config/Image",
    // Marks of this program.
    "/Config/Labels/docker-auto.operation", "/Config/Labels/docker-auto.epoch",
    // Only an engine writes them.
    "/HostConfig/ContainerIDFile", "/HostConfig/ConsoleSize/*",
    // How a container fares, which the health gate judges.
    "/State/*", "/RestartCount"};

bool isVolatile(const QString &path)
{
    for (const char *pattern : volatileFields) {
        const QString text = QRegularExpression::escape(QString::fromLatin1(pattern))
                                 .replace(QStringLiteral("\\*"), QStringLiteral("[^/]+"));
        if (QRegularExpression(QLatin1Char('^') + text + QLatin1Char('$')).match(path).hasMatch()) {
            return true;
        }
    }
    return false;
}

Json otherValue(const Json &value)
{
    if (value.is_boolean()) {
        return !value.get<bool>();
    }
    if (value.is_number()) {
        return value.get<qint64>() + 1;
    }
    return value.is_string() ? Json(value.get<std::string>() + "-other") : Json("other");
}

/// Every leaf: texts, numbers, flags, nulls and empty lists and objects.
void collectLeaves(const Json &value, const Json::json_pointer &at, std::vector<Json::json_pointer> &leaves)
{
    if (!value.is_structured() || value.empty()) {
        leaves.push_back(at);
        return;
    }
    if (value.is_object()) {
        for (const auto &[key, member] : value.items()) {
            collectLeaves(member, at / key, leaves);
        }
        return;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
        collectLeaves(value[i], at / i, leaves);
    }
}

bool faithful(const Json &after)
{
    return domain::proveFaithful(
        richcontainer::before(), after, richcontainer::oldImage(), richcontainer::newImage())
        .faithful();
}

} // namespace

/// The proof is only worth what it finds: every single change of a container that has everything.
class ProofMutationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unchanged_isFaithful();
    void change_isFound_unlessTheFieldIsVolatile_data();
    void change_isFound_unlessTheFieldIsVolatile();
    void loss_isFound_unlessTheFieldIsVolatile_data() { change_isFound_unlessTheFieldIsVolatile_data(); }
    void loss_isFound_unlessTheFieldIsVolatile();
    void addition_isFound_data();
    void addition_isFound();
    void volatileFields_areAllThere();
};

void ProofMutationTest::unchanged_isFaithful()
{
    const auto report = domain::proveFaithful(richcontainer::before(), richcontainer::after(),
        richcontainer::oldImage(), richcontainer::newImage());
    for (const auto &difference : report.differences) {
        QVERIFY2(!difference.explanation.isEmpty(), qPrintable(difference.path));
    }
    QVERIFY(report.fieldsCompared > 150);
}

void ProofMutationTest::change_isFound_unlessTheFieldIsVolatile_data()
{
    QTest::addColumn<QString>("path");
    std::vector<Json::json_pointer> leaves;
    collectLeaves(richcontainer::after(), Json::json_pointer(), leaves);
    for (const auto &leaf : leaves) {
        QTest::newRow(leaf.to_string().c_str()) << QString::fromStdString(leaf.to_string());
    }
}

void ProofMutationTest::change_isFound_unlessTheFieldIsVolatile()
{
    QFETCH(QString, path);
    Json after = richcontainer::after();
    Json &leaf = after[Json::json_pointer(path.toStdString())];
    leaf = otherValue(leaf);
    QCOMPARE(faithful(after), isVolatile(path));
}

void ProofMutationTest::loss_isFound_unlessTheFieldIsVolatile()
{
    QFETCH(QString, path);
    const Json::json_pointer pointer(path.toStdString());
    Json after = richcontainer::after();
    const Json lost = after[pointer];
    Json &parent = after[pointer.parent_pointer()];
    if (parent.is_array()) {
        parent.erase(static_cast<std::size_t>(std::stoul(pointer.back())));
    } else {
        parent.erase(pointer.back());
    }
    // Where nothing was, or a default, nothing is lost. The other way round the engine fills it in.
    const bool nothing = lost.is_null() || lost == Json(0) || lost == Json(false) || lost == Json("") ||
                         (lost.is_structured() && lost.empty());
    // The name that engines make from the id may be missing; without the id nobody can tell which one it is.
    const bool madeFromId =
        path == QStringLiteral("/Id") || path == QStringLiteral("/NetworkSettings/Networks/front/Aliases/1");
    if (!nothing && !madeFromId) {
        QCOMPARE(faithful(after), isVolatile(path));
    }
}

void ProofMutationTest::addition_isFound_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path : {"/Config/Tomorrow", "/Config/Env/-", "/Config/Labels/new",
             "/Config/Volumes/~1new", "/Config/ExposedPorts/1~1tcp", "/Config/Healthcheck/Tomorrow",
             "/HostConfig/Tomorrow", "/HostConfig/Binds/-", "/HostConfig/Sysctls/new", "/HostConfig/CapAdd/-",
             "/HostConfig/LogConfig/Config/new", "/HostConfig/Devices/-", "/Mounts/-", "/Mounts/0/Tomorrow",
             "/NetworkSettings/Networks/third", "/NetworkSettings/Networks/front/Tomorrow",
             "/NetworkSettings/Networks/front/Aliases/-", "/NetworkSettings/Ports/1~1tcp"}) {
        QTest::newRow(path) << QString::fromLatin1(path);
    }
}

void ProofMutationTest::addition_isFound()
{
    QFETCH(QString, path);
    Json after = richcontainer::after();
    after[Json::json_pointer(path.toStdString())] =
        path.startsWith(QStringLiteral("/Mounts/-"))
            ? json(R"({"Type":"bind","Source":"/","Destination":"/all"})")
            : Json("new");
    QVERIFY(!faithful(after));
}

/// A field that is volatile and that the container has not got is a mistake in the table.
void ProofMutationTest::volatileFields_areAllThere()
{
    std::vector<Json::json_pointer> leaves;
    collectLeaves(richcontainer::after(), Json::json_pointer(), leaves);
    for (const char *pattern : volatileFields) {
        const QString text = QRegularExpression::escape(QString::fromLatin1(pattern))
                                 .replace(QStringLiteral("\\*"), QStringLiteral("[^/]+"));
        const QRegularExpression expression(QLatin1Char('^') + text + QLatin1Char('$'));
        QVERIFY2(std::any_of(leaves.begin(), leaves.end(),
                     [&expression](const Json::json_pointer &leaf) {
                         return expression.match(QString::fromStdString(leaf.to_string())).hasMatch();
                     }),
            pattern);
    }
}

QTEST_APPLESS_MAIN(ProofMutationTest)
#include "tst_proofmutation.moc"
