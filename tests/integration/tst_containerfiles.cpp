#include <docker/dockerengine.h>
#include <testsupport/testimages.h>
#include <testsupport/testlab.h>

#include <QFile>
#include <QTest>

#include <atomic>

using namespace std::chrono_literals;
using namespace dockerauto;
using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using core::Json;
using core::Result;
using docker::DockerEngine;
using ports::ContainerEngine;
using testsupport::ImageOptions;
using testsupport::TestImages;
using testsupport::TestLab;

namespace {

CallContext soon(std::chrono::milliseconds time = 60s)
{
    return {Deadline::in(time), {}};
}

template <class T>
QString why(const Result<T> &result)
{
    return result ? QString()
                  : QString(QString::fromLatin1(core::toText(result.error().code).data()) %
                            QStringLiteral(": ") % result.error().text());
}

std::vector<QString> shell(const char *script)
{
    return {QStringLiteral("sh"), QStringLiteral("-c"), QString::fromUtf8(script)};
}

/// Of this process, now.
qint64 residentKilobytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly)) {
        return -1;
    }
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("VmRSS:");
    return text.mid(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toLongLong();
}

ports::ByteSource once(QByteArray bytes)
{
    return [bytes = std::move(bytes)]() mutable -> Result<QByteArray> { return std::exchange(bytes, {}); };
}

/// One file, owned by 1000:1001, with mode 640.
QByteArray tarOf(const QByteArray &name, const QByteArray &content)
{
    QByteArray header(512, '\0');
    const auto put = [&header](
                         qsizetype at, const QByteArray &text) { header.replace(at, text.size(), text); };
    put(0, name);
    put(100, "0000640");
    put(108, "0001750");
    put(116, "0001751");
    put(124, QByteArray::number(content.size(), 8).rightJustified(11, '0'));
    put(136, "14734532000");
    put(148, QByteArray(8, ' '));
    header[156] = '0';
    put(257, QByteArray("ustar\00000", 8));
    int sum = 0;
    for (const char byte : std::as_const(header)) {
        sum += static_cast<unsigned char>(byte);
    }
    put(148, QByteArray::number(sum, 8).rightJustified(6, '0') + QByteArray("\0 ", 2));
    const qsizetype padded = (content.size() + 511) / 512 * 512;
    return header + content.leftJustified(padded, '\0') + QByteArray(1024, '\0');
}

} // namespace

/// Commands, files, volumes and networks of a real Docker Engine; see tests/support/lab.sh.
class TestContainerFiles : public QObject
{
    Q_OBJECT

private:
    std::optional<TestLab> m_lab;
    std::unique_ptr<DockerEngine> m_engine;
    QString m_image;
    QStringList m_made;
    QStringList m_volumes;

    QString make(const QString &stem, const Json &more = Json::object())
    {
        Json body{{"Image", m_image}};
        body.update(more);
        const auto created = m_engine->createContainer(TestLab::uniqueName(stem), body, soon());
        if (!created) {
            qWarning("create: %s", qPrintable(why(created)));
            return {};
        }
        m_made += created->text();
        return created->text();
    }
    QString makeRunning(const QString &stem, const Json &more = Json::object())
    {
        const QString id = make(stem, more);
        return m_engine->startContainer(id, soon()) ? id : QString();
    }
    QString newVolume(const QString &stem)
    {
        m_volumes += TestLab::uniqueName(stem);
        return m_volumes.last();
    }
    static Json binding(const QString &volume)
    {
        return Json{{"HostConfig", {{"Binds", {QString(volume % QStringLiteral(":/data"))}}}}};
    }
    QString outputOf(const QString &id, const char *script)
    {
        const auto ran = m_engine->runCommand(id, shell(script), soon());
        return ran ? ran->output.trimmed() : why(ran);
    }
    Result<QByteArray> archive(const QString &id, const QString &path)
    {
        QByteArray content;
        DOCKERAUTO_TRY(m_engine->readArchive(
            id, path,
            [&](QByteArrayView part) -> Result<> {
                content.append(part);
                return {};
            },
            soon()));
        return content;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto lab = TestLab::fromEnvironment();
        QVERIFY2(lab, qPrintable(why(lab)));
        m_lab = *lab;
        m_engine = std::make_unique<DockerEngine>(*docker::EngineAddress::parse(m_lab->engineUrl()));
        TestImages images(*m_lab);
        ImageOptions options;
        options.repository = QStringLiteral("engine/files");
        const auto image = images.publishAndPull(options);
        QVERIFY2(image, qPrintable(why(image)));
        m_image = image->reference;
    }

    void cleanup()
    {
        for (const QString &id : std::exchange(m_made, {})) {
            (void)m_engine->removeContainer(id, ContainerEngine::Removal::Force, soon());
        }
        for (const QString &volume : std::exchange(m_volumes, {})) {
            (void)m_lab->dockerCli(
                {QStringLiteral("volume"), QStringLiteral("rm"), QStringLiteral("--force"), volume});
        }
    }

    void info_saysWhereTheEngineIs()
    {
        const auto info = m_engine->info(soon());
        QVERIFY2(info, qPrintable(why(info)));
        QVERIFY(info->local);
        QVERIFY(info->rootDirectory.startsWith(m_lab->folder()));
        QVERIFY(info->addressHost.isEmpty());
        QCOMPARE(info->address, m_lab->engineUrl());
    }

    void command_isRun_data()
    {
        QTest::addColumn<std::vector<QString>>("argv");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("output");
        QTest::newRow("success") << shell("echo one; echo two >&2") << 0 << QStringLiteral("one\ntwo\n");
        QTest::newRow("failure") << shell("echo no; exit 75") << 75 << QStringLiteral("no\n");
        QTest::newRow("killed") << shell("kill -9 $$") << 137 << QString();
        QTest::newRow("output closed early")
            << shell("echo begun; exec >/dev/null 2>&1; sleep 1; exit 3") << 3 << QStringLiteral("begun\n");
    }
    void command_isRun()
    {
        QFETCH(std::vector<QString>, argv);
        QFETCH(int, code);
        QFETCH(QString, output);
        const QString id = makeRunning(QStringLiteral("command"));
        const auto ran = m_engine->runCommand(id, argv, soon());
        QVERIFY2(ran, qPrintable(why(ran)));
        QCOMPARE(ran->exitCode, code);
        // The engine promises no order between the two streams.
        QStringList lines = ran->output.split(u'\n');
        QStringList wanted = output.split(u'\n');
        lines.sort();
        wanted.sort();
        QCOMPARE(lines, wanted);
    }

    void command_ends_whenItIsNotThere()
    {
        const QString id = makeRunning(QStringLiteral("nocommand"));
        const auto ran = m_engine->runCommand(id, {QStringLiteral("/no/such"), QStringLiteral("x")}, soon());
        QVERIFY2(ran, qPrintable(why(ran)));
        // Engines differ; a shell would say 127.
        QVERIFY(ran->exitCode == 126 || ran->exitCode == 127);
        QVERIFY2(ran->output.contains(QStringLiteral("/no/such")), qPrintable(ran->output));
    }

    void command_outputIsCut_andItsEndAwaited()
    {
        const QString id = makeRunning(QStringLiteral("noisy"));
        const auto ran = m_engine->runCommand(
            id, shell("dd if=/dev/zero bs=1M count=20 2>/dev/null | tr '\\0' x; exit 9"), soon());
        QVERIFY2(ran, qPrintable(why(ran)));
        QCOMPARE(ran->exitCode, 9);
        QCOMPARE(ran->output, QString(64 * 1024, u'x'));
    }

    void command_isTimeout_whenItTakesTooLong()
    {
        const QString id = makeRunning(QStringLiteral("long"));
        const auto ran = m_engine->runCommand(id, shell("sleep 30"), soon(700ms));
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::Timeout);
    }

    void command_isConflict_whenTheContainerDoesNotRun()
    {
        const QString id = make(QStringLiteral("still"));
        const auto ran = m_engine->runCommand(id, shell("true"), soon());
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::Conflict);
    }

    void changes_areListed()
    {
        const QString id = makeRunning(QStringLiteral("changes"));
        QCOMPARE(outputOf(id, "echo x > /added && rm /marker && echo done"), QStringLiteral("done"));
        const auto changes = m_engine->listChanges(id, soon());
        QVERIFY2(changes, qPrintable(why(changes)));
        QVERIFY((std::ranges::find(*changes, Json{{"Path", "/added"}, {"Kind", 1}}) != changes->end()));
        QVERIFY((std::ranges::find(*changes, Json{{"Path", "/marker"}, {"Kind", 2}}) != changes->end()));
        const auto none = m_engine->listChanges(make(QStringLiteral("untouched")), soon());
        QVERIFY2(none, qPrintable(why(none)));
        QVERIFY(none->is_array() && none->empty());
    }

    void stat_tellsKinds()
    {
        const QString id = makeRunning(QStringLiteral("stat"));
        QCOMPARE(
            outputOf(id, "printf 12345 > /tmpfile && chmod 640 /tmpfile && ln -s /tmpfile /link; echo ok"),
            QStringLiteral("ok"));
        const auto file = m_engine->statPath(id, QStringLiteral("/tmpfile"), soon());
        QVERIFY2(file, qPrintable(why(file)));
        QVERIFY(file->isRegular());
        QCOMPARE(file->sizeBytes, 5);
        QCOMPARE(file->mode, 0640U);
        QVERIFY(file->modifiedAt);
        QVERIFY(!m_engine->statPath(id, QStringLiteral("/bin"), soon())->isRegular());
        const auto link = m_engine->statPath(id, QStringLiteral("/link"), soon());
        QVERIFY(link && !link->isRegular());
        QCOMPARE(link->linkTarget, QStringLiteral("/tmpfile"));
        QCOMPARE(m_engine->statPath(id, QStringLiteral("/none"), soon()).error().code, ErrorCode::NotFound);
    }

    void archive_keepsOwnersAndModes()
    {
        const QString id = makeRunning(QStringLiteral("owners"));
        const auto written =
            m_engine->writeArchive(id, QStringLiteral("/tmp"), once(tarOf("f", "hello")), soon());
        QVERIFY2(written, qPrintable(why(written)));
        QCOMPARE(
            outputOf(id, "cat /tmp/f; stat -c ' %u:%g %a' /tmp/f"), QStringLiteral("hello 1000:1001 640"));
    }

    void archive_holdsAVolume_ofAContainerThatWasNeverStarted()
    {
        const QString volume = newVolume(QStringLiteral("kept"));
        const QString writer = makeRunning(QStringLiteral("writer"), binding(volume));
        QCOMPARE(outputOf(writer, "echo precious > /data/file && chown 12:34 /data/file && echo ok"),
            QStringLiteral("ok"));
        QVERIFY(m_engine->stopContainer(writer, 1, soon()));

        const QString helper = make(QStringLiteral("helper"), binding(volume));
        const auto saved = archive(helper, QStringLiteral("/data"));
        QVERIFY2(saved, qPrintable(why(saved)));
        QVERIFY(saved->contains("data/file") && saved->contains("precious"));

        const QString other = newVolume(QStringLiteral("restored"));
        const QString target = make(QStringLiteral("target"), binding(other));
        const auto written = m_engine->writeArchive(target, QStringLiteral("/"), once(*saved), soon());
        QVERIFY2(written, qPrintable(why(written)));
        QVERIFY(m_engine->startContainer(target, soon()));
        QCOMPARE(
            outputOf(target, "cat /data/file; stat -c %u:%g /data/file"), QStringLiteral("precious\n12:34"));
    }

    void archive_isStreamed_withFlatMemory()
    {
        constexpr qint64 size = 200LL * 1024 * 1024;
        const QString from =
            makeRunning(QStringLiteral("large"), binding(newVolume(QStringLiteral("large"))));
        QCOMPARE(
            outputOf(from, "head -c 209715200 /dev/urandom > /data/big && echo ok"), QStringLiteral("ok"));
        const QString file = m_lab->folder() % QStringLiteral("/large.tar");
        QFile kept(file);
        QVERIFY(kept.open(QIODevice::ReadWrite | QIODevice::Truncate));
        const qint64 before = residentKilobytes();
        qint64 peak = before;
        const auto read = m_engine->readArchive(
            from, QStringLiteral("/data"),
            [&](QByteArrayView part) -> Result<> {
                peak = std::max(peak, residentKilobytes());
                return kept.write(part.data(), part.size()) == part.size()
                           ? Result<>()
                           : core::fail(ErrorCode::Internal, kept.errorString());
            },
            soon(180s));
        QVERIFY2(read, qPrintable(why(read)));
        QVERIFY(kept.size() > size);
        kept.seek(0);
        const QString to = makeRunning(QStringLiteral("back"), binding(newVolume(QStringLiteral("back"))));
        const auto written = m_engine->writeArchive(
            to, QStringLiteral("/"),
            [&]() -> Result<QByteArray> {
                peak = std::max(peak, residentKilobytes());
                return kept.read(256 * 1024);
            },
            soon(180s));
        kept.remove();
        QVERIFY2(written, qPrintable(why(written)));
        QVERIFY2(peak - before < 24 * 1024, qPrintable(QString::number(peak - before)));
        QCOMPARE(outputOf(to, "sha256sum < /data/big"), outputOf(from, "sha256sum < /data/big"));
    }

    void upload_isRefused_data()
    {
        QTest::addColumn<Json>("more");
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QByteArray>("begin");
        const Json readOnly{{"HostConfig", {{"ReadonlyRootfs", true}}}};
        QTest::newRow("no such folder") << Json::object() << QStringLiteral("/none") << tarOf("f", "x");
        QTest::newRow("read-only") << readOnly << QStringLiteral("/tmp") << tarOf("f", "x");
        QTest::newRow("no archive") << Json::object() << QStringLiteral("/tmp") << QByteArray(4096, 'x');
        QTest::newRow("a file") << Json::object() << QStringLiteral("/marker") << tarOf("f", "x");
    }
    void upload_isRefused()
    {
        QFETCH(Json, more);
        QFETCH(QString, folder);
        QFETCH(QByteArray, begin);
        const QString id = makeRunning(QStringLiteral("refuses"), more);
        int parts = 0;
        // Only an answer before the end can end it; but what is no archive is read to its end by the engine.
        const int last = begin.startsWith('x') ? 100 : -1;
        const auto written = m_engine->writeArchive(
            id, folder,
            [&]() -> Result<QByteArray> {
                if (parts == last) {
                    return QByteArray();
                }
                return parts++ == 0 ? begin : QByteArray(64 * 1024, 'x');
            },
            soon(20s));
        QVERIFY(!written);
        qInfo("%s (after %d parts)", qPrintable(why(written)), parts);
        QVERIFY(written.error().code != ErrorCode::Timeout);
        QVERIFY(written.error().code != ErrorCode::Unavailable);
    }

    void network_isInspected()
    {
        const auto bridge = m_engine->inspectNetwork(QStringLiteral("bridge"), soon());
        QVERIFY2(bridge, qPrintable(why(bridge)));
        QCOMPARE(core::textOf(*bridge, "Driver"), QStringLiteral("bridge"));
        QCOMPARE(
            m_engine->inspectNetwork(QStringLiteral("none-such"), soon()).error().code, ErrorCode::NotFound);
    }

    void volume_isInspected_andMeasured()
    {
        const QString volume = newVolume(QStringLiteral("measured"));
        const QString id = makeRunning(QStringLiteral("measured"), binding(volume));
        QCOMPARE(outputOf(id, "head -c 300000 /dev/zero > /data/f && echo ok"), QStringLiteral("ok"));
        const auto inspected = m_engine->inspectVolume(volume, soon());
        QVERIFY2(inspected, qPrintable(why(inspected)));
        QCOMPARE(core::textOf(*inspected, "Driver"), QStringLiteral("local"));
        QCOMPARE(
            m_engine->inspectVolume(QStringLiteral("none-such"), soon()).error().code, ErrorCode::NotFound);
        const auto sizes = m_engine->volumeSizes(soon());
        QVERIFY2(sizes, qPrintable(why(sizes)));
        QVERIFY(sizes->contains(volume));
        QVERIFY(sizes->at(volume) >= 300000 && sizes->at(volume) < 400000);
    }
};

QTEST_GUILESS_MAIN(TestContainerFiles)
#include "tst_containerfiles.moc"
