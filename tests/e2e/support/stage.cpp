#include "stage.h"

#include <core/vocabulary.h>

#include <QFile>
#include <QTcpServer>
#include <QTest>

namespace dockerauto::e2e {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;

namespace {

const auto email = QStringLiteral("admin@example.org");
const auto password = QStringLiteral("violet-harbour-49-lantern");

} // namespace

Result<std::unique_ptr<Stage>> Stage::make()
{
    DOCKERAUTO_TRY_ASSIGN(lab, testsupport::TestLab::fromEnvironment());
    std::unique_ptr<Stage> stage(new Stage(lab));
    QFile file(stage->data.filePath(QStringLiteral("password")));
    if (!file.open(QIODevice::WriteOnly) || file.write(password.toUtf8() + '\n') < 0) {
        return fail(ErrorCode::Internal, file.errorString());
    }
    return stage;
}

Stage::~Stage()
{
    if (QTest::currentTestFailed()) {
        qInfo().noquote() << "The log of the server:\n" << server.log();
    }
    server.kill();
    for (const QString &name : m_names) {
        const auto left = containers(name);
        for (const Seen &seen : left.value_or(std::vector<Seen>())) {
            static_cast<void>(lab.removeContainer(seen.id));
        }
    }
    for (const QString &name : m_networks) {
        static_cast<void>(lab.dockerCli({QStringLiteral("network"), QStringLiteral("rm"), name}));
    }
}

ServerProcess::Options Stage::options() const
{
    return {.dataDir = data.filePath(QStringLiteral("data")),
        .dockerHost = lab.engineUrl(),
        .more = more,
        .adminEmail = email,
        .adminPasswordFile = data.filePath(QStringLiteral("password")),
        .failpoint = failpoint};
}

Result<> Stage::startServer()
{
    DOCKERAUTO_TRY(server.start(options()));
    api.setServer(server.url());
    // In a long test the token grows old.
    if (api.token().isEmpty() || api.get(QStringLiteral("/auth/me")).status == 401) {
        DOCKERAUTO_TRY(api.logIn(email, password));
    }
    Reply hosts;
    const bool connected = QTest::qWaitFor(
        [&] {
            hosts = api.get(QStringLiteral("/hosts"));
            const Json &items = memberOf(hosts.body, "items");
            return items.is_array() && !items.empty() &&
                   textOf(items[0], "state") == QStringLiteral("connected");
        },
        15'000);
    return connected ? Result<>() : fail(ErrorCode::Unavailable, QString::fromUtf8(hosts.text()));
}

Result<QString> Stage::run(const QString &stem, const QString &image, const QStringList &arguments)
{
    const QString name = testsupport::TestLab::uniqueName(stem);
    forget(name);
    DOCKERAUTO_TRY(lab.runContainer({.name = name, .image = image, .arguments = arguments, .command = {}}));
    return name;
}

Result<std::vector<Seen>> Stage::containers(const QString &name) const
{
    DOCKERAUTO_TRY_ASSIGN(
        output, lab.dockerCli({QStringLiteral("ps"), QStringLiteral("-a"), QStringLiteral("--no-trunc"),
                    QStringLiteral("--filter"), QStringLiteral("name=") + name, QStringLiteral("--format"),
                    QStringLiteral("{{.ID}}|{{.Names}}|{{.State}}")}));
    std::vector<Seen> found;
    for (const QString &line : QString::fromUtf8(output).split(u'\n', Qt::SkipEmptyParts)) {
        found.push_back({line.section(u'|', 0, 0), line.section(u'|', 1, 1), line.section(u'|', 2, 2)});
    }
    return found;
}

Result<Json> Stage::described(const QString &name)
{
    Json found;
    Reply list;
    const bool there = QTest::qWaitFor(
        [&] {
            list = api.get(QStringLiteral("/containers?search=") + name);
            for (const Json &item : memberOf(list.body, "items")) {
                if (textOf(item, "name") == name) {
                    found = item;
                    return true;
                }
            }
            return false;
        },
        15'000);
    return there ? Result<Json>(found)
                 : fail(ErrorCode::NotFound, QStringLiteral("The server does not know %1: %2")
                                                 .arg(name, QString::fromUtf8(list.text())));
}

Result<Json> Stage::checked(const QString &name)
{
    DOCKERAUTO_TRY_ASSIGN(before, described(name));
    const QString id = textOf(before, "id");
    const Json last = memberOf(memberOf(before, "update"), "checkedAt");
    const Reply reply =
        api.post(QStringLiteral("/containers/check"), Json{{"containers", Json::array({id.toStdString()})}});
    if (reply.status != 202) {
        return fail(ErrorCode::Internal, QString::fromUtf8(reply.text()));
    }
    Reply now;
    const bool done = QTest::qWaitFor(
        [&] {
            now = api.get(QStringLiteral("/containers/") + id);
            const Json &when = memberOf(memberOf(now.body, "update"), "checkedAt");
            return !when.is_null() && when != last;
        },
        40'000);
    return done ? Result<Json>(now.body)
                : fail(ErrorCode::Timeout,
                      QStringLiteral("%1 was not checked: %2").arg(name, QString::fromUtf8(now.text())));
}

Result<QString> Stage::beginUpdate(const QString &name)
{
    DOCKERAUTO_TRY_ASSIGN(container, checked(name));
    const QString decision = textOf(memberOf(container, "update"), "decision");
    if (decision != QStringLiteral("update_available")) {
        return fail(
            ErrorCode::Conflict, QStringLiteral("%1: %2").arg(name,
                                     QString::fromStdString(core::writeJson(memberOf(container, "update")))));
    }
    const Reply reply =
        api.post(QStringLiteral("/updates"), Json{{"containers", Json::array({container["id"]})}});
    const Json &items = memberOf(reply.body, "items");
    if (reply.status != 202 || !items.is_array() || items.size() != 1) {
        return fail(ErrorCode::Internal, QString::fromUtf8(reply.text()));
    }
    return textOf(items[0], "id");
}

Result<Json> Stage::ended(const QString &update, int milliseconds)
{
    Reply reply;
    const bool done = QTest::qWaitFor(
        [&] {
            reply = api.get(QStringLiteral("/updates/") + update);
            const auto status = core::fromQString<core::UpdateStatus>(textOf(reply.body, "status"));
            return status && (core::isFinal(*status) || *status == core::UpdateStatus::Parked);
        },
        milliseconds);
    return done ? Result<Json>(reply.body)
                : fail(ErrorCode::Timeout,
                      QStringLiteral("The update does not end: %1").arg(QString::fromUtf8(reply.text())));
}

int freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace dockerauto::e2e
