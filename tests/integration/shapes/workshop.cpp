#include "workshop.h"

#include <domain/containerexport.h>
#include <domain/proof.h>
#include <domain/recreate.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QThread>

namespace dockerauto::shapes {

using namespace std::chrono_literals;
using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;
using ports::ContainerEngine;
using testsupport::ImageHealth;
using testsupport::ImageOptions;
using testsupport::TestLab;

namespace {

CallContext soon()
{
    return {Deadline::in(60s), {}};
}

/// What the `docker` command adds or puts in another order whatever it is told, and no container notices.
bool isTheClients(const domain::FieldDifference &difference)
{
    const QString &path = difference.path;
    return path.startsWith(QStringLiteral("/Config/Attach")) ||
           path.startsWith(QStringLiteral("/Config/ExposedPorts/")) ||
           path == QStringLiteral("/HostConfig/Ulimits") ||
           (path == QStringLiteral("/HostConfig/RestartPolicy") &&
               difference.expected.contains(QStringLiteral("\"Name\":\"\"")) &&
               difference.actual.contains(QStringLiteral("\"Name\":\"no\"")));
}

QString stateOf(const Json &inspect)
{
    return textOf(memberOf(inspect, "State"), "Status");
}

} // namespace

Workshop::Workshop(const TestLab &lab) : m_lab(lab), m_images(lab) {}

Workshop::~Workshop()
{
    if (!m_partner.isEmpty()) {
        remove(m_partner);
    }
    for (const QString &network : m_networks) {
        (void)m_lab.dockerCli({QStringLiteral("network"), QStringLiteral("rm"), network});
    }
}

Result<> Workshop::prepare()
{
    DOCKERAUTO_TRY_ASSIGN(address, docker::EngineAddress::parse(m_lab.engineUrl()));
    m_engine = std::make_unique<docker::DockerEngine>(address);
    DOCKERAUTO_TRY_ASSIGN(info, m_engine->info(soon()));
    m_apiMinor = info.apiVersion.minor;
    m_defaultRuntime = info.defaultRuntime;
    DOCKERAUTO_TRY_ASSIGN(plain, publish(QStringLiteral("plain"), {}, {}));
    DOCKERAUTO_TRY_ASSIGN(
        entry, publish(QStringLiteral("entry"), {QStringLiteral("/bin/sh"), QStringLiteral("-c")},
                   {QStringLiteral("USER 1000")}));
    m_plain = plain;
    m_entry = entry;

    const QString folder = m_lab.folder() + QStringLiteral("/shapes");
    QFile file(folder + QStringLiteral("/file"));
    if (!QDir().mkpath(folder) || !file.open(QIODevice::WriteOnly)) {
        return core::fail(ErrorCode::Internal, file.errorString());
    }
    DOCKERAUTO_TRY_ASSIGN(bridge,
        m_lab.dockerCli({QStringLiteral("network"), QStringLiteral("inspect"), QStringLiteral("bridge"),
            QStringLiteral("--format"), QStringLiteral("{{(index .IPAM.Config 0).Subnet}}")}));
    const QString base = QString::fromLatin1(bridge).section(u'.', 0, 1);
    const QString number = base.section(u'.', 1);
    DOCKERAUTO_TRY_ASSIGN(front, addNetwork(QStringLiteral("front"),
                                     {QStringLiteral("--subnet"), base + QStringLiteral(".101.0/24")}));
    DOCKERAUTO_TRY_ASSIGN(back,
        addNetwork(QStringLiteral("back"), {QStringLiteral("--subnet"), base + QStringLiteral(".102.0/24")}));
    DOCKERAUTO_TRY_ASSIGN(
        six, addNetwork(QStringLiteral("six"),
                 {QStringLiteral("--subnet"), base + QStringLiteral(".103.0/24"), QStringLiteral("--ipv6"),
                     QStringLiteral("--subnet"), QStringLiteral("fd00:d0c:%1::/64").arg(number)}));
    DOCKERAUTO_TRY(addPartner());
    // Longer words first, since some begin with others.
    const auto add = [this](const char *word, const QString &value) {
        m_words.emplace_back(word, value.toStdString());
    };
    add("@SIXNUMBER", number);
    add("@SIXIP", base + QStringLiteral(".103"));
    add("@BACKIP", base + QStringLiteral(".102"));
    add("@IP", base + QStringLiteral(".101"));
    add("@FRONTID", front);
    add("@FRONT", m_networks[0]);
    add("@BACK", m_networks[1]);
    add("@SIX", m_networks[2]);
    add("@OTHER", m_partner);
    add("@DIR", folder);
    add("@SOCKET", m_lab.socketPath());
    add("@CGROUP", QStringLiteral("/dalab") + number);
    return {};
}

Result<Workshop::ImagePair> Workshop::publish(
    const QString &stem, const QStringList &entrypoint, const QStringList &changes)
{
    ImageOptions options;
    options.repository = QStringLiteral("shapes/") + stem;
    options.tag = QStringLiteral("1");
    options.entrypoint = entrypoint;
    const QString waits = QStringLiteral("trap 'exit 0' TERM INT; sleep 86400 & wait");
    options.command = entrypoint.isEmpty()
                          ? QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"), waits}
                          : QStringList{waits};
    options.environment = {
        QStringLiteral("PATH=/bin"), QStringLiteral("OLD=1"), QStringLiteral("SHARED=old")};
    options.labels = {{QStringLiteral("old.label"), QStringLiteral("1")},
        {QStringLiteral("shared.label"), QStringLiteral("old")}};
    options.health = ImageHealth::AlwaysHealthy;
    options.healthInterval = 40s;
    options.changes = changes + QStringList{QStringLiteral("EXPOSE 80 81"), QStringLiteral("VOLUME /vol"),
                                    QStringLiteral("WORKDIR /www")};
    DOCKERAUTO_TRY_ASSIGN(before, m_images.publishAndPull(options));
    options.tag = QStringLiteral("2");
    options.marker = QStringLiteral("two");
    options.command.back().append(QStringLiteral("; exit 0"));
    options.environment = {
        QStringLiteral("PATH=/bin:/usr/bin"), QStringLiteral("NEW=1"), QStringLiteral("SHARED=new")};
    options.labels = {{QStringLiteral("new.label"), QStringLiteral("1")},
        {QStringLiteral("shared.label"), QStringLiteral("new")}};
    options.healthInterval = 50s;
    options.healthRetries = 4;
    options.changes = changes + QStringList{QStringLiteral("EXPOSE 80 90"),
                                    QStringLiteral("VOLUME /vol /newvol"), QStringLiteral("WORKDIR /etc")};
    DOCKERAUTO_TRY_ASSIGN(after, m_images.publishAndPull(options));
    ImagePair pair{before.reference, after.reference, {}, {}};
    DOCKERAUTO_TRY_ASSIGN(oldImage, m_engine->inspectImage(before.reference, soon()));
    DOCKERAUTO_TRY_ASSIGN(newImage, m_engine->inspectImage(after.reference, soon()));
    pair.oldImage = std::move(oldImage);
    pair.newImage = std::move(newImage);
    return pair;
}

Result<QString> Workshop::addNetwork(const QString &name, const QStringList &arguments)
{
    const QString unique = TestLab::uniqueName(name);
    DOCKERAUTO_TRY_ASSIGN(
        id, m_lab.dockerCli(QStringList{QStringLiteral("network"), QStringLiteral("create")} + arguments +
                            QStringList{unique}));
    m_networks.push_back(unique);
    return QString::fromLatin1(id).trimmed();
}

/// Whom others share with: memory, processes, network, volumes with and without a name.
Result<> Workshop::addPartner()
{
    const QString name = TestLab::uniqueName(QStringLiteral("partner"));
    const Json body{{"Image", m_plain.oldReference}, {"Volumes", {{"/anonymous", Json::object()}}},
        {"HostConfig",
            {{"IpcMode", "shareable"}, {"Binds", Json::array({name.toStdString() + "-v:/shared"})}}}};
    DOCKERAUTO_TRY_ASSIGN(id, m_engine->createContainer(name, body, soon()));
    m_partner = id.text();
    m_words.emplace_back("@PARTNER", name.toStdString());
    return m_engine->startContainer(m_partner, soon());
}

std::string Workshop::filled(std::string text, const QString &name, int number, const ImagePair &images) const
{
    auto words = m_words;
    words.emplace_back("@OLDIMAGE", textOf(images.oldImage, "Id").toStdString());
    words.emplace_back(
        "@PORT", std::to_string(21000 + QCoreApplication::applicationPid() % 40 * 200 + number));
    words.emplace_back("@HEX", QByteArray::number(number + 16, 16).toStdString());
    words.emplace_back("@NAME", name.toStdString());
    words.emplace_back("@N", std::to_string(number + 10));
    for (const auto &[word, value] : words) {
        for (std::size_t at = text.find(word); at != std::string::npos;
             at = text.find(word, at + value.size())) {
            text.replace(at, word.size(), value);
        }
    }
    return text;
}

Result<QString> Workshop::make(
    const Shape &shape, const QString &name, int number, const ImagePair &images, const QString &reference)
{
    Json body = Json::parse(filled(shape.body, name, number, images));
    body["Image"] = reference;
    DOCKERAUTO_TRY_ASSIGN(id, m_engine->createContainer(name, body, soon()));
    for (const auto &[network, endpoint] : shape.connect) {
        DOCKERAUTO_TRY(m_engine->connectNetwork(QString::fromStdString(filled(network, name, number, images)),
            id.text(), Json::parse(filled(endpoint, name, number, images)), soon()));
    }
    return id.text();
}

Result<> Workshop::bringInto(State state, const QString &id)
{
    if (state == State::Created) {
        return {};
    }
    DOCKERAUTO_TRY(m_engine->startContainer(id, soon()));
    if (state == State::Stopped) {
        return m_engine->stopContainer(id, 2, soon());
    }
    return state == State::Paused ? m_engine->pauseContainer(id, soon()) : Result<>();
}

/// As an update does it: the old one steps aside, the new one is made, the old one stops, the new one starts.
Result<QString> Workshop::update(const Made &made)
{
    const Json &old = made.inspects.before;
    DOCKERAUTO_TRY_ASSIGN(spec, domain::recreateSpec(old, made.images->oldImage, made.images->newImage,
                                    made.images->newReference, m_apiMinor, m_defaultRuntime));
    DOCKERAUTO_TRY(m_engine->renameContainer(textOf(old, "Id"), made.name + QStringLiteral("-old"), soon()));
    DOCKERAUTO_TRY_ASSIGN(id, m_engine->createContainer(made.name, spec.create, soon()));
    for (const domain::NetworkConnection &connection : spec.connect) {
        DOCKERAUTO_TRY(m_engine->connectNetwork(connection.network, id.text(), connection.endpoint, soon()));
    }
    DOCKERAUTO_TRY(retire(old));
    const QString state = stateOf(old);
    if (state == QLatin1String("running") || state == QLatin1String("paused")) {
        DOCKERAUTO_TRY(m_engine->startContainer(id.text(), soon()));
    }
    if (state == QLatin1String("paused")) {
        DOCKERAUTO_TRY(m_engine->pauseContainer(id.text(), soon()));
    }
    return id.text();
}

Result<> Workshop::retire(const Json &old)
{
    const QString id = textOf(old, "Id");
    if (stateOf(old) == QLatin1String("paused")) {
        DOCKERAUTO_TRY(m_engine->unpauseContainer(id, soon()));
    }
    if (memberOf(memberOf(old, "HostConfig"), "AutoRemove") != Json(true)) {
        DOCKERAUTO_TRY(m_engine->setRestartPolicy(id, Json{{"Name", "no"}}, soon()));
    }
    return m_engine->stopContainer(id, std::nullopt, soon());
}

Result<Json> Workshop::inspected(const QString &nameOrId)
{
    return m_engine->inspectContainer(nameOrId, soon());
}

void Workshop::remove(const QString &nameOrId)
{
    const auto removed = m_engine->removeContainer(nameOrId, ContainerEngine::Removal::Force, soon());
    if (!removed && removed.error().code != ErrorCode::NotFound &&
        removed.error().code != ErrorCode::Conflict) {
        qWarning("%s stays: %s", qPrintable(nameOrId), qPrintable(removed.error().text()));
    }
}

Result<QString> Workshop::judged(const Shape &shape, int number, Made &made)
{
    DOCKERAUTO_TRY_ASSIGN(id, make(shape, made.name, number, *made.images, made.images->oldReference));
    DOCKERAUTO_TRY(bringInto(shape.state, id));
    DOCKERAUTO_TRY_ASSIGN(before, inspected(id));
    made.inspects.before = std::move(before);
    DOCKERAUTO_TRY_ASSIGN(newId, update(made));
    DOCKERAUTO_TRY_ASSIGN(after, inspected(newId));
    made.inspects.after = std::move(after);
    const QString byHand = made.name + QStringLiteral("-hand");
    Shape plain = shape;
    DOCKERAUTO_TRY(make(plain, byHand, number, *made.images, made.images->newReference));
    DOCKERAUTO_TRY_ASSIGN(fresh, inspected(byHand));
    made.inspects.byHand = std::move(fresh);
    made.inspects.newImage = made.images->newImage;

    QStringList wrong = differences(shape, made.inspects);
    const auto report = domain::proveFaithful(
        made.inspects.before, made.inspects.after, made.images->oldImage, made.images->newImage);
    for (const domain::FieldDifference &difference : report.differences) {
        if (difference.explanation.isEmpty()) {
            wrong += QStringLiteral("proof: %1: %2 → %3")
                         .arg(difference.path, difference.expected, difference.actual);
        }
    }
    return wrong.join(QLatin1Char('\n'));
}

QString Workshop::judge(const Shape &shape, int number)
{
    Made made;
    made.name = TestLab::uniqueName(QStringLiteral("shape"));
    made.images = shape.images == Images::Entry ? &m_entry : &m_plain;
    const auto result = judged(shape, number, made);
    for (const char *suffix : {"", "-old", "-hand"}) {
        remove(made.name + QLatin1String(suffix));
    }
    return result ? *result : QStringLiteral("could not be made or updated: ") + result.error().text();
}

/// As a person pastes it: this is the one place where a shell reads what was written for one.
Result<> Workshop::runText(const QString &text) const
{
    QProcess shell;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DOCKER_HOST"), m_lab.engineUrl());
    // The client that came with the engine: newer ones say some things in ways that it does not know.
    environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
    shell.setProcessEnvironment(environment);
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-e")});
    shell.write(text.toUtf8());
    shell.closeWriteChannel();
    if (!shell.waitForFinished(60'000) || shell.exitCode() != 0) {
        return core::fail(ErrorCode::Internal,
            QString::fromUtf8(shell.readAll()).left(500) + QStringLiteral(" from ") + text.left(4000));
    }
    return {};
}

Result<Workshop::Exported> Workshop::exported(const Shape &shape, int number, Made &made)
{
    DOCKERAUTO_TRY_ASSIGN(id, make(shape, made.name, number, *made.images, made.images->oldReference));
    DOCKERAUTO_TRY(bringInto(shape.state, id));
    DOCKERAUTO_TRY_ASSIGN(before, inspected(id));
    DOCKERAUTO_TRY_ASSIGN(spec, domain::recreateSpec(before, made.images->oldImage, made.images->oldImage,
                                    made.images->oldReference, m_apiMinor, m_defaultRuntime));
    const auto command = domain::asRunCommand(before, spec);
    DOCKERAUTO_TRY(m_engine->renameContainer(id, made.name + QStringLiteral("-old"), soon()));
    DOCKERAUTO_TRY(retire(before));
    DOCKERAUTO_TRY(runText(command.text));
    DOCKERAUTO_TRY_ASSIGN(after, inspected(made.name));
    QStringList wrong;
    const auto report = domain::proveFaithful(before, after, made.images->oldImage, made.images->oldImage);
    for (const domain::FieldDifference &difference : report.differences) {
        if (difference.explanation.isEmpty() && !isTheClients(difference)) {
            wrong += QStringLiteral("%1: %2 → %3")
                         .arg(difference.path, difference.expected.left(300), difference.actual.left(300));
        }
    }
    return Exported{wrong.join(QLatin1Char('\n')), command.notes};
}

Workshop::Exported Workshop::judgeExport(const Shape &shape, int number)
{
    Made made;
    made.name = TestLab::uniqueName(QStringLiteral("export"));
    made.images = shape.images == Images::Entry ? &m_entry : &m_plain;
    auto result = exported(shape, number, made);
    for (const char *suffix : {"", "-old"}) {
        remove(made.name + QLatin1String(suffix));
    }
    return result ? std::move(*result)
                  : Exported{QStringLiteral("could not be made: ") + result.error().text(), {}};
}

} // namespace dockerauto::shapes
