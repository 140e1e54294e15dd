#include <domain/roles.h>

#include <QTest>

using namespace dockerauto;
using core::Role;

class RolesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void role_holds_data()
    {
        QTest::addColumn<QByteArray>("permission");
        QTest::addColumn<bool>("admin");
        QTest::addColumn<bool>("operators");
        QTest::addColumn<bool>("viewer");
        QTest::addColumn<bool>("user");
        const auto row = [](const char *permission, bool admin, bool operators, bool viewer, bool user) {
            QTest::newRow(permission) << QByteArray(permission) << admin << operators << viewer << user;
        };
        row("containers:read", true, true, true, false);
        row("containers:write", true, true, false, false);
        row("containers:control", true, true, false, false);
        row("containers:logs", true, true, false, false);
        row("updates:read", true, true, true, false);
        row("updates:start", true, true, false, false);
        row("updates:approve", true, true, false, false);
        row("updates:check", true, true, false, false);
        row("schedules:write", true, true, false, false);
        row("alerts:write", true, true, false, false);
        row("policies:write", true, true, false, false);
        row("monitoring:read", true, true, true, false);
        row("hosts:read", true, true, true, false);
        row("hosts:write", true, false, false, false);
        row("users:write", true, false, false, false);
        row("users:read", true, false, true, false);
        row("settings:read", true, false, true, false);
        row("settings:write", true, false, false, false);
        // An export holds the values of the environment.
        row("containers:export", true, true, false, false);
        row("meta:read", true, true, true, true);
        row("unknown:read", true, false, false, false);
        row("containers", true, false, false, false);
        row("containers:", true, false, false, false);
        row(":read", true, false, false, false);
        row("", true, false, false, false);
        row("containersx:read", true, false, false, false);
    }
    void role_holds()
    {
        QFETCH(QByteArray, permission);
        const std::string_view text(permission.constData(), static_cast<std::size_t>(permission.size()));
        QTEST(domain::roleHolds(Role::Admin, text), "admin");
        QTEST(domain::roleHolds(Role::Operator, text), "operators");
        QTEST(domain::roleHolds(Role::Viewer, text), "viewer");
        QTEST(domain::roleHolds(Role::User, text), "user");
    }
};

QTEST_APPLESS_MAIN(RolesTest)
#include "tst_roles.moc"
