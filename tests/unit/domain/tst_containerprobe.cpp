#include <domain/probe.h>

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::domain;
using Kind = Probe::Kind;

Q_DECLARE_METATYPE(dockerauto::domain::Probe)

class TestProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Probe>("probe");
        QTest::addColumn<QString>("described");
        const auto row = [](const char *text, const Probe &probe, const char *described) {
            QTest::newRow(*text ? text : "empty")
                << QString::fromUtf8(text) << probe << QString::fromUtf8(described);
        };
        row("", {}, "no probe");
        row("  ", {}, "no probe");
        row("http://:8080/ready", {Kind::Http, 8080, QStringLiteral("/ready"), {}},
            "GET /ready on port 8080");
        row(" HTTP://:80 ", {Kind::Http, 80, QStringLiteral("/"), {}}, "GET / on port 80");
        row("http://:1?full=1", {Kind::Http, 1, QStringLiteral("/?full=1"), {}}, "GET /?full=1 on port 1");
        row("https://:8443/a%20b?x=:1", {Kind::Https, 8443, QStringLiteral("/a%20b?x=:1"), {}},
            "GET /a%20b?x=:1 on port 8443 with TLS");
        row("tcp://:5432", {Kind::Tcp, 5432, {}, {}}, "connection to port 5432");
        row("tcp://:65535/", {Kind::Tcp, 65535, {}, {}}, "connection to port 65535");
        row("[\"pg_isready\", \"-U\", \"my shop\"]",
            {Kind::Command, 0, {},
                {QStringLiteral("pg_isready"), QStringLiteral("-U"), QStringLiteral("my shop")}},
            "command pg_isready -U my shop");
    }
    void parse_reads()
    {
        QFETCH(QString, text);
        QFETCH(Probe, probe);
        QFETCH(QString, described);
        const auto parsed = parseProbe(text);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        QVERIFY(*parsed == probe);
        QCOMPARE(describe(*parsed), described);
    }

    void parse_refuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"8080", "http://8080/", "http://", "http://:0/", "http://:65536/",
                 "http://:123456/", "http://localhost:80/", "http://user:pw@:80/", "ftp://:21/", "http:/:80/",
                 "http://:80/a b", "http://:80/#x", "http://:80/ä", "tcp://:80/x", "tcp://db:1",
                 "http://:80/\r\nX: y", "[]", "[\"\"]", "[1]", "[\"a\"", "{\"a\":1}"}) {
            QTest::newRow(text) << QString::fromUtf8(text);
        }
        QTest::newRow("long") << QStringLiteral("http://:80/") + QString(1'000, u'x');
        QTest::newRow("many words") << u'[' + QStringLiteral("\"a\",").repeated(64) +
                                           QStringLiteral("\"a\"]");
    }
    void parse_refuses()
    {
        QFETCH(QString, text);
        const auto parsed = parseProbe(text);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, core::ErrorCode::InvalidArgument);
        QVERIFY(parsed.error().message.size() > 20);
    }
};

QTEST_APPLESS_MAIN(TestProbe)
#include "tst_containerprobe.moc"
