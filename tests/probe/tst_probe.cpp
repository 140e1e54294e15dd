#include <core/json.h>

#include <QProcess>
#include <QStringList>
#include <QTest>

using namespace dockerauto;
using core::Json;

/// Drives the executable as test vectors do: one request a line, one answer a line.
class ProbeTest : public QObject
{
    Q_OBJECT

private:
    static QString shown(const Json &value) { return QString::fromStdString(value.dump()); }

    std::vector<Json> ask(const QByteArray &input)
    {
        QProcess probe;
        probe.start(qEnvironmentVariable("DOCKERAUTO_PROBE"), QStringList());
        probe.write(input);
        probe.closeWriteChannel();
        if (!probe.waitForFinished(20'000) || probe.exitStatus() != QProcess::NormalExit ||
            probe.exitCode() != 0) {
            qWarning("The probe did not end well: %s", qPrintable(probe.errorString()));
            return {};
        }
        std::vector<Json> answers;
        for (const QByteArray &line : probe.readAllStandardOutput().split('\n')) {
            if (!line.isEmpty()) {
                answers.push_back(Json::parse(line.toStdString()));
            }
        }
        return answers;
    }

private Q_SLOTS:
    void protocol_answersInOrderAndGoesOn_afterWhatItDoesNotUnderstand();
    void protocol_endsWithStatusZero_whenTheInputIsEmpty();
    void operation_answers_data();
    void operation_answers();
    void digestCompare_saysWhy();
    void pullProgress_reportsTheFailure_ofTheStream();
};

void ProbeTest::protocol_answersInOrderAndGoesOn_afterWhatItDoesNotUnderstand()
{
    const auto answers =
        ask("{\"id\": 1, \"op\": \"no.such\", \"in\": {}}\n"
            "this is no JSON\n"
            "[1]\n"
            "{\"id\": \"x\", \"op\": \"ref.parse\", \"in\": {}}\n"
            "{\"id\": 18446744073709551615, \"op\": \"ref.parse\", \"in\": {\"text\": \"a\"}}\n");
    QCOMPARE(answers.size(), 5u);
    QCOMPARE(shown(answers[0]["id"]), shown(Json(1)));
    QCOMPARE(shown(answers[0]["error"]["code"]), shown(Json("NotFound")));
    QCOMPARE(shown(answers[1]["id"]), shown(Json()));
    QCOMPARE(shown(answers[1]["error"]["code"]), shown(Json("InvalidArgument")));
    QCOMPARE(shown(answers[2]["id"]), shown(Json()));
    QCOMPARE(shown(answers[2]["error"]["code"]), shown(Json("InvalidArgument")));
    QCOMPARE(shown(answers[3]["id"]), shown(Json("x")));
    QCOMPARE(shown(answers[3]["error"]["code"]), shown(Json("InvalidArgument")));
    QCOMPARE(shown(answers[4]["id"]), shown(Json(18446744073709551615u)));
    QCOMPARE(shown(answers[4]["ok"]["path"]), shown(Json("a")));
}

void ProbeTest::protocol_endsWithStatusZero_whenTheInputIsEmpty()
{
    QVERIFY(ask("").empty());
}

void ProbeTest::operation_answers_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("ref.parse") << QByteArray(R"({"op":"ref.parse","in":{"text":"nginx:1","normalize":true}})")
                               << QByteArray(R"({"domain":"docker.io","path":"library/nginx","tag":"1",
                                   "digest":null,"familiar":"nginx:1"})");
    QTest::newRow("ref.parse, exact")
        << QByteArray(R"({"op":"ref.parse","in":{"text":"foo/bar","normalize":false}})")
        << QByteArray(R"({"domain":"foo","path":"bar","tag":null,"digest":null,
                                          "familiar":"foo/bar"})");
    QTest::newRow("spec.recreate")
        << QByteArray(
               R"({"op":"spec.recreate","in":{"apiVersion":"1.41","oldImage":{"Config":{"Env":["A=1"]}},
            "newImage":{"Id":"sha256:n"},"inspect":{"Config":{"Image":"x:1","Env":["A=1","B=2"]},
            "HostConfig":{"Memory":9007199254740993}}}})")
               .replace('\n', ' ')
        << QByteArray(R"({"create":{"Image":"x:1","Env":["B=2"],"HostConfig":{"Memory":9007199254740993}},
            "connect":[],"notes":[]})");
    QTest::newRow("spec.prove")
        << QByteArray(
               R"({"op":"spec.prove","in":{"before":{"Config":{"Tty":true}},"after":{"Config":{"Tty":false}}}})")
        << QByteArray(R"({"faithful":false,"fieldsCompared":15,
            "differences":[{"path":"/Config/Tty","expected":"true","actual":"false","explanation":""}]})");
    QTest::newRow("container.ties")
        << QByteArray(R"({"op":"container.ties","in":{"id":"abcd","name":"web","inspect":{"HostConfig":
            {"NetworkMode":"container:abcd","VolumesFrom":["web:ro"]}}}})")
               .replace('\n', ' ')
        << QByteArray(R"({"ties":["network","volumes"]})");
    QTest::newRow("container.order") << QByteArray(R"({"op":"container.order","in":{"id":"abcd","inspects":[
            {"Id":"ef01","Name":"/b","HostConfig":{"PidMode":"container:abcd"}},{"Id":"abcd","Name":"/a"}]}})")
                                            .replace('\n', ' ')
                                     << QByteArray(R"({"order":["abcd","ef01"]})");
    QTest::newRow("plan.hash")
        << QByteArray(
               R"({"op":"plan.hash","in":{"strategy":"recreate","payload":{"b":1,"a":2},"dependants":[]}})")
        << QByteArray(
               R"({"hash":"sha256:8e73bd952515f3d60bbc5be640b46c7b5ee35d05fe4129746375f0bf2c9afc53"})");
    QTest::newRow("logs.demux")
        << QByteArray(R"({"op":"logs.demux","in":{"base64":"AQAAAAAAAANhYgo=","tty":false}})")
        << QByteArray(R"({"records":[{"stream":"stdout","text":"ab\n"}]})");
    QTest::newRow("logs.demux, tty") << QByteArray(R"({"op":"logs.demux","in":{"base64":"YWI=","tty":true}})")
                                     << QByteArray(R"({"records":[{"stream":"stdout","text":"ab"}]})");
    QTest::newRow("stats.compute")
        << QByteArray(
               R"({"op":"stats.compute","in":{"stats":{"memory_stats":{"usage":18446744073709551615}}}})")
        << QByteArray(R"({"cpuPercent":0.0,"memoryUsage":18446744073709551615,"memoryLimit":0,
            "memoryPercent":0.0,"rxBytes":0,"txBytes":0,"readBytes":0,"writeBytes":0,"pids":0})");
    QTest::newRow("pull.progress")
        << QByteArray(R"({"op":"pull.progress","in":{"lines":["{\"status\":\"Status: Downloaded\"}"]}})")
        << QByteArray(R"({"layers":0,"bytesDone":0,"bytesTotal":0,"failed":null})");
    QTest::newRow("cron.next")
        << QByteArray(R"({"op":"cron.next","in":{"cron":"30 2 * * *","zone":"Europe/Berlin",
            "from":"2025-03-29T12:00:00Z","count":2}})")
               .replace('\n', ' ')
        << QByteArray(R"({"runs":["2025-03-30T03:30:00+02:00","2025-03-31T02:30:00+02:00"]})");
    QTest::newRow("cron.next, no more")
        << QByteArray(
               R"({"op":"cron.next","in":{"cron":"0 0 31 2 *","zone":"UTC","from":"2025-03-29T12:00:00Z","count":2}})")
        << QByteArray(R"({"runs":[]})");
    QTest::newRow("window.contains")
        << QByteArray(R"({"op":"window.contains","in":{"window":{"days":["mon"],"start":"22:00","end":"04:00",
            "zone":"Europe/Berlin"},"at":"2025-06-02T23:00:00Z"}})")
               .replace('\n', ' ')
        << QByteArray(R"({"inside":true,"next":"2025-06-09T22:00:00+02:00"})");
    QTest::newRow("config.credentials")
        << QByteArray(
               R"({"op":"config.credentials","in":{"registry":"docker.io","config":"{\"credsStore\":\"x\"}",
            "helpers":{"x":{"stdout":"{\"Username\":\"me\",\"Secret\":\"s\"}","exit":0}}}})")
               .replace('\n', ' ')
        << QByteArray(R"({"username":"me","password":"s","identityToken":null,"source":"credsStore"})");
    QTest::newRow("config.credentials, anonymous")
        << QByteArray(R"({"op":"config.credentials","in":{"registry":"example.com","config":"{}"}})")
        << QByteArray(R"({"username":null,"password":null,"identityToken":null,"source":"none"})");
    QTest::newRow("challenge.parse")
        << QByteArray(
               R"({"op":"challenge.parse","in":{"headers":["Bearer realm=\"r\",service=s","Basic realm="]}})")
        << QByteArray(R"({"challenges":[{"scheme":"bearer","params":{"realm":"r","service":"s"}},
            {"scheme":"basic","params":{}}]})");
    QTest::newRow("link.next")
        << QByteArray(
               R"({"op":"link.next","in":{"headers":["</v2/a/tags/list?last=x>; rel=next"],"base":"https://h/v2"}})")
        << QByteArray(R"({"next":"https://h/v2/a/tags/list?last=x"})");
    QTest::newRow("link.next, the end")
        << QByteArray(R"({"op":"link.next","in":{"headers":[],"base":"https://h/"}})")
        << QByteArray(R"({"next":null})");
    QTest::newRow("ratelimit.parse")
        << QByteArray(
               R"({"op":"ratelimit.parse","in":{"headers":{"RateLimit-Limit":"100;w=21600","Retry-After":"60"},
            "now":"2025-03-01T10:00:00Z"}})")
               .replace('\n', ' ')
        << QByteArray(R"({"limit":100,"remaining":null,"windowSeconds":21600,"retryAfterSeconds":60})");
    QTest::newRow("aead.open") << QByteArray(R"({"op":"aead.open","in":{"algorithm":"XChaCha20-Poly1305",
            "keyHex":"808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
            "nonceHex":"404142434445464748494a4b4c4d4e4f5051525354555657","aadHex":"",
            "ciphertextHex":"9965","tagHex":"22a8a58bc8bb4d8167734797e96d87c3"}})")
                                      .replace('\n', ' ')
                               << QByteArray(R"({"plaintextHex":"6869"})");
    QTest::newRow("semver.valid") << QByteArray(R"({"op":"semver.valid","in":{"text":"=1.2.3"}})")
                                  << QByteArray(R"({"valid":false})");
    QTest::newRow("semver.compare") << QByteArray(
                                           R"({"op":"semver.compare","in":{"a":"1.0.0-rc.1","b":"v1.0.0"}})")
                                    << QByteArray(R"({"order":-1})");
    QTest::newRow("semver.range")
        << QByteArray(
               R"({"op":"semver.range","in":{"version":"1.3.0-rc.1","range":"^1.2","includePrerelease":true}})")
        << QByteArray(R"({"match":true})");
    QTest::newRow("tag.choose")
        << QByteArray(
               R"({"op":"tag.choose","in":{"current":"1.2","tags":["1.2","1.3","2.0"],"rules":{"level":"minor"}}})")
        << QByteArray(R"({"tag":"1.3","bump":"minor","rejected":[{"tag":"2.0",
            "why":"It is a major step, and the rules allow at most a minor one."}]})");
    QTest::newRow("json.parse") << QByteArray(R"({"op":"json.parse","in":{"base64":"WzFd"}})")
                                << QByteArray(R"({"value":[1]})");
}

void ProbeTest::operation_answers()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, expected);
    const auto answers = ask(request + '\n');
    QCOMPARE(answers.size(), 1u);
    QCOMPARE(shown(answers[0]["ok"]), shown(Json::parse(expected.toStdString())));
}

void ProbeTest::digestCompare_saysWhy()
{
    const auto answers =
        ask(R"({"op":"digest.compare","in":{"image":"x","repoDigests":[],"imageId":"sha256:1",)"
            R"("remote":{"digest":"sha256:2"},"platform":{"os":"linux"}}})"
            "\n");
    QCOMPARE(answers.size(), 1u);
    QCOMPARE(shown(answers[0]["ok"]["verdict"]), shown(Json("local")));
    QVERIFY(!answers[0]["ok"]["why"].get<std::string>().empty());
}

void ProbeTest::pullProgress_reportsTheFailure_ofTheStream()
{
    const auto answers = ask(R"({"op":"pull.progress","in":{"lines":["{\"error\":\"no space\"}"]}})"
                             "\n");
    QCOMPARE(answers.size(), 1u);
    QCOMPARE(shown(answers[0]["ok"]["failed"]), shown(Json("no space")));
}

QTEST_APPLESS_MAIN(ProbeTest)
#include "tst_probe.moc"
