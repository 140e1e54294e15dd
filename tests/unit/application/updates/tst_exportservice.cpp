#include "program.h"

#include <application/audittrail.h>
#include <application/containers/exportservice.h>
#include <contracts/operations.h>

#include <QTest>

#include <future>

using namespace dockerauto;
using namespace dockerauto::tests;
using contracts::ContainerExport;
using core::ErrorCode;
using core::ExportFormat;
using core::Json;

namespace {

struct Bench
{
    core::Result<ContainerExport> exported(std::optional<ExportFormat> format = {})
    {
        return exports.exported({world.container()->id.text(), format}, soon());
    }

    World world;
    Program program{world};
    application::ExportService exports{world.storage, program.hosts, program.images};
};

} // namespace

class TestExportService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void export_isCompose_whenNothingIsSaid()
    {
        Bench bench;
        bench.program.discover();
        const auto made = bench.exported();
        QVERIFY2(made, made ? "" : qPrintable(made.error().text()));
        QVERIFY(made->format == ExportFormat::Compose);
        QVERIFY2(made->text.contains(QStringLiteral("services:")), qPrintable(made->text));
        QVERIFY(made->text.contains(demo));
    }

    void export_hasWhatPeopleSet_notWhatTheImageBrings()
    {
        Bench bench;
        bench.program.discover();
        for (const ExportFormat format : {ExportFormat::Compose, ExportFormat::Run}) {
            const auto made = bench.exported(format);
            QVERIFY(made);
            QVERIFY(made->format == format);
            QVERIFY2(made->text.contains(QStringLiteral("OWN")), qPrintable(made->text));
            QVERIFY2(!made->text.contains(QStringLiteral("VERSION")), qPrintable(made->text));
            QVERIFY2(made->text.contains(QStringLiteral("unless-stopped")), qPrintable(made->text));
        }
    }

    void export_isARunCommand_whenAskedFor()
    {
        Bench bench;
        bench.program.discover();
        const auto made = bench.exported(ExportFormat::Run);
        QVERIFY(made);
        QVERIFY2(made->text.startsWith(QStringLiteral("docker run")), qPrintable(made->text));
    }

    void export_usesWhatWasKept_whenTheImageIsGone()
    {
        Bench bench;
        bench.program.discover();
        QVERIFY(bench.world.storage.write(
            [&](ports::UnitOfWork &work) {
                return work.imageConfigs().save({.imageId = QStringLiteral("sha256:old"),
                    .image = {{"Id", "sha256:old"},
                        {"Config", {{"Env", {"VERSION=1", "PATH=/bin"}}, {"Cmd", {"serve", "--all"}}}}},
                    .firstSeenAt = bench.world.clock.now()});
            },
            soon()));
        bench.world.engine->loseImage(QStringLiteral("sha256:old"));
        bench.program.images.forget(QStringLiteral("sha256:old"));
        const auto made = bench.exported();
        QVERIFY2(made, made ? "" : qPrintable(made.error().text()));
        QVERIFY(!made->text.contains(QStringLiteral("VERSION")));
    }

    void export_isRefused_forStrangers()
    {
        Bench bench;
        bench.program.discover();
        const auto made = bench.exports.exported({QStringLiteral("nobody"), {}}, soon());
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::NotFound);
    }

    /// The text holds the values of the environment.
    void export_isRefused_forViewers_data()
    {
        QTest::addColumn<int>("role");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("viewer") << static_cast<int>(core::Role::Viewer) << false;
        QTest::newRow("administrator") << static_cast<int>(core::Role::Admin) << true;
    }
    void export_isRefused_forViewers()
    {
        QFETCH(int, role);
        QFETCH(bool, allowed);
        Bench bench;
        bench.program.discover();
        application::AuditTrail audit(bench.world.storage, bench.world.clock);
        application::OperationBus bus(
            audit, {.threads = 1, .maxQueued = 8, .timeout = std::chrono::seconds(5)});
        bench.exports.registerOperations(bus);
        std::promise<core::Result<Json>> answer;
        const contracts::Principal caller{contracts::Principal::Kind::User, core::UserId(QStringLiteral("u")),
            QStringLiteral("u@example.org"), static_cast<core::Role>(role), {}};
        bus.dispatch(*contracts::findOperation("containers.export"),
            Json{{"id", bench.world.container()->id.text()}}, {caller, QStringLiteral("r1"), {}},
            [&answer](core::Result<Json> result) { answer.set_value(std::move(result)); });
        const auto reply = answer.get_future().get();
        QCOMPARE(reply.has_value(), allowed);
        if (!reply) {
            QCOMPARE(reply.error().code, ErrorCode::PermissionDenied);
        }
        bus.stop();
    }
};

QTEST_GUILESS_MAIN(TestExportService)
#include "tst_exportservice.moc"
