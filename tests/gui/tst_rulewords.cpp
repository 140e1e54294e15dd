#include <models/planwords.h>
#include <models/rulewords.h>

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::ui;

using Words = std::vector<QString>;

class RuleWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void command_isShownAndUnderstood_data();
    void command_isShownAndUnderstood();
    void command_isRead_data();
    void command_isRead();
    void command_thatIsNoList_isRefused_data();
    void command_thatIsNoList_isRefused();
    void values_haveWords_data();
    void values_haveWords();
    void sentence_tellsTheCareOfAnUpdate();
};

void RuleWordsTest::command_isShownAndUnderstood_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const Words &words, const char *text) {
        QTest::newRow(name) << words << QString::fromUtf8(text);
    };
    row("one word", {QStringLiteral("/backup.sh")}, "/backup.sh");
    row("several", {QStringLiteral("pg_dump"), QStringLiteral("-a")}, "pg_dump -a");
    row("a space in a word", {QStringLiteral("echo"), QStringLiteral("two words")}, "echo \"two words\"");
    row("none", {}, "[]");
    row("an empty word", {QStringLiteral("a"), QString()}, "[\"a\",\"\"]");
    row("a quotation mark", {QStringLiteral("say"), QStringLiteral("\"hi\"")}, R"(["say","\"hi\""])");
    row("two lines", {QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("a\nb")},
        R"(["sh","-c","a\nb"])");
    row("like a list", {QStringLiteral("[")}, R"(["["])");
    row("what a shell would read", {QStringLiteral("$HOME;"), QStringLiteral("it's"), QStringLiteral("a\\b")},
        R"($HOME; it's a\b)");
    row("other letters", {QStringLiteral("写出"), QStringLiteral("ä ö")}, "写出 \"ä ö\"");
}

void RuleWordsTest::command_isShownAndUnderstood()
{
    QFETCH(Words, words);
    QFETCH(QString, text);
    QCOMPARE(commandText(words), text);
    QCOMPARE(commandWords(text), std::optional(words));
}

void RuleWordsTest::command_isRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Words>("words");
    QTest::newRow("spaces around") << QStringLiteral("  a   b ")
                                   << Words{QStringLiteral("a"), QStringLiteral("b")};
    QTest::newRow("a list with spaces")
        << QStringLiteral(" [ \"a\" , \"b c\" ] ") << Words{QStringLiteral("a"), QStringLiteral("b c")};
    QTest::newRow("an empty list") << QStringLiteral("[ ]") << Words{};
}

void RuleWordsTest::command_isRead()
{
    QFETCH(QString, text);
    QFETCH(Words, words);
    QCOMPARE(commandWords(text), std::optional(words));
}

void RuleWordsTest::command_thatIsNoList_isRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("not closed") << QStringLiteral("[\"a\"");
    QTest::newRow("no texts") << QStringLiteral("[1, 2]");
    QTest::newRow("a list in a list") << QStringLiteral("[[\"a\"]]");
    QTest::newRow("the program [") << QStringLiteral("[ -f /x ]");
}

void RuleWordsTest::command_thatIsNoList_isRefused()
{
    QFETCH(QString, text);
    QCOMPARE(commandWords(text), std::nullopt);
}

void RuleWordsTest::values_haveWords_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *field, const char *value, const char *text) {
        QTest::addRow("%s %s", field, value)
            << QString::fromLatin1(field) << QString::fromLatin1(value) << QString::fromUtf8(text);
    };
    row("rollback", "true", "Put back by itself");
    row("rollback", "false", "Left to a person");
    row("backupVolumes", "guarded", "When data changes its form");
    row("backupVolumes", "later", "later");
    row("watchSeconds", "600 s", "10 min");
    row("watchSeconds", "0 d", "none");
    row("hookTimeoutSeconds", "1 h", "1 h");
    row("keepVersions", "3", "3");
    row("hookBefore", "", "none");
}

void RuleWordsTest::values_haveWords()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    QTEST(ruleValueText(field, value), "text");
    QVERIFY(ruleFieldName(field) != field);
}

void RuleWordsTest::sentence_tellsTheCareOfAnUpdate()
{
    contracts::UpdateRules rules;
    rules.rollback = false;
    rules.watchSeconds = 0;
    rules.backupVolumes = core::BackupMode::Always;
    rules.keepVersions = 5;
    rules.hookAfter = Words{QStringLiteral("true")};
    const QString sentence = rulesSentence(rules);
    for (const char *part : {"Not put back by itself", "not watched afterwards", "saves volumes: Always",
             "keeps 5 earlier version", "commands around the update"}) {
        QVERIFY2(sentence.contains(QLatin1String(part)), qPrintable(sentence));
    }
}

QTEST_APPLESS_MAIN(RuleWordsTest)
#include "tst_rulewords.moc"
