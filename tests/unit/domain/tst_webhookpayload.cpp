#include <domain/webhookpayload.h>

#include <QTest>

using namespace dockerauto;
using core::Json;
using domain::PushedImage;

namespace {

/// JSON with single quotes for double ones.
Json json(QByteArray text)
{
    return Json::parse(text.replace('\'', '"').toStdString());
}

QString shown(const std::vector<PushedImage> &images)
{
    QStringList lines;
    for (const auto &image : images) {
        lines.append(image.domain + u'/' + image.path + u':' + image.tag);
    }
    return lines.join(u' ');
}

} // namespace

/// Messages as the registries document them.
class WebhookPayloadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pushedImages_areRead_data();
    void pushedImages_areRead();
    void pushedImages_areNone_data();
    void pushedImages_areNone();
    void pushedImages_surviveAnyMemberOfAnyType();
    void pushedImages_areAtMostAThousand();
};

void WebhookPayloadTest::pushedImages_areRead_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("images");
    const auto row = [](const char *name, const char *message, const char *images) {
        QTest::newRow(name) << QByteArray(message) << QString::fromLatin1(images);
    };
    row("Docker Hub",
        "{'callback_url': 'https://registry.hub.docker.com/u/svendowideit/testhook/hook/2141b5bi/',"
        " 'push_data': {'pushed_at': 1417566161, 'pusher': 'trustedbuilder', 'tag': 'latest'},"
        " 'repository': {'is_official': false, 'name': 'testhook', 'namespace': 'svendowideit',"
        " 'repo_name': 'svendowideit/testhook', 'repo_url': 'https://registry.hub.docker.com/u/x', 'status': "
        "'Active'}}",
        "docker.io/svendowideit/testhook:latest");
    row("Docker Hub, official", "{'push_data': {'tag': '1.25'}, 'repository': {'repo_name': 'nginx'}}",
        "docker.io/library/nginx:1.25");
    row("Harbor",
        "{'type': 'PUSH_ARTIFACT', 'occur_at': 1680501893, 'operator': 'harbor-jobservice', 'event_data': {"
        " 'resources': [{'digest': 'sha256:954b378c375d852eb3c63ab88978f640b4348b01c1b3456a024a81536dafbbf4',"
        " 'tag': 'latest', 'resource_url': 'harbor.example.com/test-webhook/debian:latest'},"
        " {'tag': 'v2', 'resource_url': 'harbor.example.com/test-webhook/debian'}],"
        " 'repository': {'date_created': 1680501893, 'name': 'debian', 'namespace': 'test-webhook',"
        " 'repo_full_name': 'test-webhook/debian', 'repo_type': 'private'}}}",
        "harbor.example.com/test-webhook/debian:latest harbor.example.com/test-webhook/debian:v2");
    row("Harbor, before 2.0",
        "{'type': 'pushImage', 'occur_at': 1582640688, 'operator': 'admin', 'event_data': {'resources': [{"
        " 'digest': 'sha256:b4758aaed11c155a476b9857e1178f157759c99cb04c907a04993f5481eff848',"
        " 'tag': 'latest', 'resource_url': '192.168.7.100:8080/library/busybox:latest'}]}}",
        "192.168.7.100:8080/library/busybox:latest");
    row("Harbor, CloudEvents",
        "{'specversion': '1.0', 'type': 'harbor.artifact.pushed', 'datacontenttype': 'application/json',"
        " 'data': {'resources': [{'tag': '1', 'resource_url': 'harbor.example.com/a/b:1'}]}}",
        "harbor.example.com/a/b:1");
    row("GitHub, registry_package",
        "{'action': 'published', 'registry_package': {'id': 1, 'name': 'hello', 'namespace': 'Octo-Org',"
        " 'ecosystem': 'CONTAINER', 'package_type': 'CONTAINER', 'package_version': {'version': 'sha256:ab',"
        " 'container_metadata': {'labels': {}, 'manifest': {}, 'tag': {'digest': 'sha256:ab', 'name': "
        "'v1.2'}}, 'package_url': 'ghcr.io/octo-org/hello:v1.2'},"
        " 'registry': {'name': 'GitHub CONTAINER registry', 'type': 'CONTAINER', 'url': "
        "'https://ghcr.io/octo-org'}}, 'repository': {'full_name': 'octo-org/hello'}}",
        "ghcr.io/octo-org/hello:v1.2");
    row("GitHub, package",
        "{'action': 'published', 'package': {'name': 'hello', 'namespace': 'octocat', 'package_type': "
        "'container', 'package_version': {'container_metadata': {'tag': {'name': 'main'}}}}}",
        "ghcr.io/octocat/hello:main");
    row("Quay",
        "{'name': 'repository', 'repository': 'dgangaia/test', 'namespace': 'dgangaia',"
        " 'docker_url': 'quay.io/dgangaia/test', 'homepage': "
        "'https://quay.io/repository/dgangaia/repository',"
        " 'updated_tags': ['latest', '1.0']}",
        "quay.io/dgangaia/test:latest quay.io/dgangaia/test:1.0");
    row("Quay, older",
        "{'pushed_image_count': 2, 'name': 'ubuntu', 'repository': 'devtable/ubuntu', 'docker_url': "
        "'quay.io/devtable/ubuntu', 'updated_tags': {'latest': 'b750fe79269d'}, 'visibility': 'private'}",
        "quay.io/devtable/ubuntu:latest");
    row("distribution",
        "{'events': [{'id': '320678d8-ca14-430f-8bb6-4ca139cd83f7', 'timestamp': '2016-03-09T14:44:26Z',"
        " 'action': 'push', 'target': {'mediaType': 'application/vnd.docker.distribution.manifest.v2+json',"
        " 'size': 708, 'digest': 'sha256:fea8895f450959fa676bcc1df0611ea93823a735a01205fd8622846041d0c7cf',"
        " 'length': 708, 'repository': 'hello-world', 'url': 'http://192.168.100.227:5000/v2/hello-world/x',"
        " 'tag': 'latest'}, 'request': {'id': '6df24a34', 'addr': '192.168.64.11:42961', 'host': "
        "'192.168.100.227:5000', 'method': 'PUT', 'useragent': 'curl/7.38.0'}, 'actor': {}, 'source': {}},"
        " {'action': 'pull', 'target': {'repository': 'other', 'tag': 'latest'}, 'request': {'host': 'a.b'}},"
        " {'action': 'push', 'target': {'mediaType': 'application/octet-stream', 'repository': "
        "'hello-world'},"
        " 'request': {'host': '192.168.100.227:5000'}}]}",
        "192.168.100.227:5000/hello-world:latest");
    row("distribution, without the host",
        "{'events': [{'action': 'push', 'target': {'repository': 'team/app', 'tag': '2'}}]}", "/team/app:2");
    row("distribution, twice the same",
        "{'events': [{'action': 'push', 'target': {'repository': 'app', 'tag': '2'}},"
        "{'action': 'push', 'target': {'repository': 'app', 'tag': '2'}}]}",
        "/app:2");
    row("Azure",
        "{'id': 'cb8c3971-9adc-488b-bdd8-43cbb4974ff5', 'timestamp': '2017-11-17T16:52:01.343145347Z',"
        " 'action': 'push', 'target': {'mediaType': 'application/vnd.docker.distribution.manifest.v2+json',"
        " 'size': 524, 'repository': 'hello-world', 'tag': 'v1'}, 'request': {'id': '3cbb6949',"
        " 'host': 'myregistry.azurecr.io', 'method': 'PUT', 'useragent': 'docker/17.09.0-ce'}}",
        "myregistry.azurecr.io/hello-world:v1");
    row("ECR",
        "{'version': '0', 'id': '13cde686-328b-6117-af20-0e5566167482', 'detail-type': 'ECR Image Action',"
        " 'source': 'aws.ecr', 'account': '123456789012', 'time': '2019-11-16T01:54:34Z', 'region': "
        "'us-west-2', 'resources': [], 'detail': {'result': 'SUCCESS', 'repository-name': 'my-repo', "
        "'image-digest': 'sha256:7f5b', 'action-type': 'PUSH', 'image-tag': 'latest'}}",
        "123456789012.dkr.ecr.us-west-2.amazonaws.com/my-repo:latest");
    row("ECR in China",
        "{'account': '1', 'region': 'cn-north-1', 'detail': {'repository-name': 'a', 'action-type': 'PUSH', "
        "'image-tag': '1'}}",
        "1.dkr.ecr.cn-north-1.amazonaws.com.cn/a:1");
}

void WebhookPayloadTest::pushedImages_areRead()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, images);
    QCOMPARE(shown(domain::pushedImages(json(message))), images);
}

void WebhookPayloadTest::pushedImages_areNone_data()
{
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *name, const char *message) {
        QTest::newRow(name) << QByteArray(message);
    };
    row("null", "null");
    row("text", "'push'");
    row("array", "[{'action': 'push'}]");
    row("empty", "{}");
    row("GitHub's ping", "{'zen': 'Design for failure.', 'hook_id': 1, 'hook': {'type': 'Repository'}}");
    row("GitHub, another kind of package",
        "{'action': 'published', 'package': {'name': 'a', 'namespace': 'b', 'package_type': 'npm',"
        " 'package_version': {'container_metadata': {'tag': {'name': '1'}}}}}");
    row("GitHub, without a tag",
        "{'action': 'published', 'package': {'name': 'a', 'namespace': 'b', 'package_type': 'container',"
        " 'package_version': {'container_metadata': {'tag': {'name': ''}}}}}");
    row("GitHub, deleted",
        "{'action': 'deleted', 'package': {'name': 'a', 'namespace': 'b', 'package_type': 'container',"
        " 'package_version': {'container_metadata': {'tag': {'name': '1'}}}}}");
    row("Harbor, pulled",
        "{'type': 'PULL_ARTIFACT', 'event_data': {'resources': [{'resource_url': 'a.b/c:1', 'tag': '1'}]}}");
    row("Harbor, by digest", "{'type': 'PUSH_ARTIFACT', 'event_data': {'resources': [{'tag': "
                             "'sha256:954b378c375d852eb3c63ab88978f640b4348b01c1b3456a024a81536dafbbf4',"
                             " 'resource_url': 'a.b/c'}]}}");
    row("Harbor, resource without a host",
        "{'type': 'PUSH_ARTIFACT', 'event_data': {'resources': [{'tag': '1', 'resource_url': 'c:1'}]}}");
    row("Azure's ping", "{'id': '1', 'action': 'ping'}");
    row("Azure, deleted", "{'action': 'delete', 'target': {'repository': 'a', 'tag': '1'}, 'request': "
                          "{'host': 'a.azurecr.io'}}");
    row("ECR, failed",
        "{'account': '1', 'region': 'r', 'detail': {'result': 'FAILURE', 'repository-name': 'a', "
        "'action-type': 'PUSH', 'image-tag': '1'}}");
    row("Quay, a build", "{'docker_url': 'quay.io/dgangaia/test', 'build_id': '296ec063', 'docker_tags': "
                         "['master', 'latest']}");
    row("invalid path", "{'push_data': {'tag': '1'}, 'repository': {'repo_name': '../../etc'}}");
    row("invalid tag", "{'push_data': {'tag': '-1;rm'}, 'repository': {'repo_name': 'a/b'}}");
    row("tag with a path", "{'push_data': {'tag': '1/../b:2'}, 'repository': {'repo_name': 'a/b'}}");
    row("host with a path",
        "{'action': 'push', 'target': {'repository': 'a', 'tag': '1'}, 'request': {'host': 'a.b/c'}}");
}

void WebhookPayloadTest::pushedImages_areNone()
{
    QFETCH(QByteArray, message);
    QCOMPARE(shown(domain::pushedImages(json(message))), QString());
}

void WebhookPayloadTest::pushedImages_surviveAnyMemberOfAnyType()
{
    const Json values[]{nullptr, 1, -1.5, true, "x", Json::array(), Json::object(),
        Json::array({nullptr, 1, "x"}), Json::object({{"x", 1}}),
        Json::array({Json::array({Json::object()})})};
    const Json whole = json(
        "{'push_data': {'tag': '1'}, 'repository': {'repo_name': 'a/b'}, 'events': [{'action': 'push', "
        "'target': {'repository': 'a', 'tag': '1'}, 'request': {'host': 'h:1'}}], 'action': 'published', "
        "'target': {}, 'request': {}, 'type': 'PUSH_ARTIFACT', 'event_data': {'resources': [{'tag': '1', "
        "'resource_url': 'a.b/c'}]}, 'data': {}, 'registry_package': {'name': 'a', 'namespace': 'b', "
        "'package_type': 'container', 'registry': {'url': 'https://x'}, 'package_version': "
        "{'container_metadata': {'tag': {'name': '1'}}}}, 'package': {}, 'docker_url': 'a.b/c', "
        "'updated_tags': ['1'], 'account': '1', 'region': 'r', 'detail': {'action-type': 'PUSH', "
        "'image-tag': '1', 'repository-name': 'a', 'result': 'SUCCESS'}}");
    const Json flat = whole.flatten();
    for (const auto &[pointer, leaf] : flat.items()) {
        for (Json::json_pointer at(pointer); !at.empty(); at.pop_back()) {
            for (const Json &value : values) {
                Json changed = whole;
                changed[at] = value;
                QVERIFY(domain::pushedImages(changed).size() <= 6);
            }
        }
    }
}

void WebhookPayloadTest::pushedImages_areAtMostAThousand()
{
    Json message;
    for (int i = 0; i < 3000; ++i) {
        message["events"].push_back(
            {{"action", "push"}, {"target", {{"repository", "a"}, {"tag", std::to_string(i)}}}});
    }
    QCOMPARE(domain::pushedImages(message).size(), 1000u);
}

QTEST_APPLESS_MAIN(WebhookPayloadTest)
#include "tst_webhookpayload.moc"
