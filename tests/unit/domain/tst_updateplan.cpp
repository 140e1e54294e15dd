#include "jsontext.h"

#include <domain/updateplan.h>

#include <QRegularExpression>
#include <QTest>

#include <functional>
#include <set>

using namespace dockerauto;

namespace {

domain::PlanEssence essence()
{
    return {.engineId = QStringLiteral("e"),
        .imageId = QStringLiteral("sha256:1"),
        .candidateTag = QStringLiteral("2"),
        .candidateDigest = QStringLiteral("sha256:2"),
        .strategy = core::UpdateStrategy::Recreate,
        .payload = json(R"({"Image":"x:2","HostConfig":{"Memory":9007199254740993,"Binds":["a:/b"]}})"),
        .dependants = {json(R"({"id":"d","create":{}})"), json(R"({"id":"e","create":{}})")}};
}

} // namespace

class UpdatePlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hash_isADigest_andStable();
    void hash_doesNotDependOnTheOrderOfKeys();
    void hash_tellsEveryPartApart();
};

void UpdatePlanTest::hash_isADigest_andStable()
{
    const QString hash = domain::planHash(essence());
    QVERIFY(QRegularExpression(QStringLiteral("^sha256:[0-9a-f]{64}$")).match(hash).hasMatch());
    QCOMPARE(domain::planHash(essence()), hash);
    // Stored plans of earlier versions stay approved.
    QCOMPARE(domain::planHash({}),
        QStringLiteral("sha256:ce45fc2c9c473a00687cf2d604d734389f46bc44f9554998090088819d474978"));
}

void UpdatePlanTest::hash_doesNotDependOnTheOrderOfKeys()
{
    domain::PlanEssence other = essence();
    other.payload = json(R"({"HostConfig":{"Binds":["a:/b"],"Memory":9007199254740993},"Image":"x:2"})");
    QCOMPARE(domain::planHash(other), domain::planHash(essence()));
}

void UpdatePlanTest::hash_tellsEveryPartApart()
{
    const std::vector<std::function<void(domain::PlanEssence &)>> changes{
        [](auto &plan) { plan.engineId = QStringLiteral("f"); },
        [](auto &plan) { plan.imageId = QStringLiteral("sha256:3"); },
        [](auto &plan) { plan.candidateTag = QStringLiteral("3"); },
        [](auto &plan) { plan.candidateDigest.clear(); },
        [](auto &plan) { plan.strategy = core::UpdateStrategy::Rolling; },
        [](auto &plan) { plan.payload["HostConfig"]["Memory"] = 9007199254740992; },
        [](auto &plan) { plan.payload["New"] = nullptr; },
        [](auto &plan) { plan.dependants.pop_back(); },
        [](auto &plan) { std::swap(plan.dependants[0], plan.dependants[1]); },
        [](auto &plan) { plan.dependants[0]["create"]["Image"] = "y"; },
    };
    std::set<QString> hashes{domain::planHash(essence())};
    for (const auto &change : changes) {
        domain::PlanEssence other = essence();
        change(other);
        QVERIFY(hashes.insert(domain::planHash(other)).second);
    }
}

QTEST_APPLESS_MAIN(UpdatePlanTest)
#include "tst_updateplan.moc"
