#include "support/stage.h"

#include <QProcess>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::textOf;
using testsupport::ImageOptions;

namespace {

core::Result<QByteArray> ran(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        return core::fail(
            core::ErrorCode::Unavailable, program + u' ' + arguments.join(u' ') + u' ' +
                                              QString::fromLocal8Bit(process.readAllStandardError()));
    }
    return process.readAllStandardOutput();
}

} // namespace

/// An engine whose disk is full, on a file system of its own: the update fails before anything is touched,
/// says why, and works once there is room.
class FullDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_disk.isValid());
        E2E_VERIFY(ran(QStringLiteral("mount"),
            {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"), QStringLiteral("size=200m"),
                QStringLiteral("tmpfs"), m_disk.path()}));
        m_mounted = true;
        m_lab = m_disk.filePath(QStringLiteral("lab"));
        E2E_VERIFY(ran(QStringLiteral(DOCKERAUTO_LAB), {QStringLiteral("start"), m_lab}));
        QFile variables(m_lab + QStringLiteral("/env"));
        QVERIFY(variables.open(QIODevice::ReadOnly));
        for (const QByteArray &line : variables.readAll().split('\n')) {
            const qsizetype at = line.indexOf('=');
            if (at > 0) {
                qputenv(line.left(at).constData(), line.mid(at + 1));
            }
        }
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        E2E_VERIFY(m_stage->startServer());
    }

    void cleanupTestCase()
    {
        m_stage.reset();
        if (!m_lab.isEmpty()) {
            E2E_VERIFY(ran(QStringLiteral(DOCKERAUTO_LAB), {QStringLiteral("stop"), m_lab}));
        }
        if (m_mounted) {
            E2E_VERIFY(ran(QStringLiteral("umount"), {m_disk.path()}));
        }
    }

    void update_fails_beforeAnythingIsTouched_andWorksLater()
    {
        ImageOptions options{.repository = QStringLiteral("full/disk"), .marker = QStringLiteral("old")};
        E2E_GET(first, m_stage->images.publishAndPull(options));
        E2E_GET(name, m_stage->run(QStringLiteral("full"), first.reference));
        E2E_GET(before, m_stage->inspect(name));
        options.marker = QStringLiteral("new");
        E2E_GET(second, m_stage->images.publish(options));

        QFile ballast(m_disk.filePath(QStringLiteral("ballast")));
        QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        const QByteArray block(1 << 16, 'x');
        while (ballast.write(block) == block.size()) {
        }
        E2E_GET(id, m_stage->beginUpdate(name));
        E2E_GET(failed, m_stage->ended(id));
        QVERIFY2(textOf(failed, "status") == QStringLiteral("failed"), failed.dump(1).c_str());
        const QString error = textOf(failed, "error");
        qInfo().noquote() << error;
        QVERIFY2(error.contains(QStringLiteral("no space left")), qPrintable(error));
        E2E_GET(untouched, m_stage->inspect(name));
        QCOMPARE(textOf(untouched, "Id"), textOf(before, "Id"));
        QCOMPARE(textOf(untouched["State"], "StartedAt"), textOf(before["State"], "StartedAt"));
        E2E_GET(all, m_stage->containers(name));
        QCOMPARE(all.size(), std::size_t(1));

        QVERIFY(ballast.remove());
        // By itself it is tried again only later; a person need not wait.
        E2E_GET(known, m_stage->described(name));
        const Reply again =
            m_stage->api.post(QStringLiteral("/updates"), Json{{"containers", {known["id"]}}});
        QVERIFY2(again.status == 202, again.text().constData());
        E2E_GET(done, m_stage->ended(textOf(again.body["items"][0], "id")));
        QVERIFY2(textOf(done, "status") == QStringLiteral("succeeded"), done.dump(1).c_str());
    }

private:
    QTemporaryDir m_disk;
    bool m_mounted = false;
    QString m_lab;
    std::unique_ptr<Stage> m_stage;
};

QTEST_GUILESS_MAIN(FullDiskTest)
#include "tst_fulldisk.moc"
