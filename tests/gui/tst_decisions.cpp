#include "accessibilitywalk.h"
#include "containerstest.h"

#include <ui/banner.h>

#include <QClipboard>
#include <QDesktopServices>
#include <QSignalSpy>
#include <QTabBar>
#include <QUrl>

using namespace dockerauto;
using namespace dockerauto::test;
using core::Hold;

/// Stands for the browser.
class Browser : public QObject
{
    Q_OBJECT

public:
    Browser()
    {
        for (const char *scheme : {"https", "http", "file", "javascript"}) {
            QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "open");
        }
    }
    ~Browser() override
    {
        for (const char *scheme : {"https", "http", "file", "javascript"}) {
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
        }
    }
    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened << url; }
};

class DecisionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<ContainersWorld>(); }
    void cleanup() { m_world.reset(); }
    void version_saysWhyItIsHeldBack_data();
    void version_saysWhyItIsHeldBack();
    void toolTip_tellsReasonAndTime();
    void banner_tellsWhenItIsPossible();
    void why_isReadOnlyWhenAskedFor();
    void why_showsRulesHoldsTagsAndProblems();
    void why_foldsDefaults();
    void why_isReadAgain_afterANewDecision();
    void why_showsTheError_toBeCopied_andTriesAgain();
    void why_forgetsAnswersForAnotherContainer();
    void changes_areReadWhenTheTabIsShown();
    void changes_openReleaseNotes_onlyOfTheWeb_data();
    void changes_openReleaseNotes_onlyOfTheWeb();
    void changes_sayThatNothingChanges_withoutCandidate();
    void changes_showTheError_andTryAgain();
    void skip_namesTheDigest_andCanBeUndone();
    void snooze_endsAfterTheTime_andCanBeUndone();
    void snoozeUntil_asksForADay();
    void offerAgain_isThere_onlyWhenItCanHelp_data();
    void offerAgain_isThere_onlyWhenItCanHelp();
    void offerAgain_canBeUndone_whenItWasAWish();
    void policy_undoBringsBackTheEarlierRules();
    void refusals_areShown();
    void offline_asksNothing();
    void everything_hasAName();

private:
    [[nodiscard]] FakeBackend &backend() const { return m_world->fixture.backend; }
    void showTab(int tab) const { m_world->child<QTabBar>("detailTabs")->setCurrentIndex(tab); }

    std::unique_ptr<ContainersWorld> m_world;
};

void DecisionsTest::version_saysWhyItIsHeldBack_data()
{
    QTest::addColumn<QString>("container");
    QTest::addColumn<QString>("words");
    QTest::newRow("age") << "nextcloud-redis"
                         << "7.4.1-alpine, 7.4.2-alpine · Too young";
    QTest::newRow("window") << "adguard-home"
                            << "0.107.55, 0.107.57 · Waits for its window";
    QTest::newRow("schedule") << "jellyfin"
                              << "10.10.5, 10.10.6 · Waits for its schedule";
    QTest::newRow("skipped") << "grafana"
                             << "11.5.1, 11.5.2 · Skipped";
    QTest::newRow("snoozed") << "gitea"
                             << "1.23.3, 1.23.5 · Snoozed";
    QTest::newRow("quarantine") << "prometheus"
                                << "v3.1.0, v3.2.1 · Quarantine";
    QTest::newRow("freeze, same tag") << "sonarr"
                                      << "latest, new build · Frozen";
    QTest::newRow("major step") << "nextcloud-app"
                                << "30.0.4 → 31.0.2 · major";
    QTest::newRow("not checked") << "watch-me"
                                 << "1.4, Not checked";
}

void DecisionsTest::version_saysWhyItIsHeldBack()
{
    QFETCH(QString, container);
    QFETCH(QString, words);
    m_world->open();
    QCOMPARE(m_world->cell(container, 2), words);
}

void DecisionsTest::toolTip_tellsReasonAndTime()
{
    m_world->open();
    QAbstractItemModel *model = m_world->table()->model();
    const auto found = model->match(model->index(0, 0), Qt::DisplayRole, QStringLiteral("nextcloud-redis"), 1,
        Qt::MatchExactly | Qt::MatchRecursive);
    const QString tip = found.first().siblingAtColumn(2).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(QStringLiteral("Waits until version 7.4.2-alpine is 3 days old")), qPrintable(tip));
    QVERIFY2(tip.contains(QStringLiteral("Possible today 05:09 (in 2 h).")), qPrintable(tip));
    QVERIFY2(tip.contains(QStringLiteral("7.4.1-alpine → 7.4.2-alpine · Patch")), qPrintable(tip));
}

void DecisionsTest::banner_tellsWhenItIsPossible()
{
    m_world->openAt(QStringLiteral("adguard-home"));
    const QString text = m_world->child<ui::Banner>("decisionBanner")->accessibleName();
    QVERIFY2(text.startsWith(QStringLiteral("0.107.57 · Waits for its window")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("Possible tomorrow 02:09 (in 23 h).")), qPrintable(text));
}

void DecisionsTest::why_isReadOnlyWhenAskedFor()
{
    m_world->openAt(QStringLiteral("home-assistant"));
    QCOMPARE(backend().count<contracts::ExplainContainer>(), 0);
    backend().hold();
    m_world->press("whyLink");
    QVERIFY(m_world->says(QStringLiteral("Asking why…")));
    backend().release();
    QTRY_VERIFY(m_world->says(QStringLiteral("Version 2025.3.1 follows 2025.1.4")));
    QVERIFY(!m_world->says(QStringLiteral("Asking why…")));
    QCOMPARE(backend().last<contracts::ExplainContainer>().id, QStringLiteral("c-home-assistant"));
    m_world->press("whyLink");
    QVERIFY(!m_world->child<QWidget>("whyView")->isVisible());
}

void DecisionsTest::why_showsRulesHoldsTagsAndProblems()
{
    m_world->openAt(QStringLiteral("home-assistant"));
    m_world->press("whyLink");
    for (const char *words : {"Minor versions · set for this container", "Approval · from policy “Home”",
             "\\.dev · from the label wud.tag.exclude", "3 day(s) · from policy “Home”",
             "it is a pre-release", "and 411 more", "The new dashboard does not work",
             "until it is offered again", "mara, 10 day(s) ago", "until tomorrow 05:09",
             "which is no regular expression", "ghcr.io · 37 pulls left until 14:05"}) {
        QTRY_VERIFY2(m_world->says(QString::fromUtf8(words)), words);
    }
}

void DecisionsTest::why_foldsDefaults()
{
    m_world->openAt(QStringLiteral("home-assistant"));
    m_world->press("whyLink");
    QTRY_VERIFY(m_world->child<QPushButton>("defaultRules") != nullptr);
    QVERIFY(!m_world->says(QStringLiteral("The same variant")));
    auto *more = m_world->child<QPushButton>("defaultRules");
    more->setFocus();
    QTest::keyClick(more, Qt::Key_Space);
    QVERIFY(m_world->says(QStringLiteral("The same variant")));
    QVERIFY(!m_world->says(QStringLiteral("· default")));
}

void DecisionsTest::why_isReadAgain_afterANewDecision()
{
    m_world->openAt(QStringLiteral("home-assistant"));
    m_world->press("whyLink");
    QTRY_COMPARE(backend().count<contracts::ExplainContainer>(), 1);
    contracts::Container container = decidedContainer(QStringLiteral("home-assistant"));
    backend().emitEvent(contracts::events::containerChanged, container);
    QCOMPARE(backend().count<contracts::ExplainContainer>(), 1);
    container.update.decision = core::Decision::HeldBack;
    container.update.heldBy = Hold::Freeze;
    backend().emitEvent(contracts::events::containerChanged, container);
    QTRY_COMPARE(backend().count<contracts::ExplainContainer>(), 2);
}

void DecisionsTest::why_showsTheError_toBeCopied_andTriesAgain()
{
    backend().refuse<contracts::ExplainContainer>(
        QStringLiteral("Something went wrong. Request id 7f3a-19c2."));
    m_world->openAt(QStringLiteral("home-assistant"));
    m_world->press("whyLink");
    QTRY_VERIFY(m_world->says(QStringLiteral("The reasons could not be read")));
    m_world->pressSaying(QStringLiteral("Copy"));
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.contains(QStringLiteral("7f3a-19c2")) && copied.contains(QStringLiteral("Unavailable")),
        qPrintable(copied));
    backend().answer<contracts::ExplainContainer>(sampleExplanation());
    m_world->pressSaying(QStringLiteral("Try again"));
    QTRY_VERIFY(m_world->says(QStringLiteral("Version 2025.3.1 follows 2025.1.4")));
    QVERIFY(!m_world->says(QStringLiteral("The reasons could not be read")));
}

void DecisionsTest::why_forgetsAnswersForAnotherContainer()
{
    m_world->openAt(QStringLiteral("home-assistant"));
    backend().hold();
    m_world->press("whyLink");
    m_world->page->showContainer(QStringLiteral("c-grafana"));
    backend().release();
    QTRY_VERIFY(m_world->says(QStringLiteral("Skipped: version 11.5.2 is not wanted here")));
    QVERIFY(!m_world->says(QStringLiteral("Version 2025.3.1 follows 2025.1.4")));
}

void DecisionsTest::changes_areReadWhenTheTabIsShown()
{
    m_world->openAt(QStringLiteral("home-assistant"));
    QCOMPARE(backend().count<contracts::GetImageChanges>(), 0);
    m_world->press("changesLink");
    QTRY_VERIFY(m_world->says(QStringLiteral("412 MB of 910 MB")));
    QCOMPARE(backend().count<contracts::GetImageChanges>(), 1);
    const auto bars = m_world->child<QWidget>("changesView")->findChildren<QWidget *>();
    QVERIFY(std::ranges::any_of(bars, [](const QWidget *widget) {
        return widget->accessibleDescription() == QStringLiteral("shared 498 MB, new 412 MB, dropped 371 MB");
    }));
    QVERIFY(std::ranges::any_of(bars, [](const QWidget *widget) {
        return widget->accessibleName() == QStringLiteral("Variable PYTHON_VERSION → 3.13.1 → 3.13.2");
    }));
    // An event that changes nothing about the candidate asks the registry nothing.
    backend().emitEvent(
        contracts::events::containerChanged, decidedContainer(QStringLiteral("home-assistant")));
    showTab(0);
    showTab(1);
    QCOMPARE(backend().count<contracts::GetImageChanges>(), 1);
}

void DecisionsTest::changes_openReleaseNotes_onlyOfTheWeb_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("opens");
    QTest::newRow("https") << "https://example.net/notes/2025.3.1" << true;
    QTest::newRow("http") << "http://example.net/notes" << true;
    QTest::newRow("a file") << "file:///etc/passwd" << false;
    QTest::newRow("a script") << "javascript:alert(1)" << false;
    QTest::newRow("no host") << "https:///notes" << false;
    QTest::newRow("no address") << "see the wiki" << false;
}

void DecisionsTest::changes_openReleaseNotes_onlyOfTheWeb()
{
    QFETCH(QString, address);
    QFETCH(bool, opens);
    Browser browser;
    contracts::ImageChanges changes = sampleChanges();
    changes.releaseNotes = address;
    backend().answer<contracts::GetImageChanges>(changes);
    m_world->openAt(QStringLiteral("home-assistant"));
    showTab(1);
    QTRY_VERIFY(m_world->says(QStringLiteral("412 MB of 910 MB")));
    const auto *link = m_world->child<QPushButton>("releaseNotes");
    QCOMPARE(link != nullptr, opens);
    if (opens) {
        m_world->press("releaseNotes");
        QCOMPARE(browser.opened, QList<QUrl>{QUrl(address)});
    }
}

void DecisionsTest::changes_sayThatNothingChanges_withoutCandidate()
{
    m_world->openAt(QStringLiteral("loki"));
    showTab(1);
    QVERIFY(m_world->says(QStringLiteral("Nothing newer is known")));
    QCOMPARE(backend().count<contracts::GetImageChanges>(), 0);
}

void DecisionsTest::changes_showTheError_andTryAgain()
{
    backend().refuse<contracts::GetImageChanges>(QStringLiteral("ghcr.io does not answer."));
    m_world->openAt(QStringLiteral("home-assistant"));
    showTab(1);
    QTRY_VERIFY(m_world->says(QStringLiteral("ghcr.io does not answer.")));
    backend().answer<contracts::GetImageChanges>(sampleChanges());
    m_world->pressSaying(QStringLiteral("Try again"));
    QTRY_VERIFY(m_world->says(QStringLiteral("412 MB of 910 MB")));
}

void DecisionsTest::skip_namesTheDigest_andCanBeUndone()
{
    contracts::Container skipped = decidedContainer(QStringLiteral("traefik"));
    const QString digest = skipped.update.candidate->digest;
    skipped.update.decision = core::Decision::HeldBack;
    skipped.update.heldBy = Hold::Skipped;
    backend().answer<contracts::SkipVersion>(skipped);
    backend().answer<contracts::OfferAgain>(decidedContainer(QStringLiteral("traefik")));
    m_world->openAt(QStringLiteral("traefik"));
    m_world->press("skipLink");
    QTRY_VERIFY(m_world->says(QStringLiteral("3.3.4 of traefik is skipped")));
    QCOMPARE(backend().last<contracts::SkipVersion>().digest, std::optional(digest));
    QCOMPARE(m_world->cell(QStringLiteral("traefik"), 2), QStringLiteral("3.2.3, 3.3.4 · Skipped"));
    QVERIFY(!m_world->child<QPushButton>("skipLink")->isVisible());
    m_world->pressSaying(QStringLiteral("Undo"));
    QTRY_COMPARE(backend().count<contracts::OfferAgain>(), 1);
    QTRY_COMPARE(m_world->cell(QStringLiteral("traefik"), 2), QStringLiteral("3.2.3 → 3.3.4"));
}

void DecisionsTest::snooze_endsAfterTheTime_andCanBeUndone()
{
    contracts::Container snoozed = decidedContainer(QStringLiteral("traefik"));
    snoozed.update.decision = core::Decision::HeldBack;
    snoozed.update.heldBy = Hold::Snoozed;
    backend().answer<contracts::SnoozeUpdates>(snoozed);
    backend().answer<contracts::OfferAgain>(decidedContainer(QStringLiteral("traefik")));
    m_world->openAt(QStringLiteral("traefik"));
    auto *menu = m_world->inMenu<QMenu>("snoozeMenu");
    QVERIFY(menu != nullptr && menu->isEnabled());
    QCOMPARE(menu->actions().size(), 3);
    menu->actions().at(1)->trigger();
    QTRY_COMPARE(backend().count<contracts::SnoozeUpdates>(), 1);
    QCOMPARE(backend().last<contracts::SnoozeUpdates>().until, sampleNow() + std::chrono::weeks(1));
    QTRY_VERIFY(m_world->says(QStringLiteral("No update of traefik until 21 Mar 03:09")));
    m_world->pressSaying(QStringLiteral("Undo"));
    QTRY_COMPARE(backend().count<contracts::OfferAgain>(), 1);
}

void DecisionsTest::snoozeUntil_asksForADay()
{
    backend().answer<contracts::SnoozeUpdates>(decidedContainer(QStringLiteral("traefik")));
    m_world->openAt(QStringLiteral("traefik"));
    auto *action = m_world->inMenu<QAction>("snoozeUntil");
    QVERIFY(action != nullptr);
    action->trigger();
    auto *sheet = m_world->child<QDialog>("snoozeSheet");
    QTRY_VERIFY(sheet != nullptr && sheet->isVisible());
    QCOMPARE(namelessObjects(sheet), QStringList());
    QCOMPARE(backend().count<contracts::SnoozeUpdates>(), 0);
    QTest::mouseClick(sheet->findChild<QPushButton *>(QStringLiteral("verbButton")), Qt::LeftButton);
    QTRY_COMPARE(backend().count<contracts::SnoozeUpdates>(), 1);
    const auto until = QDateTime::fromMSecsSinceEpoch(
        backend().last<contracts::SnoozeUpdates>().until.time_since_epoch().count());
    QCOMPARE(until, QDate(2025, 3, 28).startOfDay());
}

void DecisionsTest::offerAgain_isThere_onlyWhenItCanHelp_data()
{
    QTest::addColumn<QString>("container");
    QTest::addColumn<bool>("there");
    QTest::newRow("skipped") << "grafana" << true;
    QTest::newRow("snoozed") << "gitea" << true;
    QTest::newRow("quarantine") << "prometheus" << true;
    QTest::newRow("too young") << "nextcloud-redis" << false;
    QTest::newRow("window") << "adguard-home" << false;
    QTest::newRow("available") << "traefik" << false;
}

void DecisionsTest::offerAgain_isThere_onlyWhenItCanHelp()
{
    QFETCH(QString, container);
    QFETCH(bool, there);
    m_world->openAt(container);
    QCOMPARE(m_world->child<QPushButton>("offerAgainLink")->isVisible(), there);
    QCOMPARE(m_world->inMenu<QAction>("offerAgain") != nullptr, there);
}

void DecisionsTest::offerAgain_canBeUndone_whenItWasAWish()
{
    contracts::Container offered = sampleContainer(QStringLiteral("grafana"));
    backend().answer<contracts::OfferAgain>(offered);
    backend().answer<contracts::SkipVersion>(decidedContainer(QStringLiteral("grafana")));
    m_world->openAt(QStringLiteral("grafana"));
    m_world->press("offerAgainLink");
    QTRY_VERIFY(m_world->says(QStringLiteral("Updates of grafana are offered again")));
    m_world->pressSaying(QStringLiteral("Undo"));
    QTRY_COMPARE(backend().count<contracts::SkipVersion>(), 1);
    QTRY_COMPARE(m_world->cell(QStringLiteral("grafana"), 2), QStringLiteral("11.5.1, 11.5.2 · Skipped"));
}

void DecisionsTest::policy_undoBringsBackTheEarlierRules()
{
    contracts::Container before = decidedContainer(QStringLiteral("traefik"));
    before.ownRules.exclude = QStringLiteral("-rc");
    contracts::Container after = before;
    after.updatePolicy = core::UpdatePolicy::Scheduled;
    after.ownRules.updatePolicy = core::UpdatePolicy::Scheduled;
    backend().answer<contracts::ChangeContainer>(after);
    m_world->openAt(QStringLiteral("traefik"));
    backend().emitEvent(contracts::events::containerChanged, before);
    auto *policies = m_world->inMenu<QMenu>("policyMenu");
    QVERIFY(policies != nullptr);
    QCOMPARE(policies->actions().size(), 6);
    QVERIFY(std::ranges::all_of(policies->actions(), &QAction::isEnabled));
    policies->actions().at(3)->trigger();
    QTRY_COMPARE(backend().count<contracts::ChangeContainer>(), 1);
    QCOMPARE(backend().last<contracts::ChangeContainer>().updatePolicy,
        std::optional(core::UpdatePolicy::Scheduled));
    QTRY_COMPARE(m_world->cell(QStringLiteral("traefik"), 5), QStringLiteral("Scheduled"));
    m_world->pressSaying(QStringLiteral("Undo"));
    QTRY_COMPARE(backend().count<contracts::ChangeContainer>(), 2);
    const auto request = backend().last<contracts::ChangeContainer>();
    QVERIFY(!request.updatePolicy && request.rules);
    QCOMPARE(request.rules->exclude, std::optional(QStringLiteral("-rc")));
    QVERIFY(!request.rules->updatePolicy);
}

void DecisionsTest::refusals_areShown()
{
    backend().refuse<contracts::SkipVersion>(QStringLiteral("Version 3.3.5 is there by now."));
    m_world->openAt(QStringLiteral("traefik"));
    m_world->press("skipLink");
    QTRY_VERIFY(m_world->says(QStringLiteral("Version 3.3.5 is there by now.")));
    QCOMPARE(m_world->cell(QStringLiteral("traefik"), 2), QStringLiteral("3.2.3 → 3.3.4"));
}

void DecisionsTest::offline_asksNothing()
{
    m_world->openAt(QStringLiteral("traefik"));
    backend().setConnection(contracts::Backend::Connection::Disconnected);
    for (const char *link : {"whyLink", "changesLink", "skipLink"}) {
        QVERIFY2(!m_world->child<QPushButton>(link)->isEnabled(), link);
    }
    QVERIFY(!m_world->inMenu<QAction>("skipVersion")->isEnabled());
    QVERIFY(!m_world->inMenu<QMenu>("snoozeMenu")->isEnabled());
    backend().setConnection(contracts::Backend::Connection::Connected);
    QTRY_VERIFY(m_world->child<QPushButton>("whyLink")->isEnabled());
}

void DecisionsTest::everything_hasAName()
{
    m_world->openAt(QStringLiteral("home-assistant"));
    m_world->press("whyLink");
    QTRY_VERIFY(m_world->says(QStringLiteral("and 411 more")));
    QCOMPARE(namelessObjects(m_world->page.get()), QStringList());
    showTab(1);
    QTRY_VERIFY(m_world->says(QStringLiteral("412 MB of 910 MB")));
    QCOMPARE(namelessObjects(m_world->page.get()), QStringList());
}

QTEST_MAIN(DecisionsTest)
#include "tst_decisions.moc"
