#include <core/json.h>

#include <QTest>

using namespace dockerauto::core;

class JsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_isTaken_data();
    void text_isTaken();
    void text_isRefused_data();
    void text_isRefused();
    void depth_isLimited();
    void peer_mayRepeatKeys_andNestDeeper();
    void peer_failsAsCorrupt();
    void write_replacesWhatIsNoText();
    void member_isNull_whereThereIsNone();
};

void JsonTest::text_isTaken_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
        {"null", "true", " [1, -0.5e+3, \"\\u00e4\\n\"] ", "{\"\":{}}", "{\"a\":{\"a\":1},\"b\":{\"a\":1}}",
            "18446744073709551615", "-9223372036854775808", "\"\\ud83d\\ude00\""}) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void JsonTest::text_isTaken()
{
    QFETCH(QByteArray, text);
    QVERIFY(parseJson(text.toStdString()));
}

void JsonTest::text_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
        {"", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":1}", "{\"a\":{\"b\":1,\"b\":2}}",
            "[{\"a\":1},{\"b\":1,\"b\":1}]", "{\"a\":1,\"\\u0061\":1}", "01", "+1", "1.", ".5", "NaN",
            "Infinity", "1e999", "'a'", "\"\t\"", "\"\\x\"", "\"\\ud83d\"", "// a\n1", "/* */1", "1 2",
            "true false", "{a:1}", "nul", "\xEF\xBB\xBF{}", "\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\""}) {
        QTest::newRow(QByteArray(text).toPercentEncoding().constData()) << QByteArray(text);
    }
    QTest::newRow("NUL at the end") << QByteArray("1\0", 2);
    QTest::newRow("NUL and more") << QByteArray("{}\0{", 4);
    QTest::newRow("NUL in a text") << QByteArray("\"\0\"", 3);
}

void JsonTest::text_isRefused()
{
    QFETCH(QByteArray, text);
    const auto value = parseJson({text.constData(), static_cast<std::size_t>(text.size())});
    QVERIFY(!value);
    QCOMPARE(value.error().code, ErrorCode::InvalidArgument);
    QVERIFY(!value.error().message.isEmpty());
}

void JsonTest::depth_isLimited()
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(parseJson(nested(64)));
    QVERIFY(!parseJson(nested(65)));
    QVERIFY(!parseJson(std::string(100'000, '[')));
    std::string objects;
    for (int i = 0; i < 65; ++i) {
        objects += "{\"a\":";
    }
    QVERIFY(!parseJson(objects + "1" + std::string(65, '}')));
    // Beside each other is not inside each other.
    QVERIFY(parseJson("[" + std::string("[],", 3) + nested(63) + ",[[]]]"));
}

void JsonTest::peer_mayRepeatKeys_andNestDeeper()
{
    const auto value = parsePeerJson(R"({"a":1,"a":2})");
    QVERIFY(value);
    QCOMPARE(value->at("a").get<int>(), 2);
    QVERIFY(parsePeerJson(std::string(256, '[') + std::string(256, ']')));
    QVERIFY(!parsePeerJson(std::string(257, '[') + std::string(257, ']')));
}

void JsonTest::peer_failsAsCorrupt()
{
    QCOMPARE(parsePeerJson("<html>").error().code, ErrorCode::Corrupt);
}

void JsonTest::write_replacesWhatIsNoText()
{
    QCOMPARE(writeJson(Json("a\xff")), std::string("\"a\xEF\xBF\xBD\""));
    QCOMPARE(writeJson(Json{{"b", 1}, {"a", nullptr}}), std::string(R"({"a":null,"b":1})"));
}

void JsonTest::member_isNull_whereThereIsNone()
{
    const Json value{{"a", "text"}, {"n", 1}};
    QCOMPARE(textOf(value, "a"), QStringLiteral("text"));
    QCOMPARE(textOf(value, "n", QStringLiteral("none")), QStringLiteral("none"));
    QVERIFY(memberOf(value, "b").is_null());
    QVERIFY(memberOf(Json::array(), "b").is_null());
}

QTEST_APPLESS_MAIN(JsonTest)
#include "tst_json.moc"
