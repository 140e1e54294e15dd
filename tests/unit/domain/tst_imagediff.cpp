#include <domain/imagediff.h>

#include <QTest>

using namespace dockerauto;
using core::Json;

namespace {

/// `field: before -> after`
QStringList changes(const Json &before, const Json &after)
{
    QStringList lines;
    for (const auto &change : domain::configChanges(before, after)) {
        lines.append(QStringLiteral("%1: %2 -> %3")
                         .arg(change.field, change.before.value_or(QStringLiteral("(none)")),
                             change.after.value_or(QStringLiteral("(none)"))));
    }
    return lines;
}

} // namespace

class TestImageDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalConfigs_haveNoChanges()
    {
        const Json config{{"Env", {"A=1"}}, {"Cmd", {"serve"}}, {"Labels", {{"a", "b"}}}};
        QCOMPARE(changes(config, config), QStringList());
        QCOMPARE(changes(Json(), Json::object()), QStringList());
    }

    void everyField_isCompared()
    {
        const Json before{{"Env", {"PATH=/bin", "OLD=1"}}, {"Cmd", {"serve", "--all"}}, {"User", ""},
            {"ExposedPorts", {{"80/tcp", Json::object()}}}, {"Volumes", nullptr},
            {"Labels", {{"version", "1"}}}, {"Healthcheck", {{"Test", {"CMD", "check"}}, {"Interval", 3}}}};
        const Json after{{"Env", {"PATH=/usr/bin", "NEW="}}, {"Cmd", {"serve", "two words"}}, {"User", "app"},
            {"ExposedPorts", {{"8080/tcp", Json::object()}}}, {"Volumes", {{"/data", Json::object()}}},
            {"Labels", {{"version", "2"}}}};
        QCOMPARE(changes(before, after),
            QStringList({QStringLiteral("Cmd: serve --all -> serve \"two words\""),
                QStringLiteral("Env/NEW: (none) -> "), QStringLiteral("Env/OLD: 1 -> (none)"),
                QStringLiteral("Env/PATH: /bin -> /usr/bin"),
                QStringLiteral("ExposedPorts/80/tcp: yes -> (none)"),
                QStringLiteral("ExposedPorts/8080/tcp: (none) -> yes"),
                QStringLiteral("Healthcheck: CMD check -> (none)"), QStringLiteral("Labels/version: 1 -> 2"),
                QStringLiteral("User: (none) -> app"), QStringLiteral("Volumes//data: (none) -> yes")}));
    }

    void nonsense_isNoCrash()
    {
        QCOMPARE(changes(Json{{"Env", 5}, {"Cmd", "one text"}, {"Labels", {1, 2}}}, Json::array()).size(), 3);
    }
};

QTEST_APPLESS_MAIN(TestImageDiff)
#include "tst_imagediff.moc"
