#include <domain/statefulimages.h>

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::domain;
using core::Bump;

class TestStatefulImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void software_isKnownByTheLastComponent_data()
    {
        QTest::addColumn<QString>("repository");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *repository, const char *name) {
            QTest::newRow(repository) << QString::fromLatin1(repository) << QString::fromLatin1(name);
        };
        row("postgres", "PostgreSQL");
        row("docker.io/library/postgres", "PostgreSQL");
        row("ghcr.io/someone/postgres", "PostgreSQL");
        row("postgres:16-alpine", "PostgreSQL");
        row("localhost:5000/postgres", "PostgreSQL");
        row("postgres@sha256:aaaa", "PostgreSQL");
        row("bitnami/postgresql", "PostgreSQL");
        row("timescale/timescaledb-ha", "PostgreSQL");
        row("postgis/postgis", "PostgreSQL");
        row("pgvector/pgvector", "PostgreSQL");
        row("lscr.io/linuxserver/mariadb", "MariaDB");
        row("mysql", "MySQL");
        row("percona/percona-server", "Percona Server");
        row("mongo", "MongoDB");
        row("redis", "Redis");
        row("valkey/valkey", "Valkey");
        row("docker.elastic.co/elasticsearch/elasticsearch", "Elasticsearch");
        row("opensearchproject/opensearch", "OpenSearch");
        row("clickhouse/clickhouse-server", "ClickHouse");
        row("quay.io/coreos/etcd", "etcd");
        row("gitlab/gitlab-ce", "GitLab");
        row("codeberg.org/forgejo/forgejo", "Forgejo");
        row("nextcloud", "Nextcloud");

        row("nginx", "");
        row("", "");
        row("postgres/exporter", "");
        row("prometheuscommunity/postgres-exporter", "");
        row("postgresql-client", "");
        row("localhost:5000/web", "");
        row("memcached", "");
    }
    void software_isKnownByTheLastComponent()
    {
        QFETCH(QString, repository);
        QFETCH(QString, name);
        const auto software = statefulSoftware(repository);
        QCOMPARE(software ? software->name : QString(), name);
    }

    void advice_isForMajorStepsOfStatefulSoftwareAlone_data()
    {
        QTest::addColumn<QString>("repository");
        QTest::addColumn<int>("bump");
        QTest::addColumn<bool>("recommended");
        for (const Bump bump : {Bump::None, Bump::Build, Bump::Patch, Bump::Minor, Bump::Major}) {
            const char *word = core::toText(bump).data();
            QTest::addRow("postgres %s", word)
                << QStringLiteral("postgres") << static_cast<int>(bump) << (bump == Bump::Major);
            QTest::addRow("nginx %s", word) << QStringLiteral("nginx") << static_cast<int>(bump) << false;
        }
    }
    void advice_isForMajorStepsOfStatefulSoftwareAlone()
    {
        QFETCH(QString, repository);
        QFETCH(int, bump);
        QFETCH(bool, recommended);
        const auto advice = backupAdvice(repository, static_cast<Bump>(bump));
        QCOMPARE(advice.recommended, recommended);
        QCOMPARE(advice.reason.contains(QStringLiteral("PostgreSQL")), recommended);
    }
};

QTEST_APPLESS_MAIN(TestStatefulImages)
#include "tst_statefulimages.moc"
