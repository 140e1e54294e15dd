#include "accessibilitywalk.h"
#include "guifixture.h"
#include "planningsamples.h"

#include <pages/schedulespage.h>

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

using namespace dockerauto;
using namespace dockerauto::test;

class PolicyEditorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void policy_isMade_forAProject();
    void policy_isChanged_andKeepsWhatItSays();
    void trial_asksOnce_withTheRulesOfTheSheet();
    void trial_showsTheChosenTag_andWhyNotTheOthers();
    void trial_saysWhenNothingIsTaken();
    void trial_showsWhatIsWrong_atItsField();
    void refusal_isShownAtItsField();
    void everything_hasAName();

private:
    [[nodiscard]] FakeBackend &backend() const { return m_fixture->backend; }
    template <class Widget>
    [[nodiscard]] Widget *part(const char *name) const
    {
        return sheet()->findChild<Widget *>(QLatin1String(name));
    }
    [[nodiscard]] QDialog *sheet() const
    {
        return m_page->findChild<QDialog *>(QStringLiteral("policyEditor"));
    }
    void openNew() const;
    void press() const { part<QPushButton>("verbButton")->click(); }
    void tryTags(const QString &current, const QString &tags) const
    {
        part<QLineEdit>("trialCurrent")->setText(current);
        part<QPlainTextEdit>("trialTags")->setPlainText(tags);
    }
    [[nodiscard]] bool says(const QString &text) const
    {
        const auto labels = sheet()->findChildren<QLabel *>();
        return std::ranges::any_of(labels,
            [&](const QLabel *label) { return label->isVisibleTo(sheet()) && label->text().contains(text); });
    }

    std::unique_ptr<GuiFixture> m_fixture;
    std::unique_ptr<ui::SchedulesPage> m_page;
};

void PolicyEditorTest::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QStringLiteral("en_US")));
}

void PolicyEditorTest::init()
{
    m_fixture = std::make_unique<GuiFixture>();
    scriptPlanning(backend());
    backend().answer<contracts::CreatePolicy>(samplePolicies().at(0));
    backend().answer<contracts::ChangePolicy>(samplePolicies().at(0));
    m_page = std::make_unique<ui::SchedulesPage>(backend(), m_fixture->preferences, nullptr, sampleNow);
    m_page->resize(1200, 860);
    m_page->showView(ui::SchedulesPage::View::Rules);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void PolicyEditorTest::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

void PolicyEditorTest::openNew() const
{
    m_page->findChild<QPushButton *>(QStringLiteral("newSchedule"))->click();
    QVERIFY(sheet() != nullptr);
    QVERIFY(QTest::qWaitForWindowExposed(sheet()));
}

void PolicyEditorTest::policy_isMade_forAProject()
{
    openNew();
    part<QLineEdit>("name")->setText(QStringLiteral("Media "));
    part<QLineEdit>("scopeValue")->setText(QStringLiteral("media"));
    press();
    QTRY_COMPARE(backend().count<contracts::CreatePolicy>(), 1);
    const auto made = backend().last<contracts::CreatePolicy>();
    QCOMPARE(made.name, QStringLiteral("Media"));
    QCOMPARE(made.scope.kind, core::ScopeKind::Project);
    QCOMPARE(made.scope.value, std::optional(QStringLiteral("media")));
    QVERIFY(!made.rules.updatePolicy);
    QTRY_VERIFY(sheet() == nullptr);
}

void PolicyEditorTest::policy_isChanged_andKeepsWhatItSays()
{
    auto *table = m_page->findChild<QTreeView *>(QStringLiteral("ruleTable"));
    QTRY_COMPARE(table->model()->rowCount(), 3);
    table->setCurrentIndex(table->model()->index(2, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(sheet() != nullptr);
    QCOMPARE(part<QLineEdit>("name")->text(), QStringLiteral("Media"));
    press();
    QTRY_COMPARE(backend().count<contracts::ChangePolicy>(), 1);
    const auto change = backend().last<contracts::ChangePolicy>();
    const contracts::Policy before = samplePolicies().at(2);
    QCOMPARE(change.id, before.id);
    QCOMPARE(change.rules.updatePolicy, before.rules.updatePolicy);
    QCOMPARE(change.rules.level, before.rules.level);
    QCOMPARE(change.rules.automaticLevel, before.rules.automaticLevel);
    QCOMPARE(change.rules.minimumAgeSeconds, before.rules.minimumAgeSeconds);
    QVERIFY(!change.rules.constraint);
}

void PolicyEditorTest::trial_asksOnce_withTheRulesOfTheSheet()
{
    auto *table = m_page->findChild<QTreeView *>(QStringLiteral("ruleTable"));
    QTRY_COMPARE(table->model()->rowCount(), 3);
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    tryTags(QStringLiteral("16.4"), QStringLiteral("16.8\n\n 17.0 \n"));
    QCOMPARE(backend().count<contracts::PreviewPolicy>(), 0);
    QTRY_COMPARE(backend().count<contracts::PreviewPolicy>(), 1);
    const auto asked = backend().last<contracts::PreviewPolicy>();
    QCOMPARE(asked.current, QStringLiteral("16.4"));
    QCOMPARE(asked.tags, (std::vector<QString>{QStringLiteral("16.8"), QStringLiteral("17.0")}));
    QCOMPARE(asked.rules->constraint, std::optional(QStringLiteral("16.x")));
    QCOMPARE(asked.rules->prerelease, std::optional(false));
}

void PolicyEditorTest::trial_showsTheChosenTag_andWhyNotTheOthers()
{
    openNew();
    tryTags(QStringLiteral("1.4.2"), QStringLiteral("1.5.0\n2.0.0-rc1\n1.4.3"));
    QTRY_VERIFY(part<QLabel>("trialChosen")->isVisibleTo(sheet()));
    QCOMPARE(part<QLabel>("trialChosen")->text(), QStringLiteral("1.5.0"));
    QCOMPARE(part<QPlainTextEdit>("trialRefused")->toPlainText(),
        QStringLiteral("2.0.0-rc1  It is a pre-release.\n1.4.3  Another one is newer."));
}

void PolicyEditorTest::trial_saysWhenNothingIsTaken()
{
    openNew();
    tryTags(QStringLiteral("1.4.2"), QStringLiteral("2.0.0-rc1"));
    QTRY_VERIFY(says(QStringLiteral("None of them would be taken.")));
    QVERIFY(!part<QLabel>("trialChosen")->isVisibleTo(sheet()));
}

void PolicyEditorTest::trial_showsWhatIsWrong_atItsField()
{
    backend().on<contracts::PreviewPolicy>([](const auto &) {
        return core::Result<contracts::PolicyPreview>(core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral("“current” is longer than a tag can be"), QStringLiteral("current")));
    });
    openNew();
    tryTags(QStringLiteral("x"), QStringLiteral("y"));
    QTRY_VERIFY(part<QLineEdit>("trialCurrent")->accessibleDescription().contains(QStringLiteral("longer")));
}

void PolicyEditorTest::refusal_isShownAtItsField()
{
    backend().on<contracts::CreatePolicy>([](const auto &) {
        return core::Result<contracts::Policy>(core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral("“constraint” is no range, for example “^1.4”"),
            QStringLiteral("rules/constraint")));
    });
    openNew();
    press();
    QTRY_VERIFY(says(QStringLiteral("is no range")));
    QVERIFY(!part<QWidget>("formError")->isVisible());
    QVERIFY(part<QPushButton>("verbButton")->isEnabled());
}

void PolicyEditorTest::everything_hasAName()
{
    openNew();
    QCOMPARE(namelessObjects(sheet()), QStringList());
}

QTEST_MAIN(PolicyEditorTest)
#include "tst_policyeditor.moc"
