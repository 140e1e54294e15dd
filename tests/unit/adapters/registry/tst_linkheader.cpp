#include <registry/linkheader.h>

#include <QTest>

using namespace dockerauto;
using registry::nextPage;

class LinkHeaderTest : public QObject
{
    Q_OBJECT

private:
    const QUrl m_asked{QStringLiteral("https://example.com:5000/v2/team/app/tags/list?n=2")};

private Q_SLOTS:
    void next_isFound_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("expected");
        const QString root = QStringLiteral("https://example.com:5000");
        const auto row = [&](const char *name, const char *header, const char *expected) {
            QTest::newRow(name) << QByteArray(header)
                                << (*expected == 0 ? QString() : root + QLatin1String(expected));
        };
        const char *second = "/v2/team/app/tags/list?n=2&last=b";
        row("distribution", "</v2/team/app/tags/list?n=2&last=b>; rel=\"next\"", second);
        row("absolute", "<https://example.com:5000/v2/team/app/tags/list?n=2&last=b>; rel=\"next\"", second);
        row("upper-case host", "<https://EXAMPLE.com:5000/x>; rel=next", "/x");
        row("relative", "<list?n=2&last=b>; rel=next", second);
        row("query alone", "<?n=2&last=b>; rel=next", second);
        row("unquoted", "</x>;rel=next", "/x");
        row("case", "</x>; REL=\"Next\"", "/x");
        row("blanks", " < /x > ;\t rel = \"next\" ; ", "/x");
        row("other parameters", "</x>; title=\"a; rel=prev, b\"; rel=\"next\"; type=text/html", "/x");
        row("escapes", "</x>; title=\"a \\\" ; rel=prev\"; rel=next", "/x");
        row("several relations", "</x>; rel=\"last next\"", "/x");
        row("several links", "</a>; rel=\"prev\", </x>; rel=\"next\", </z>; rel=last", "/x");
        row("comma in the address", "</x?a=1,2>; rel=next", "/x?a=1,2");
        row("first of two", "</x>; rel=next, </y>; rel=next", "/x");
        row("escaped address", "</v2/a%2Fb/tags/list?last=a%26b>; rel=next",
            "/v2/a%2Fb/tags/list?last=a%26b");
        row("fragment", "</x#top>; rel=next", "/x");
        row("parameter without value", "</x>; crossorigin; rel=next", "/x");
        row("empty elements", ",, </x>; rel=next,,", "/x");
        row("none", "", "");
        row("another relation", "</x>; rel=\"prev\"", "");
        row("part of a word", "</x>; rel=\"nextpage\"", "");
        row("only the first rel counts", "</x>; rel=prev; rel=next", "");
        row("no relation", "</x>", "");
        row("about something else", "</x>; rel=next; anchor=\"/other\"", "");
    }
    void next_isFound()
    {
        QFETCH(const QByteArray, header);
        QFETCH(const QString, expected);
        const auto next = nextPage({header}, m_asked);
        QVERIFY2(next, next ? "" : qPrintable(next.error().message));
        QCOMPARE(next->has_value(), !expected.isEmpty());
        if (*next) {
            QCOMPARE((*next)->toString(QUrl::FullyEncoded), QUrl(expected).toString(QUrl::FullyEncoded));
        }
    }

    void next_isFound_inTheSecondHeader()
    {
        const auto next = nextPage({"</a>; rel=prev", "</x>; rel=next"}, m_asked);
        QVERIFY(next && *next);
        QCOMPARE((*next)->path(), QStringLiteral("/x"));
        QVERIFY(!*nextPage({}, m_asked));
    }

    void defaultPort_isTheSameOrigin()
    {
        const auto next = nextPage(
            {"<https://example.com:443/x>; rel=next"}, QUrl(QStringLiteral("https://example.com/y")));
        QVERIFY(next && *next);
    }

    void next_isRefused_data()
    {
        QTest::addColumn<QByteArray>("header");
        for (const char *header :
            {"<https://other.example.com:5000/x>; rel=next", "<http://example.com:5000/x>; rel=next",
                "<https://example.com/x>; rel=next", "<//other.example.com/x>; rel=next",
                "<https://a:b@example.com:5000/x>; rel=next", "<file:///etc/passwd>; rel=next",
                "<>; rel=next", "<http://[>; rel=next", "</x; rel=next", "/x; rel=next", "</x>; rel=\"next",
                "</x>; rel=", "</x> rel=next", "</x>; =next", "</x>; rel=\"next\"y"}) {
            QTest::newRow(header) << QByteArray(header);
        }
        QTest::newRow("too long") << "</" + QByteArray(20'000, 'x') + ">; rel=next";
    }
    void next_isRefused()
    {
        QFETCH(const QByteArray, header);
        const auto next = nextPage({header}, m_asked);
        QVERIFY(!next);
        QCOMPARE(int(next.error().code), int(core::ErrorCode::InvalidArgument));
    }

    void reading_ends_forEveryPrefixOfAHeader()
    {
        const QByteArray header = "</a,b>; title=\"x\\\"y\"; rel=\"prev next\"; q=1, </c>;rel=next";
        for (qsizetype length = 0; length <= header.size(); ++length) {
            const auto next = nextPage({header.left(length)}, m_asked);
            QVERIFY(!next || !*next || (*next)->host() == m_asked.host());
        }
    }
};

QTEST_APPLESS_MAIN(LinkHeaderTest)
#include "tst_linkheader.moc"
