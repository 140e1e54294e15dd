#include <api/apiserver.h>
#include <client/httpbackend.h>
#include <client/inprocessbackend.h>
#include <contracts/operations.h>
#include <testsupport/contractfakes.h>
#include <testsupport/jsontext.h>

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <memory>

using namespace dockerauto;
using namespace dockerauto::contracts;
using core::ErrorCode;
using testsupport::FakeAuthenticator;
using testsupport::FakeDispatcher;
using testsupport::FakeEventSource;

Q_DECLARE_METATYPE(dockerauto::core::ErrorCode)

/// What a window may rely on, whichever transport it got.
class BackendsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void call_bringsTheReply_data() { transports(); }
    void call_bringsTheReply();
    void call_carriesEveryField_data() { transports(); }
    void call_carriesEveryField();
    void body_isOneField_data() { transports(); }
    void body_isOneField();
    void query_carriesOptionals_data() { transports(); }
    void query_carriesOptionals();
    void nothing_isAReply_data() { transports(); }
    void nothing_isAReply();
    void plan_comesWhole_data() { transports(); }
    void plan_comesWhole();
    void export_namesItsFormat_data() { transports(); }
    void export_namesItsFormat();
    void settings_changeOnlyWhatIsNamed_data() { transports(); }
    void settings_changeOnlyWhatIsNamed();
    void rollback_asksForVolumes_onlyWhenSaid_data() { transports(); }
    void rollback_asksForVolumes_onlyWhenSaid();
    void resume_carriesTheDirection_data() { transports(); }
    void resume_carriesTheDirection();
    void start_carriesThePlan_data() { transports(); }
    void start_carriesThePlan();
    void error_keepsCodeAndPath_data();
    void error_keepsCodeAndPath();
    void request_isRefused_withPath_data() { transports(); }
    void request_isRefused_withPath();
    void reply_comesOnce_onTheCallersThread_data() { transports(); }
    void reply_comesOnce_onTheCallersThread();
    void reply_staysAway_whenContextIsGone_data() { transports(); }
    void reply_staysAway_whenContextIsGone();
    void backend_mayGo_whileACallRuns_data() { transports(); }
    void backend_mayGo_whileACallRuns();
    void events_comeInOrder_data() { transports(); }
    void events_comeInOrder();
    void metrics_comeOnlyWhileWanted_data() { transports(); }
    void metrics_comeOnlyWhileWanted();

    void http_goesOn_whereItWasCut();
    void http_readsAgain_afterALongGap();
    void http_tellsWhy_nothingAnswers();
    void http_tellsWhy_signInIsNeeded();
    void http_givesUp_atTheDeadline();
    void http_doesNotFollow_redirects();

    void cleanup();

private:
    enum Transport
    {
        InProcess,
        Http
    };

    static void transports();
    std::unique_ptr<Backend> open();
    std::unique_ptr<client::HttpBackend> openHttp(
        std::chrono::milliseconds deadline = std::chrono::seconds(10));
    void startServer(quint16 port = 0);

    /// Calls and waits for the answer.
    template <class Op>
    core::Result<typename Op::Reply> callAndWait(Backend &backend, const typename Op::Request &request)
    {
        std::optional<core::Result<typename Op::Reply>> answer;
        backend.call<Op>(
            request, this, [&](core::Result<typename Op::Reply> reply) { answer = std::move(reply); });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 10'000)) {
            return core::fail(ErrorCode::Internal, QStringLiteral("no answer came"));
        }
        return std::move(*answer);
    }

    FakeDispatcher m_dispatcher;
    FakeAuthenticator m_authenticator;
    FakeEventSource m_events;
    std::unique_ptr<api::ApiServer> m_server;
    QByteArray m_token = "good";
};

void BackendsTest::transports()
{
    QTest::addColumn<int>("transport");
    QTest::newRow("in process") << static_cast<int>(InProcess);
    QTest::newRow("http") << static_cast<int>(Http);
}

void BackendsTest::cleanup()
{
    m_dispatcher.join();
    m_server.reset();
    m_token = "good";
    QCOMPARE(m_events.subscribers(), std::size_t(0));
}

void BackendsTest::startServer(quint16 port)
{
    api::ApiSettings settings;
    settings.port = port;
    m_server = std::make_unique<api::ApiServer>(m_dispatcher, m_authenticator, m_events, settings);
    QVERIFY(m_server->start());
}

std::unique_ptr<client::HttpBackend> BackendsTest::openHttp(std::chrono::milliseconds deadline)
{
    client::HttpBackendSettings settings;
    settings.server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server->port()));
    settings.accessToken = [this] { return core::Secret(m_token); };
    settings.deadline = deadline;
    settings.backOff = std::chrono::milliseconds(20);
    settings.maxBackOff = std::chrono::milliseconds(50);
    return std::make_unique<client::HttpBackend>(settings);
}

std::unique_ptr<Backend> BackendsTest::open()
{
    const QVariant transport = *static_cast<int *>(QTest::qData("transport", qMetaTypeId<int>()));
    if (transport.toInt() == InProcess) {
        return std::make_unique<client::InProcessBackend>(
            m_dispatcher, m_events, Principal::localAdministrator());
    }
    startServer();
    auto backend = openHttp();
    if (!QTest::qWaitFor([&] {
            return backend->connection() == Backend::Connection::Connected && m_events.subscribers() == 1;
        })) {
        return nullptr;
    }
    return backend;
}

void BackendsTest::call_bringsTheReply()
{
    m_dispatcher.on<GetContainer>(
        [](const ContainerRef &ref, const CallScope &scope) -> core::Result<Container> {
            Container container;
            container.id = ref.id;
            container.name = scope.principal.name();
            return container;
        });
    const auto backend = open();
    QVERIFY(backend);
    // Characters that mean something in paths and queries.
    for (const char *id : {"plain", "a/b", "a b", "ä?&=%2F#"}) {
        const auto reply = callAndWait<GetContainer>(*backend, {QString::fromUtf8(id)});
        QVERIFY2(reply, id);
        QCOMPARE(reply->id, QString::fromUtf8(id));
    }
    QCOMPARE(backend->connection(), Backend::Connection::Connected);
    QCOMPARE(backend->connectionDetail(), QString());
    QVERIFY(!backend->serverName().isEmpty());
}

void BackendsTest::call_carriesEveryField()
{
    Container sent;
    sent.id = QStringLiteral("c");
    sent.name = QStringLiteral("名前");
    sent.strategy = core::UpdateStrategy::BlueGreen;
    sent.update.decision = core::Decision::UpdateAvailable;
    sent.update.possibleAt = core::Timestamp(std::chrono::milliseconds(1'740'000'000'123));
    sent.update.candidate = Candidate{.tag = QStringLiteral("1.2"),
        .digest = QStringLiteral("sha256:0"),
        .bump = core::Bump::Minor,
        .firstSeenAt = {}};
    sent.labels = {{QStringLiteral("a/b"), QStringLiteral("\"\n")}};
    sent.ports = {{QStringLiteral("::"), std::nullopt, 80, QStringLiteral("tcp")}};
    std::optional<ContainerSettings> asked;
    m_dispatcher.on<ChangeContainer>(
        [&](const ContainerSettings &request, const CallScope &) -> core::Result<Container> {
            asked = request;
            return sent;
        });
    const auto backend = open();
    QVERIFY(backend);
    const auto reply =
        callAndWait<ChangeContainer>(*backend, {.id = QStringLiteral("c/1"),
                                                   .updatePolicy = core::UpdatePolicy::Approval,
                                                   .strategy = {},
                                                   .rules = {}});
    QVERIFY(reply);
    COMPARE_JSON(encode(*reply), encode(sent));
    QVERIFY(asked);
    QCOMPARE(asked->id, QStringLiteral("c/1"));
    QVERIFY(asked->updatePolicy == core::UpdatePolicy::Approval);
    QVERIFY(!asked->strategy);
}

void BackendsTest::body_isOneField()
{
    std::vector<WebhookCall> asked;
    m_dispatcher.on<CallWebhook>([&](const WebhookCall &call, const CallScope &) {
        asked.push_back(call);
        return core::Result<WebhookAnswer>(WebhookAnswer{3});
    });
    const auto backend = open();
    QVERIFY(backend);
    const std::vector<core::Json> payloads{
        core::Json{{"token", "x"}, {"a", nullptr}}, core::Json::array({1, "ä"}), core::Json()};
    for (const core::Json &payload : payloads) {
        const auto reply = callAndWait<CallWebhook>(*backend, {QStringLiteral("t/1"), payload});
        QVERIFY(reply);
        QCOMPARE(reply->containers, 3);
        QCOMPARE(asked.back().token, QStringLiteral("t/1"));
        COMPARE_JSON(asked.back().payload, payload);
    }
}

void BackendsTest::query_carriesOptionals()
{
    std::optional<ContainerQuery> asked;
    m_dispatcher.on<ListContainers>(
        [&](const ContainerQuery &query, const CallScope &) -> core::Result<ContainerPage> {
            asked = query;
            return ContainerPage{{}, QStringLiteral("next"), 5'000'000'000};
        });
    const auto backend = open();
    QVERIFY(backend);
    ContainerQuery query;
    query.search = QStringLiteral("a+b &c=ä");
    query.decision = core::Decision::HeldBack;
    query.limit = 7;
    const auto reply = callAndWait<ListContainers>(*backend, query);
    QVERIFY(reply);
    QCOMPARE(reply->total, 5'000'000'000);
    QCOMPARE(reply->nextCursor, QStringLiteral("next"));
    COMPARE_JSON(encode(*asked), encode(query));
}

void BackendsTest::nothing_isAReply()
{
    m_dispatcher.on<LogOut>(
        [](const Nothing &, const CallScope &) -> core::Result<Nothing> { return Nothing(); });
    const auto backend = open();
    QVERIFY(backend);
    QVERIFY(callAndWait<LogOut>(*backend, {}));
}

void BackendsTest::plan_comesWhole()
{
    Plan sent;
    sent.container = QStringLiteral("c/1");
    sent.hash = QStringLiteral("sha256:0");
    sent.createdAt = core::Timestamp(std::chrono::milliseconds(1'740'000'000'123));
    sent.bump = core::Bump::Major;
    sent.strategies = {{core::UpdateStrategy::BlueGreen, false, QStringLiteral("no proxy")}};
    sent.order = {{QStringLiteral("web"), QStringLiteral("updated"), {}}};
    sent.downtimeBasis = QStringLiteral("estimate");
    sent.preflight = {{QStringLiteral("disk"), core::Finding::Unknown, QStringLiteral("It is far away.")}};
    sent.notes = {QStringLiteral("„…“")};
    sent.backup.volumes = {
        {QStringLiteral("data"), QStringLiteral("/data"), std::nullopt, core::SnapshotMethod::Btrfs}};
    sent.payload = {{"Env", {"A=(set)"}}, {"HostConfig", nullptr}};
    std::optional<PlanRequest> asked;
    m_dispatcher.on<GetPlan>([&](const PlanRequest &request, const CallScope &) -> core::Result<Plan> {
        asked = request;
        return sent;
    });
    const auto backend = open();
    QVERIFY(backend);
    const auto reply = callAndWait<GetPlan>(*backend, {QStringLiteral("c/1"), core::UpdateStrategy::Rolling});
    QVERIFY(reply);
    COMPARE_JSON(encode(*reply), encode(sent));
    QVERIFY(!reply->changes);
    QCOMPARE(asked->id, QStringLiteral("c/1"));
    QVERIFY(asked->strategy == core::UpdateStrategy::Rolling);
    QVERIFY(callAndWait<GetPlan>(*backend, {QStringLiteral("c/1"), {}}));
    QVERIFY(!asked->strategy);
}

void BackendsTest::export_namesItsFormat()
{
    std::optional<ExportRequest> asked;
    m_dispatcher.on<ExportContainer>(
        [&](const ExportRequest &request, const CallScope &) -> core::Result<ContainerExport> {
            asked = request;
            return ContainerExport{request.format.value_or(core::ExportFormat::Compose),
                QStringLiteral("a: \"ä\"\n\tb\n"), {QStringLiteral("note")}};
        });
    const auto backend = open();
    QVERIFY(backend);
    const auto run = callAndWait<ExportContainer>(*backend, {QStringLiteral("c"), core::ExportFormat::Run});
    QVERIFY(run);
    QVERIFY(run->format == core::ExportFormat::Run);
    QCOMPARE(run->text, QStringLiteral("a: \"ä\"\n\tb\n"));
    QCOMPARE(run->notes, std::vector{QStringLiteral("note")});
    const auto usual = callAndWait<ExportContainer>(*backend, {QStringLiteral("c"), {}});
    QVERIFY(usual);
    QVERIFY(!asked->format);
}

void BackendsTest::settings_changeOnlyWhatIsNamed()
{
    std::vector<ServerSettingsChange> asked;
    m_dispatcher.on<ChangeSettings>(
        [&](const ServerSettingsChange &change, const CallScope &) -> core::Result<ServerSettings> {
            asked.push_back(change);
            return ServerSettings{change.hooksEnabled.value_or(true)};
        });
    m_dispatcher.on<GetSettings>([](const Nothing &, const CallScope &) -> core::Result<ServerSettings> {
        return ServerSettings{true};
    });
    const auto backend = open();
    QVERIFY(backend);
    const auto off = callAndWait<ChangeSettings>(*backend, {false});
    QVERIFY(off);
    QVERIFY(!off->hooksEnabled);
    QVERIFY(callAndWait<ChangeSettings>(*backend, {}));
    QCOMPARE(asked.size(), std::size_t(2));
    QVERIFY(asked[0].hooksEnabled == false);
    QVERIFY(!asked[1].hooksEnabled);
    const auto now = callAndWait<GetSettings>(*backend, {});
    QVERIFY(now);
    QVERIFY(now->hooksEnabled);
}

void BackendsTest::rollback_asksForVolumes_onlyWhenSaid()
{
    std::vector<RollbackRequest> asked;
    m_dispatcher.on<RollBackUpdate>(
        [&](const RollbackRequest &request, const CallScope &) -> core::Result<Update> {
            asked.push_back(request);
            Update update;
            update.id = request.id;
            update.status = core::UpdateStatus::Pending;
            return update;
        });
    const auto backend = open();
    QVERIFY(backend);
    const auto reply = callAndWait<RollBackUpdate>(*backend, {QStringLiteral("u/1"), false});
    QVERIFY(reply);
    QCOMPARE(reply->id, QStringLiteral("u/1"));
    QVERIFY(callAndWait<RollBackUpdate>(*backend, {QStringLiteral("u"), {}}));
    QCOMPARE(asked.size(), std::size_t(2));
    QVERIFY(asked[0].restoreVolumes == false);
    QVERIFY(!asked[1].restoreVolumes);
}

void BackendsTest::resume_carriesTheDirection()
{
    std::vector<ResumeRequest> asked;
    m_dispatcher.on<ResumeUpdate>(
        [&](const ResumeRequest &request, const CallScope &) -> core::Result<Update> {
            asked.push_back(request);
            return request.id == QStringLiteral("done") ? core::Result<Update>(core::fail(ErrorCode::Conflict,
                                                              QStringLiteral("It is not parked.")))
                                                        : core::Result<Update>(Update());
        });
    const auto backend = open();
    QVERIFY(backend);
    for (const auto direction :
        {core::ResumeDirection::Auto, core::ResumeDirection::Forward, core::ResumeDirection::Back}) {
        QVERIFY(callAndWait<ResumeUpdate>(*backend, {QStringLiteral("u"), direction}));
        QVERIFY(asked.back().direction == direction);
    }
    const auto refused = callAndWait<ResumeUpdate>(*backend, {QStringLiteral("done"), {}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(!asked.back().direction);
}

void BackendsTest::start_carriesThePlan()
{
    std::optional<StartUpdatesRequest> asked;
    m_dispatcher.on<StartUpdates>(
        [&](const StartUpdatesRequest &request, const CallScope &) -> core::Result<StartedUpdates> {
            asked = request;
            return core::fail(
                ErrorCode::Conflict, QStringLiteral("The plan is out of date."), QStringLiteral("planHash"));
        });
    const auto backend = open();
    QVERIFY(backend);
    StartUpdatesRequest request;
    request.containers = {QStringLiteral("c")};
    request.planHash = QStringLiteral("sha256:0");
    const auto reply = callAndWait<StartUpdates>(*backend, request);
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::Conflict);
    QCOMPARE(reply.error().path, QStringLiteral("planHash"));
    COMPARE_JSON(encode(*asked), encode(request));
}

void BackendsTest::error_keepsCodeAndPath_data()
{
    QTest::addColumn<int>("transport");
    QTest::addColumn<core::ErrorCode>("code");
    for (const ErrorCode code :
        {ErrorCode::InvalidArgument, ErrorCode::NotFound, ErrorCode::Conflict, ErrorCode::Unauthenticated,
            ErrorCode::PermissionDenied, ErrorCode::RateLimited, ErrorCode::Timeout, ErrorCode::Unavailable,
            ErrorCode::Cancelled, ErrorCode::Corrupt, ErrorCode::Unsupported}) {
        const std::string name(core::toText(code));
        QTest::newRow(("in process, " + name).c_str()) << static_cast<int>(InProcess) << code;
        QTest::newRow(("http, " + name).c_str()) << static_cast<int>(Http) << code;
    }
}

void BackendsTest::error_keepsCodeAndPath()
{
    QFETCH(core::ErrorCode, code);
    m_dispatcher.on<GetMeta>([code](const Nothing &, const CallScope &) -> core::Result<Meta> {
        return core::fail(code, QStringLiteral("Do this next."), QStringLiteral("a/0"));
    });
    const auto backend = open();
    QVERIFY(backend);
    const auto reply = callAndWait<GetMeta>(*backend, {});
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, code);
    QCOMPARE(reply.error().message, QStringLiteral("Do this next."));
    QCOMPARE(reply.error().path, QStringLiteral("a/0"));
}

void BackendsTest::request_isRefused_withPath()
{
    const auto backend = open();
    QVERIFY(backend);
    std::optional<core::Result<core::Json>> answer;
    backend->send(*findOperation("containers.list"), core::Json{{"limt", 5}}, this,
        [&](core::Result<core::Json> reply) { answer = std::move(reply); });
    QTRY_VERIFY(answer.has_value());
    QVERIFY(!*answer);
    QCOMPARE(answer->error().code, ErrorCode::InvalidArgument);
    QCOMPARE(answer->error().path, QStringLiteral("limt"));
    answer.reset();
    backend->send(*findOperation("updates.start"), core::Json{{"containers", {"a", 5}}}, this,
        [&](core::Result<core::Json> reply) { answer = std::move(reply); });
    QTRY_VERIFY(answer.has_value());
    QVERIFY(!*answer);
    QCOMPARE(answer->error().path, QStringLiteral("containers/1"));
}

void BackendsTest::reply_comesOnce_onTheCallersThread()
{
    m_dispatcher.on<GetMeta>([](const Nothing &, const CallScope &) -> core::Result<Meta> { return Meta(); });
    const auto backend = open();
    QVERIFY(backend);
    int replies = 0;
    bool inside = true;
    const QThread *thread = nullptr;
    bool later = false;
    for (int i = 0; i < 20; ++i) {
        backend->call<GetMeta>({}, this, [&](const core::Result<Meta> &) {
            ++replies;
            thread = QThread::currentThread();
            later = !inside;
        });
    }
    inside = false;
    QTRY_COMPARE(replies, 20);
    QCOMPARE(thread, QThread::currentThread());
    QVERIFY(later);
    // A second reply to any would come before the answer to one more.
    QVERIFY(callAndWait<GetMeta>(*backend, {}));
    QCOMPARE(replies, 20);
}

void BackendsTest::reply_staysAway_whenContextIsGone()
{
    m_dispatcher.on<GetMeta>([](const Nothing &, const CallScope &) -> core::Result<Meta> { return Meta(); });
    const auto backend = open();
    QVERIFY(backend);
    bool called = false;
    auto context = std::make_unique<QObject>();
    backend->call<GetMeta>({}, context.get(), [&](const core::Result<Meta> &) { called = true; });
    context.reset();
    QVERIFY(callAndWait<GetMeta>(*backend, {}));
    QVERIFY(!called);
}

void BackendsTest::backend_mayGo_whileACallRuns()
{
    std::atomic<bool> hold = true;
    m_dispatcher.on<GetMeta>([&](const Nothing &, const CallScope &) -> core::Result<Meta> {
        while (hold) {
            std::this_thread::yield();
        }
        return Meta();
    });
    auto backend = open();
    QVERIFY(backend);
    const int before = m_dispatcher.calls;
    bool called = false;
    backend->call<GetMeta>({}, this, [&](const core::Result<Meta> &) { called = true; });
    QTRY_COMPARE(m_dispatcher.calls.load(), before + 1);
    backend.reset();
    hold = false;
    m_dispatcher.join();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void BackendsTest::events_comeInOrder()
{
    const auto backend = open();
    QVERIFY(backend);
    std::vector<Event> got;
    connect(backend.get(), &Backend::eventReceived, this, [&](const Event &event) { got.push_back(event); });
    const quint64 first = m_events.publish(
        topics::containers, events::containerRemoved, encode(ContainerRemoved{QStringLiteral("c")}));
    for (int i = 0; i < 200; ++i) {
        m_events.publish(
            i % 2 ? topics::containers : topics::updates, events::updateStep, core::Json{{"n", i}});
    }
    QTRY_COMPARE(got.size(), std::size_t(201));
    for (std::size_t i = 0; i < got.size(); ++i) {
        QCOMPARE(got[i].seq, first + i);
    }
    QCOMPARE(got[0].topic, topics::containers);
    QCOMPARE(got[0].type, events::containerRemoved);
    QCOMPARE(got[0].time, core::Timestamp(std::chrono::milliseconds(1'000)));
    QCOMPARE(decode<ContainerRemoved>(got[0].payload)->id, QStringLiteral("c"));
}

void BackendsTest::metrics_comeOnlyWhileWanted()
{
    const auto backend = open();
    QVERIFY(backend);
    int samples = 0;
    connect(backend.get(), &Backend::eventReceived, this,
        [&](const Event &event) { samples += event.topic == topics::monitoring; });
    backend->retainMetrics();
    backend->retainMetrics();
    QTRY_COMPARE(m_events.subscribers(), std::size_t(2));
    m_events.publish(topics::monitoring, events::metricsSample);
    QTRY_COMPARE(samples, 1);
    backend->releaseMetrics();
    m_events.publish(topics::monitoring, events::metricsSample);
    QTRY_COMPARE(samples, 2);
    backend->releaseMetrics();
    QTRY_COMPARE(m_events.subscribers(), std::size_t(1));
    m_events.publish(topics::monitoring, events::metricsSample);
    int other = 0;
    connect(backend.get(), &Backend::eventReceived, this, [&] { ++other; });
    m_events.publish(topics::updates, events::updateStep);
    QTRY_COMPARE(other, 1);
    QCOMPARE(samples, 2);
}

void BackendsTest::http_goesOn_whereItWasCut()
{
    startServer();
    const quint16 port = m_server->port();
    const auto backend = openHttp();
    std::vector<quint64> seqs;
    connect(
        backend.get(), &Backend::eventReceived, this, [&](const Event &event) { seqs.push_back(event.seq); });
    QTRY_COMPARE(m_events.subscribers(), std::size_t(1));
    const quint64 first = m_events.publish(topics::updates, events::updateStep);
    QTRY_COMPARE(seqs.size(), std::size_t(1));
    m_server->stop();
    QTRY_COMPARE(backend->connection(), Backend::Connection::Disconnected);
    QVERIFY(!backend->connectionDetail().isEmpty());
    m_events.publish(topics::updates, events::updateStep);
    m_events.publish(topics::containers, events::containerChanged);
    startServer(port);
    QTRY_COMPARE(backend->connection(), Backend::Connection::Connected);
    QTRY_COMPARE(seqs.size(), std::size_t(3));
    QCOMPARE(seqs, (std::vector<quint64>{first, first + 1, first + 2}));
}

void BackendsTest::http_readsAgain_afterALongGap()
{
    startServer();
    const quint16 port = m_server->port();
    const auto backend = openHttp();
    std::vector<QString> types;
    connect(backend.get(), &Backend::eventReceived, this,
        [&](const Event &event) { types.push_back(event.type); });
    QTRY_COMPARE(m_events.subscribers(), std::size_t(1));
    m_events.publish(topics::updates, events::updateStep);
    QTRY_COMPARE(types.size(), std::size_t(1));
    m_server->stop();
    for (int i = 0; i < 200; ++i) {
        m_events.publish(topics::updates, events::updateStep);
    }
    startServer(port);
    QTRY_COMPARE(types.size(), std::size_t(2));
    QCOMPARE(types.back(), events::resync);
}

void BackendsTest::http_tellsWhy_nothingAnswers()
{
    startServer();
    const auto backend = openHttp();
    m_server->stop();
    QTRY_VERIFY(
        backend->connectionDetail().startsWith(QStringLiteral("Nothing answers at http://127.0.0.1:")));
    QCOMPARE(backend->connection(), Backend::Connection::Disconnected);
    const auto reply = callAndWait<GetMeta>(*backend, {});
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::Unavailable);
}

void BackendsTest::http_tellsWhy_signInIsNeeded()
{
    startServer();
    m_token = "old";
    const auto backend = openHttp();
    QTRY_VERIFY(backend->connectionDetail().contains(QStringLiteral("Sign in again")));
    const auto reply = callAndWait<GetMeta>(*backend, {});
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::Unauthenticated);
    m_token = "good";
    QTRY_COMPARE(backend->connection(), Backend::Connection::Connected);
    QCOMPARE(backend->connectionDetail(), QString());
}

void BackendsTest::http_givesUp_atTheDeadline()
{
    std::atomic<bool> hold = true;
    m_dispatcher.on<GetMeta>([&](const Nothing &, const CallScope &) -> core::Result<Meta> {
        while (hold) {
            std::this_thread::yield();
        }
        return Meta();
    });
    startServer();
    const auto backend = openHttp(std::chrono::milliseconds(200));
    const auto reply = callAndWait<GetMeta>(*backend, {});
    hold = false;
    m_dispatcher.join();
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::Timeout);
}

void BackendsTest::http_doesNotFollow_redirects()
{
    QTcpServer elsewhere;
    QVERIFY(elsewhere.listen(QHostAddress::LocalHost));
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QByteArray target = "http://127.0.0.1:" + QByteArray::number(elsewhere.serverPort()) + "/";
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, target] {
            socket->write("HTTP/1.1 302 Found\r\nLocation: " + target +
                          "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    client::HttpBackendSettings settings;
    settings.server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort()));
    settings.accessToken = [] { return core::Secret("good"); };
    client::HttpBackend backend(settings);
    const auto reply = callAndWait<GetMeta>(backend, {});
    QVERIFY(!reply);
    QVERIFY(!elsewhere.hasPendingConnections());
}

QTEST_GUILESS_MAIN(BackendsTest)
#include "tst_backends.moc"
