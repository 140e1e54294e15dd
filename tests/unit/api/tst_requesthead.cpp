#include <api/requesthead.h>

#include <QTest>

using namespace dockerauto::api;
using State = RequestHeadReader::State;

class RequestHeadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valid_isRead_data();
    void valid_isRead();
    void invalid_isRefused_data();
    void invalid_isRefused();
    void bytes_giveTheSame_oneByOne();
    void size_leavesWhatFollows();
    void target_isSplit();
    void length_isRefused_aboveTheLimit();
    void line_isRefused_withoutItsEnd();
    void header_isRefused_withoutItsEnd();
    void webSocket_isSeen();
};

namespace {

QByteArray get(const QByteArray &more)
{
    return "GET / HTTP/1.1\r\nHost: a\r\n" + more + "\r\n";
}

} // namespace

void RequestHeadTest::valid_isRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("keepAlive");
    QTest::addColumn<qint64>("length");
    QTest::newRow("plain") << get("") << true << 0LL;
    QTest::newRow("empty line before") << "\r\n" + get("") << true << 0LL;
    QTest::newRow("close") << get("Connection: close\r\n") << false << 0LL;
    QTest::newRow("close in a list") << get("Connection: x, CLOSE\r\n") << false << 0LL;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false << 0LL;
    QTest::newRow("1.0 keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true
                                    << 0LL;
    QTest::newRow("length") << get("Content-Length: 12\r\n") << true << 12LL;
    QTest::newRow("length with zeros") << get("Content-Length: 0012\r\n") << true << 12LL;
    QTest::newRow("length without blank") << get("content-length:12\r\n") << true << 12LL;
    QTest::newRow("length with tabs") << get("Content-Length:\t12 \t\r\n") << true << 12LL;
    QTest::newRow("absolute") << QByteArray("GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n") << true << 0LL;
    QTest::newRow("absolute without path")
        << QByteArray("GET http://a HTTP/1.1\r\nHost: a\r\n\r\n") << true << 0LL;
    QTest::newRow("asterisk") << QByteArray("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n") << true << 0LL;
    QTest::newRow("port") << QByteArray("GET / HTTP/1.1\r\nHost: a:80\r\n\r\n") << true << 0LL;
    QTest::newRow("IPv6") << QByteArray("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n") << true << 0LL;
    QTest::newRow("other letters in a value") << get("X-A: \xc3\xa4\r\n") << true << 0LL;
    QTest::newRow("empty value") << get("X-A:\r\n") << true << 0LL;
    QTest::newRow("patch") << QByteArray("PATCH / HTTP/1.1\r\nHost: a\r\n\r\n") << true << 0LL;
    QTest::newRow("request line of 8192")
        << "GET /" + QByteArray(8192 - 14, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"
        << true << 0LL;
    QTest::newRow("100 fields") << get(QByteArray("A: b\r\n").repeated(99)) << true << 0LL;
}

void RequestHeadTest::valid_isRead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, keepAlive);
    QFETCH(qint64, length);
    RequestHeadReader reader;
    QVERIFY2(reader.read(bytes) == State::Complete, qPrintable(reader.problem().message));
    QCOMPARE(reader.size(), bytes.size());
    QCOMPARE(reader.head().keepAlive, keepAlive);
    QCOMPARE(reader.head().contentLength, length);
    QVERIFY(reader.head().target.startsWith('/') || reader.head().target == "*");
}

void RequestHeadTest::invalid_isRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto line = [](const char *name, const QByteArray &requestLine, int status = 400) {
        QTest::newRow(name) << requestLine + "\r\nHost: a\r\n\r\n" << status;
    };
    const auto field = [](const char *name, const QByteArray &fields, int status = 400) {
        QTest::newRow(name) << get(fields) << status;
    };
    line("no version", "GET /");
    line("version 0.9", "GET / HTTP/0.9");
    line("version 2", "GET / HTTP/2.0");
    line("version of two digits", "GET / HTTP/1.10");
    line("version in lower case", "GET / http/1.1");
    line("version glued", "GET /HTTP/1.1");
    line("two blanks before the target", "GET  / HTTP/1.1");
    line("two blanks before the version", "GET /  HTTP/1.1");
    line("blank at the end", "GET / HTTP/1.1 ");
    line("blank in front", " GET / HTTP/1.1");
    line("tab", "GET\t/ HTTP/1.1");
    line("blank in the target", "GET /a b HTTP/1.1");
    line("fragment", "GET /a#b HTTP/1.1");
    line("target without slash", "GET a HTTP/1.1");
    line("asterisk for GET", "GET * HTTP/1.1");
    line("NUL encoded", "GET /%00 HTTP/1.1");
    line("encoding cut", "GET /%4 HTTP/1.1");
    line("encoding wrong", "GET /%zz HTTP/1.1");
    line("encoding wrong in the query", "GET /?a=%g0 HTTP/1.1");
    line("not ASCII", "GET /\xc3\xa4 HTTP/1.1");
    line("quote", "GET /\" HTTP/1.1");
    line("backslash", "GET /\\ HTTP/1.1");
    line("other scheme", "GET ftp://a/ HTTP/1.1");
    line("user in the target", "GET http://u@a/ HTTP/1.1");
    line("other host in the target", "GET http://b/ HTTP/1.1");
    line("method is no token", "G@T / HTTP/1.1");
    line("unknown method", "BREW / HTTP/1.1", 501);
    line("method in lower case", "get / HTTP/1.1", 501);
    line("TRACE", "TRACE / HTTP/1.1", 501);
    line("CONNECT", "CONNECT a:80 HTTP/1.1", 501);
    QTest::newRow("bare LF") << QByteArray("GET / HTTP/1.1\nHost: a\n\n") << 400;
    QTest::newRow("bare LF in the header") << QByteArray("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n") << 400;
    QTest::newRow("bare LF at the end") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\n") << 400;
    QTest::newRow("bare CR") << get("X: a\rb\r\n") << 400;
    QTest::newRow("two CR") << get("X: a\r\r\n") << 400;
    QTest::newRow("two empty lines before") << "\r\n\r\n" + get("") << 400;
    QTest::newRow("NUL") << get(QByteArray("X: a\0b\r\n", 8)) << 400;
    QTest::newRow("NUL in a name") << get(QByteArray("X\0: a\r\n", 7)) << 400;
    QTest::newRow("no Host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
    field("two Host", "Host: a\r\n");
    QTest::newRow("empty Host") << QByteArray("GET / HTTP/1.1\r\nHost:\r\n\r\n") << 400;
    QTest::newRow("two in one Host") << QByteArray("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n") << 400;
    QTest::newRow("user in Host") << QByteArray("GET / HTTP/1.1\r\nHost: u@a\r\n\r\n") << 400;
    QTest::newRow("path in Host") << QByteArray("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n") << 400;
    QTest::newRow("wrong port in Host") << QByteArray("GET / HTTP/1.1\r\nHost: a:b\r\n\r\n") << 400;
    QTest::newRow("open bracket in Host") << QByteArray("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n") << 400;
    field("blank before the colon", "X : a\r\n");
    field("no colon", "X a\r\n");
    field("no name", ": a\r\n");
    field("folded", "X: a\r\n b\r\n");
    field("folded with a tab", "X: a\r\n\tb\r\n");
    field("name is no token", "X(): a\r\n");
    field("name is not ASCII", "X\xc3\xa4: a\r\n");
    field("DEL in a value", "X: a\x7f\r\n");
    field("two lengths", "Content-Length: 5\r\nContent-Length: 5\r\n");
    field("two lengths that differ", "Content-Length: 5\r\nContent-Length: 6\r\n");
    field("list of lengths", "Content-Length: 5, 5\r\n");
    field("negative length", "Content-Length: -5\r\n");
    field("length with a sign", "Content-Length: +5\r\n");
    field("length is no number", "Content-Length: abc\r\n");
    field("length in hexadecimal", "Content-Length: 0x5\r\n");
    field("length with a blank", "Content-Length: 1 2\r\n");
    field("empty length", "Content-Length:\r\n");
    field("length of 2^64-1", "Content-Length: 18446744073709551615\r\n", 413);
    field("length of many digits", "Content-Length: " + QByteArray(60, '9') + "\r\n", 413);
    field("chunked", "Transfer-Encoding: chunked\r\n", 411);
    field("chunked and a length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n");
    field("length and chunked", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n");
    field("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
    field("chunked not last", "Transfer-Encoding: chunked, gzip\r\n");
    field("unknown coding", "Transfer-Encoding: xchunked\r\n", 501);
    field("empty coding", "Transfer-Encoding:\r\n");
    QTest::newRow("chunked in 1.0") << QByteArray("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")
                                    << 400;
    field("two Authorization", "Authorization: a\r\nAuthorization: b\r\n");
    field("two Content-Type", "Content-Type: a/b\r\nContent-Type: a/b\r\n");
    field("Expect", "Expect: the-unexpected\r\n", 417);
    field("101 fields", QByteArray("A: b\r\n").repeated(100), 431);
    field("a field of 33 KiB", "A: " + QByteArray(33 * 1024, 'b') + "\r\n", 431);
    line("request line of 8193", "GET /" + QByteArray(8193 - 14, 'a') + " HTTP/1.1", 414);
}

void RequestHeadTest::invalid_isRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    RequestHeadReader reader;
    QVERIFY(reader.read(bytes) == State::Refused);
    QCOMPARE(reader.problem().status, status);
    QVERIFY(!reader.problem().message.isEmpty());
    // Once refused, nothing makes it right.
    QVERIFY(reader.read(QByteArray(bytes + get(""))) == State::Refused);
}

void RequestHeadTest::bytes_giveTheSame_oneByOne()
{
    const QByteArray bytes = "POST /a?b=c HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nX: y\r\n\r\nabc";
    RequestHeadReader reader;
    qsizetype fed = 0;
    while (reader.read(QByteArrayView(bytes).first(fed)) == State::Incomplete) {
        QVERIFY(fed < bytes.size());
        ++fed;
    }
    QCOMPARE(reader.size(), bytes.size() - 3);
    QCOMPARE(fed, bytes.size() - 3);
    QCOMPARE(reader.head().query, QByteArray("b=c"));
    QCOMPARE(reader.head().field("x"), QByteArray("y"));
}

void RequestHeadTest::size_leavesWhatFollows()
{
    RequestHeadReader reader;
    const QByteArray first = get("");
    QVERIFY(reader.read(QByteArray(first + "GET /smuggled HTTP/1.1\r\n\r\n")) == State::Complete);
    QCOMPARE(reader.size(), first.size());
}

void RequestHeadTest::target_isSplit()
{
    RequestHeadReader reader;
    QVERIFY(reader.read("GET http://A:80/x%2Fy?a=1&b=?2 HTTP/1.1\r\nHost: a:80\r\n\r\n") == State::Complete);
    QCOMPARE(reader.head().target, QByteArray("/x%2Fy?a=1&b=?2"));
    QCOMPARE(reader.head().path, QByteArray("/x%2Fy"));
    QCOMPARE(reader.head().query, QByteArray("a=1&b=?2"));
}

void RequestHeadTest::length_isRefused_aboveTheLimit()
{
    RequestHeadReader atLimit;
    QVERIFY(atLimit.read(get("Content-Length: 1048576\r\n")) == State::Complete);
    RequestHeadReader above;
    QVERIFY(above.read(get("Content-Length: 1048577\r\n")) == State::Refused);
    QCOMPARE(above.problem().status, 413);
}

void RequestHeadTest::line_isRefused_withoutItsEnd()
{
    RequestHeadReader reader;
    QVERIFY(reader.read(QByteArray("GET /" + QByteArray(9000, 'a'))) == State::Refused);
    QCOMPARE(reader.problem().status, 414);
}

void RequestHeadTest::header_isRefused_withoutItsEnd()
{
    RequestHeadReader reader;
    QVERIFY(reader.read(QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(40'000, 'a'))) ==
            State::Refused);
    QCOMPARE(reader.problem().status, 431);
}

void RequestHeadTest::webSocket_isSeen()
{
    RequestHeadReader reader;
    QVERIFY(reader.read(get("Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n")) == State::Complete);
    QVERIFY(reader.head().webSocket);
    RequestHeadReader other;
    QVERIFY(other.read(get("Connection: Upgrade\r\nUpgrade: h2c\r\n")) == State::Complete);
    QVERIFY(!other.head().webSocket);
}

QTEST_APPLESS_MAIN(RequestHeadTest)
#include "tst_requesthead.moc"
