#include "domain/statefulimages.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace dockerauto::domain {

namespace {

struct Known
{
    /// The last component of the repository.
    std::string_view image;
    const char *software;
};

// Chosen by what their own upgrade notes say: the new major version converts the data in place and the old
// one then refuses it (Elasticsearch, Grafana, Nextcloud), or the new one refuses the old data until somebody
// has converted it (PostgreSQL), or steps may not be left out (GitLab, MongoDB). Caches and software that
// keeps nothing (memcached, nginx) are not here.
constexpr std::array known{
    Known{"authentik", "authentik"},
    Known{"arangodb", "ArangoDB"},
    Known{"bitwarden", "Bitwarden"},
    Known{"cassandra", "Cassandra"},
    Known{"clickhouse", "ClickHouse"},
    Known{"clickhouse-server", "ClickHouse"},
    Known{"cockroach", "CockroachDB"},
    Known{"confluence", "Confluence"},
    Known{"consul", "Consul"},
    Known{"couchbase", "Couchbase"},
    Known{"couchdb", "CouchDB"},
    Known{"discourse", "Discourse"},
    Known{"elasticsearch", "Elasticsearch"},
    Known{"etcd", "etcd"},
    Known{"forgejo", "Forgejo"},
    Known{"ghost", "Ghost"},
    Known{"gitea", "Gitea"},
    Known{"gitlab", "GitLab"},
    Known{"gitlab-ce", "GitLab"},
    Known{"gitlab-ee", "GitLab"},
    Known{"grafana", "Grafana"},
    Known{"grafana-enterprise", "Grafana"},
    Known{"grafana-oss", "Grafana"},
    Known{"graylog", "Graylog"},
    Known{"home-assistant", "Home Assistant"},
    Known{"homeassistant", "Home Assistant"},
    Known{"immich-server", "Immich"},
    Known{"influxdb", "InfluxDB"},
    Known{"jellyfin", "Jellyfin"},
    Known{"jira-software", "Jira"},
    Known{"kafka", "Kafka"},
    Known{"cp-kafka", "Kafka"},
    Known{"keycloak", "Keycloak"},
    Known{"mariadb", "MariaDB"},
    Known{"mariadb-galera", "MariaDB"},
    Known{"mattermost-team-edition", "Mattermost"},
    Known{"meilisearch", "Meilisearch"},
    Known{"minio", "MinIO"},
    Known{"mongo", "MongoDB"},
    Known{"mongodb", "MongoDB"},
    Known{"mongodb-community-server", "MongoDB"},
    Known{"mysql", "MySQL"},
    Known{"mysql-server", "MySQL"},
    Known{"neo4j", "Neo4j"},
    Known{"nexus3", "Nexus"},
    Known{"nextcloud", "Nextcloud"},
    Known{"opensearch", "OpenSearch"},
    Known{"paperless-ngx", "Paperless-ngx"},
    Known{"percona", "Percona Server"},
    Known{"percona-server", "Percona Server"},
    Known{"percona-xtradb-cluster", "Percona XtraDB Cluster"},
    Known{"pgvecto-rs", "PostgreSQL"},
    Known{"pgvector", "PostgreSQL"},
    Known{"photoprism", "PhotoPrism"},
    Known{"postgis", "PostgreSQL"},
    Known{"postgres", "PostgreSQL"},
    Known{"postgresql", "PostgreSQL"},
    Known{"postgresql-repmgr", "PostgreSQL"},
    Known{"prometheus", "Prometheus"},
    Known{"qdrant", "Qdrant"},
    Known{"rabbitmq", "RabbitMQ"},
    Known{"redis", "Redis"},
    Known{"redis-stack", "Redis"},
    Known{"redis-stack-server", "Redis"},
    Known{"scylla", "ScyllaDB"},
    Known{"solr", "Solr"},
    Known{"sonarqube", "SonarQube"},
    Known{"surrealdb", "SurrealDB"},
    Known{"synapse", "Synapse"},
    Known{"timescaledb", "PostgreSQL"},
    Known{"timescaledb-ha", "PostgreSQL"},
    Known{"typesense", "Typesense"},
    Known{"valkey", "Valkey"},
    Known{"vault", "Vault"},
    Known{"victoria-metrics", "VictoriaMetrics"},
    Known{"weaviate", "Weaviate"},
    Known{"wordpress", "WordPress"},
    Known{"zookeeper", "ZooKeeper"},
};

/// The last component, without a tag or digest that came with it.
QString lastComponent(const QString &repository)
{
    return repository.section(u'@', 0, 0).section(u'/', -1).section(u':', 0, 0).toLower();
}

} // namespace

std::optional<StatefulSoftware> statefulSoftware(const QString &repository)
{
    const std::string name = lastComponent(repository).toStdString();
    const auto found = std::ranges::find(known, std::string_view(name), &Known::image);
    return found == known.end() ? std::nullopt
                                : std::optional(StatefulSoftware{QString::fromUtf8(found->software)});
}

BackupAdvice backupAdvice(const QString &repository, core::Bump bump)
{
    const auto software = statefulSoftware(repository);
    if (!software || bump != core::Bump::Major) {
        return {};
    }
    return {.recommended = true,
        .reason = QStringLiteral("A new major version of %1 may convert its data, so that the old version "
                                 "can't read it any more. A copy of the volumes makes the way back safe.")
                      .arg(software->name)};
}

} // namespace dockerauto::domain
