#include <domain/imagediff.h>

#include <QTest>

using namespace dockerauto;
using Labels = std::map<QString, QString>;

class TestReleaseNotes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void address_comesFromWhatIsThere_data()
    {
        QTest::addColumn<QString>("tmpl");
        QTest::addColumn<QString>("tag");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("address");
        const auto row = [](const char *name, const char *tmpl, const char *tag, const char *source,
                             const char *url, const char *version, const char *address) {
            QTest::newRow(name) << QString::fromUtf8(tmpl) << QString::fromUtf8(tag)
                                << QString::fromUtf8(source) << QString::fromUtf8(url)
                                << QString::fromUtf8(version) << QString::fromUtf8(address);
        };
        row("template", "https://example.org/notes/${major}.${minor}/${tag}", "v1.2.3-alpine", "", "", "",
            "https://example.org/notes/1.2/v1.2.3-alpine");
        row("the template weighs more", "https://example.org/${version}", "3", "https://github.com/a/b", "",
            "3.1.0", "https://example.org/3.1.0");
        row("values are encoded", "https://example.org/${version}", "1", "", "", "1/../../x",
            "https://example.org/1%2F..%2F..%2Fx");
        row("no other scheme", "javascript:${tag}", "1", "", "", "", "");
        row("GitHub", "", "1.2", "https://github.com/owner/name.git", "", "1.2.0",
            "https://github.com/owner/name/releases?q=1.2.0&expanded=true");
        row("GitHub below", "", "1.2", "https://github.com/owner/name/tree/main/docker", "", "",
            "https://github.com/owner/name/releases?q=1.2&expanded=true");
        row("GitLab with groups", "", "1", "https://gitlab.com/a/b/c/-/tree/main", "", "",
            "https://gitlab.com/a/b/c/-/releases");
        row("Codeberg", "", "1", "https://codeberg.org/a/b", "", "", "https://codeberg.org/a/b/releases");
        row("a page of their own", "", "1", "ssh://git@example.org/a", "https://example.org/changes", "",
            "https://example.org/changes");
        row("the source at last", "", "1", "https://git.example.org/a", "", "", "https://git.example.org/a");
        row("passwords are no part of a link", "", "1", "https://me:secret@example.org/a", "", "", "");
        row("nothing", "", "1", "", "", "", "");
        row("nonsense", "", "1", "not an address", "://", "", "");
    }
    void address_comesFromWhatIsThere()
    {
        QFETCH(QString, tmpl);
        QFETCH(QString, tag);
        QFETCH(QString, source);
        QFETCH(QString, url);
        QFETCH(QString, version);
        QFETCH(QString, address);
        const Labels labels{{QStringLiteral("org.opencontainers.image.source"), source},
            {QStringLiteral("org.opencontainers.image.url"), url},
            {QStringLiteral("org.opencontainers.image.version"), version}};
        QCOMPARE(domain::releaseNotesAddress(tmpl, tag, labels).value_or(QString()), address);
    }
};

QTEST_APPLESS_MAIN(TestReleaseNotes)
#include "tst_releasenotes.moc"
