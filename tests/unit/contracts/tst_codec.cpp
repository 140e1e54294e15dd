#include <contracts/operations.h>

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::contracts;
using core::Json;

class CodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void types_goRound();
    void path_namesTheWrongField_data();
    void path_namesTheWrongField();
    void absent_isNull();
    void newer_isIgnored_inReplies();
    void number_isRefused_whenTooLarge();
};

namespace {

template <class T>
void goRound(const T &value)
{
    const Json json = encode(value);
    const auto back = decode<T>(json);
    QVERIFY2(back, back ? "" : qPrintable(back.error().message));
    QCOMPARE(core::writeJson(encode(*back)), core::writeJson(json));
}

core::Timestamp at(qint64 milliseconds)
{
    return core::Timestamp(std::chrono::milliseconds(milliseconds));
}

Container container()
{
    Container value;
    value.id = QStringLiteral("c");
    value.updatePolicy = core::UpdatePolicy::Automatic;
    value.update = {core::Decision::HeldBack, QStringLiteral("waits"), core::Hold::Window, at(5), at(6),
        Candidate{QStringLiteral("1"), QStringLiteral("sha256:0"), core::Bump::Major, at(4)}};
    value.policySource = QStringLiteral("policy “Nightly”");
    value.ownRules.level = core::TagLevel::Minor;
    value.ownRules.minimumAgeSeconds = 86'400;
    value.labels = {{QStringLiteral("k"), QStringLiteral("v")}, {QString(), QString()}};
    value.ports = {{QStringLiteral("::"), 80, 80, QStringLiteral("tcp")},
        {QString(), std::nullopt, 53, QStringLiteral("udp")}};
    value.createdAt = at(1);
    return value;
}

Update update()
{
    Update value;
    value.id = QStringLiteral("u");
    value.status = core::UpdateStatus::RolledBack;
    value.steps = {{QStringLiteral("pull"), core::StepStatus::Running, at(1), std::nullopt, QString(),
        Progress{1'000'000'000'000, std::nullopt, QStringLiteral("bytes")}}};
    value.error = QStringLiteral("why");
    value.proof =
        Proof{false, 3, {{QStringLiteral("/a"), QStringLiteral("1"), QStringLiteral("2"), QString()}}};
    value.log = {{at(2), QStringLiteral("pull"), QStringLiteral("line\n")}};
    return value;
}

} // namespace

void CodecTest::types_goRound()
{
    goRound(container());
    goRound(ContainerPage{{container(), Container()}, std::nullopt, 2});
    goRound(ContainerQuery{});
    goRound(ContainerSettings{
        QStringLiteral("c"), std::nullopt, core::UpdateStrategy::Canary, container().ownRules});
    goRound(Policy{.id = QStringLiteral("p"),
        .name = QStringLiteral("Nightly"),
        .enabled = false,
        .scope = {core::ScopeKind::Label, QStringLiteral("team=a")},
        .rules = container().ownRules,
        .containers = 3,
        .createdAt = at(1),
        .updatedAt = at(2)});
    goRound(WindowTimes{std::vector{QStringLiteral("mon")}, QStringLiteral("22:00"), QStringLiteral("04:00"),
        QStringLiteral("Europe/Berlin"), at(1), at(2)});
    goRound(WebhookCall{QStringLiteral("secret"), Json{{"anything", {1, nullptr}}}});
    goRound(CheckRequest{});
    goRound(CheckRequest{std::vector<QString>{QStringLiteral("a")}});
    goRound(CheckStarted{QStringLiteral("k"), 3});
    goRound(LogQuery{QStringLiteral("c"), 5, at(1)});
    goRound(LogLines{{{at(1), QStringLiteral("stdout"), QStringLiteral("ä")}, {}}});
    goRound(update());
    goRound(UpdatePage{{update()}, QStringLiteral("next")});
    goRound(StartUpdatesRequest{.containers = {QStringLiteral("a")},
        .strategy = core::UpdateStrategy::BlueGreen,
        .planHash = QStringLiteral("sha256:0"),
        .backupVolumes = true,
        .rollback = false,
        .dryRun = {}});
    goRound(
        StartedUpdates{{{QStringLiteral("u"), QStringLiteral("c"), core::UpdateStatus::AwaitingApproval}}});
    goRound(AvailablePage{{{QStringLiteral("c"), QString(), core::Decision::Pinned, QString(),
                              core::Hold::Policy, at(1), at(2), Candidate{}}},
        {}});
    goRound(SetupState{true});
    goRound(SetupRequest{QStringLiteral("1"), QStringLiteral("a@b"), QStringLiteral("p")});
    goRound(LoginRequest{QStringLiteral("a@b"), QStringLiteral("p")});
    goRound(RefreshRequest{QStringLiteral("r")});
    goRound(TokenReply{QStringLiteral("a"), QStringLiteral("Bearer"), 900, QStringLiteral("r"),
        {QStringLiteral("u"), QStringLiteral("a@b"), core::Role::Operator, at(3)}});
    goRound(Ticket{QStringLiteral("t"), 30});
    goRound(HostList{{Host()}});
    goRound(Nothing());
    goRound(Meta{QStringLiteral("n"), QStringLiteral("1"), QStringLiteral("v1"), QStringLiteral("h"), at(1),
        std::nullopt});
    goRound(Health{QStringLiteral("ok"), std::nullopt,
        std::map<QString, HealthCheck>{{QStringLiteral("database"), {QStringLiteral("ok"), QString()}}}});
    goRound(Event{18'446'744'073'709'551'615U, topics::updates, events::updateStep, at(9),
        Json{{"any", {1, nullptr}}}});
    goRound(UpdateStepChanged{QStringLiteral("u"), QStringLiteral("c"), {}});
    goRound(CheckProgress{QStringLiteral("k"), 1, 2, 0, true});
    goRound(MetricsSample{at(4), {{QStringLiteral("c"), 12.5, 1, 2}}});
}

void CodecTest::path_namesTheWrongField_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *pointer, const char *value, const char *path) {
        QTest::newRow((std::string(pointer) + " = " + value).c_str())
            << QByteArray(pointer) << QByteArray(value) << QString::fromLatin1(path);
    };
    row("/id", "5", "id");
    row("/id", "null", "id");
    row("/surprise", "1", "surprise");
    row("/update/decision", "\"maybe\"", "update/decision");
    row("/update/candidate/bump", "3", "update/candidate/bump");
    row("/update/candidate/surprise", "3", "update/candidate/surprise");
    row("/update/possibleAt", "\"tomorrow\"", "update/possibleAt");
    row("/ports/1/containerPort", "\"80\"", "ports/1/containerPort");
    row("/ports/1/containerPort", "80.5", "ports/1/containerPort");
    row("/ports/0/hostPort", "99999999999", "ports/0/hostPort");
    row("/ports", "{}", "ports");
    row("/labels/k", "1", "labels/k");
    row("/labels", "[]", "labels");
}

void CodecTest::path_namesTheWrongField()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    QFETCH(QString, path);
    Json json = encode(container());
    json[Json::json_pointer(pointer.toStdString())] = *core::parseJson(value.toStdString());
    const auto decoded = decode<Container>(json);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, core::ErrorCode::InvalidArgument);
    QCOMPARE(decoded.error().path, path);
    QVERIFY(decoded.error().message.contains(path));
}

void CodecTest::absent_isNull()
{
    const Json json =
        encode(ContainerSettings{QStringLiteral("c"), std::nullopt, std::nullopt, std::nullopt});
    QVERIFY(json.at("strategy").is_null());
    QVERIFY(decode<ContainerSettings>(Json{{"id", "c"}}));
    QVERIFY(decode<ContainerSettings>(Json{{"id", "c"}, {"strategy", nullptr}}));
}

void CodecTest::newer_isIgnored_inReplies()
{
    Json json = encode(container());
    json["surprise"] = 1;
    json["update"]["surprise"] = 1;
    json.erase("name");
    QVERIFY(!decode<Container>(json));
    const auto lenient = decode<Container>(json, UnknownFields::Ignore);
    QVERIFY(lenient);
    QCOMPARE(lenient->id, QStringLiteral("c"));
}

void CodecTest::number_isRefused_whenTooLarge()
{
    Json json = encode(CheckStarted{QStringLiteral("k"), 2'147'483'647});
    QVERIFY(decode<CheckStarted>(json));
    json["containers"] = 2'147'483'648;
    QVERIFY(!decode<CheckStarted>(json));
    json["containers"] = -2'147'483'649;
    QVERIFY(!decode<CheckStarted>(json));
}

QTEST_APPLESS_MAIN(CodecTest)
#include "tst_codec.moc"
