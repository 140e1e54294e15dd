#include <domain/pullprogress.h>

#include <QTest>

using namespace dockerauto;
using core::ErrorCode;
using domain::PullProgressReader;

namespace {

const QByteArray whole =
    "{\"status\":\"Pulling from library/x\",\"id\":\"latest\"}\r\n"
    "{\"status\":\"Already exists\",\"progressDetail\":{},\"id\":\"aaa\"}\r\n"
    "{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"bbb\"}\r\n"
    "{\"status\":\"Waiting\",\"progressDetail\":{},\"id\":\"ccc\"}\r\n"
    "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":10,\"total\":100},\"id\":\"bbb\"}\r\n"
    "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":5,\"total\":50},\"id\":\"ccc\"}\r\n";
const QByteArray rest =
    "{\"status\":\"Verifying Checksum\",\"progressDetail\":{},\"id\":\"bbb\"}\r\n"
    "{\"status\":\"Download complete\",\"progressDetail\":{},\"id\":\"bbb\"}\r\n"
    "{\"status\":\"Extracting\",\"progressDetail\":{\"current\":1,\"total\":100},\"id\":\"bbb\"}\r\n"
    "{\"status\":\"Pull complete\",\"progressDetail\":{},\"id\":\"bbb\"}\r\n"
    "{\"status\":\"Pull complete\",\"progressDetail\":{},\"id\":\"ccc\"}\r\n"
    "{\"status\":\"Digest: sha256:1\"}\r\n";
const QByteArray closing = "{\"status\":\"Status: Downloaded newer image for x:latest\"}\r\n";

} // namespace

class PullProgressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void progress_sumsDownloads_notExtraction()
    {
        PullProgressReader reader;
        QVERIFY(reader.feed(whole));
        QCOMPARE(reader.layers(), 3);
        QCOMPARE(reader.bytesDone(), 15);
        QCOMPARE(reader.bytesTotal(), 150);
        QVERIFY(reader.feed(rest));
        QCOMPARE(reader.bytesDone(), 150);
        QCOMPARE(reader.bytesTotal(), 150);
        QVERIFY(!reader.isComplete());
        QVERIFY(reader.feed(closing));
        QVERIFY(reader.isComplete());
        QVERIFY(reader.finish());
    }

    void stream_isReadAlike_byteByByte()
    {
        PullProgressReader reader;
        for (const char byte : QByteArray(whole + rest + closing)) {
            QVERIFY(reader.feed(QByteArrayView(&byte, 1)));
        }
        QVERIFY(reader.finish());
        QCOMPARE(reader.layers(), 3);
        QCOMPARE(reader.bytesDone(), 150);
    }

    void download_startsAgain_afterARetry()
    {
        PullProgressReader reader;
        QVERIFY(reader.feed(whole));
        QVERIFY(reader.feed("{\"status\":\"Retrying in 5 seconds\",\"id\":\"bbb\"}\n"
                            "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1,\"total\":100},"
                            "\"id\":\"bbb\"}\n"));
        QCOMPARE(reader.bytesDone(), 6);
        QCOMPARE(reader.bytesTotal(), 150);
    }

    void size_isNeverLessThanWhatIsDone_whenUnknown()
    {
        PullProgressReader reader;
        QVERIFY(reader.feed(
            "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":7,\"total\":-1},\"id\":\"a\"}\n"));
        QCOMPARE(reader.bytesDone(), 7);
        QCOMPARE(reader.bytesTotal(), 7);
        QVERIFY(reader.feed(
            "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":9007199254740993},\"id\":\"a\"}\n"));
        QCOMPARE(reader.bytesDone(), 9007199254740993);
    }

    void error_isFailure_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const char *line, const char *message, ErrorCode code) {
            QTest::newRow(name) << QByteArray(line) << QString::fromLatin1(message) << static_cast<int>(code);
        };
        row("both forms", R"({"errorDetail":{"message":"manifest for x:9 not found"},"error":"other"})",
            "manifest for x:9 not found", ErrorCode::NotFound);
        row("text only", R"({"error":"no space left on device"})", "no space left on device",
            ErrorCode::Unavailable);
        row("detail only", R"({"errorDetail":{"message":"toomanyrequests: slow down"}})",
            "toomanyrequests: slow down", ErrorCode::RateLimited);
        row("unauthorized", R"({"error":"unauthorized: authentication required"})",
            "unauthorized: authentication required", ErrorCode::Unauthenticated);
        row("denied", R"({"error":"pull access denied for x"})", "pull access denied for x",
            ErrorCode::Unauthenticated);
        row("without words", R"({"error":""})", "The engine could not pull the image and did not say why",
            ErrorCode::Unavailable);
        row("no JSON", "<html>", "The engine's answer to the pull is not JSON", ErrorCode::Corrupt);
        row("no object", "[]", "The engine's answer to the pull is not JSON", ErrorCode::Corrupt);
    }
    void error_isFailure()
    {
        QFETCH(QByteArray, line);
        PullProgressReader reader;
        const auto fed = reader.feed(QByteArray(whole + line + "\n" + closing));
        QVERIFY(!fed);
        QTEST(fed.error().message, "message");
        QTEST(static_cast<int>(fed.error().code), "code");
        // It stays failed, whatever comes.
        QVERIFY(!reader.feed(closing));
        QVERIFY(!reader.finish());
        QTEST(reader.finish().error().message, "message");
        QVERIFY(!reader.isComplete());
    }

    void error_afterTheClosingWords_isFailure()
    {
        PullProgressReader reader;
        QVERIFY(!reader.feed(QByteArray(closing + "{\"error\":\"late\"}\n")));
        QVERIFY(!reader.finish());
    }

    void stream_cutBeforeTheEnd_isFailure_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("after the layers") << QByteArray(whole + rest);
        QTest::newRow("inside the closing words") << QByteArray(whole + rest + closing.first(20));
    }
    void stream_cutBeforeTheEnd_isFailure()
    {
        QFETCH(QByteArray, bytes);
        PullProgressReader reader;
        QVERIFY(reader.feed(bytes));
        const auto end = reader.finish();
        QVERIFY(!end);
        QCOMPARE(end.error().code, ErrorCode::Unavailable);
    }

    void lastLine_mayLackItsEnd()
    {
        PullProgressReader reader;
        QVERIFY(reader.feed(closing.trimmed()));
        QVERIFY(reader.finish());
        PullProgressReader failing;
        QVERIFY(failing.feed("{\"error\":\"late\"}"));
        QCOMPARE(failing.finish().error().message, QStringLiteral("late"));
    }
};

QTEST_APPLESS_MAIN(PullProgressTest)
#include "tst_pullprogress.moc"
