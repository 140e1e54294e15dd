#include "accessibilitywalk.h"
#include "containerstest.h"

#include <QComboBox>
#include <QLineEdit>

using namespace dockerauto;
using namespace dockerauto::test;

class RulesSheetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<ContainersWorld>(); }
    void cleanup() { m_world.reset(); }
    void fields_sayWhereTheyComeFrom_whenNotSetHere();
    void save_sendsWhatWasSet_andNothingElse();
    void own_rulesAreShown_andMoreIsOpen();
    void age_takesTheLargestUnit_data();
    void age_takesTheLargestUnit();
    void reset_sendsEmptyRules();
    void errors_standAtTheirField();
    void errors_withoutField_standAbove();
    void undo_bringsBackTheEarlierRules();
    void safety_rulesAreSent();
    void own_safetyRulesAreShown_andStay();
    void commands_thatAreNoneStandAtTheirField();
    void unavailable_strategiesCannotBeChosen();
    void everything_hasAName();

private:
    [[nodiscard]] FakeBackend &backend() const { return m_world->fixture.backend; }
    /// Opens the sheet of home-assistant.
    void openSheet(const contracts::UpdateRules &own = {});
    [[nodiscard]] QDialog *sheet() const { return m_world->child<QDialog>("rulesSheet"); }
    [[nodiscard]] QComboBox *box(const char *name) const
    {
        return sheet()->findChild<QComboBox *>(QLatin1String(name));
    }
    [[nodiscard]] QLineEdit *line(const char *name) const
    {
        return sheet()->findChild<QLineEdit *>(QLatin1String(name));
    }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return sheet()->findChild<QPushButton *>(QLatin1String(name));
    }
    [[nodiscard]] QLineEdit *age() const
    {
        return sheet()->findChild<QWidget *>(QStringLiteral("minimumAgeSeconds"))->findChild<QLineEdit *>();
    }
    [[nodiscard]] QComboBox *ageUnit() const
    {
        return sheet()->findChild<QWidget *>(QStringLiteral("minimumAgeSeconds"))->findChild<QComboBox *>();
    }
    [[nodiscard]] QLineEdit *span(const char *name) const
    {
        return sheet()->findChild<QWidget *>(QLatin1String(name))->findChild<QLineEdit *>();
    }
    /// Opens or closes the rules about safety.
    void openSafety() const
    {
        auto *fold = sheet()->findChild<QWidget *>(QStringLiteral("careRules"));
        QTest::keyClick(fold->findChild<QPushButton *>(QStringLiteral("foldButton")), Qt::Key_Space);
    }
    void save() const { QTest::mouseClick(button("verbButton"), Qt::LeftButton); }
    [[nodiscard]] contracts::UpdateRules sent() const
    {
        return backend().last<contracts::ChangeContainer>().rules.value_or(contracts::UpdateRules());
    }

    std::unique_ptr<ContainersWorld> m_world;
};

void RulesSheetTest::openSheet(const contracts::UpdateRules &own)
{
    contracts::Container container = decidedContainer(QStringLiteral("home-assistant"));
    container.ownRules = own;
    backend().answer<contracts::ListContainers>({{container}, std::nullopt, 1});
    backend().answer<contracts::ChangeContainer>(container);
    m_world->openAt(QStringLiteral("home-assistant"));
    auto *action = m_world->inMenu<QAction>("editRules");
    QVERIFY(action != nullptr && action->isEnabled());
    action->trigger();
    QTRY_VERIFY(sheet() != nullptr && sheet()->isVisible());
    QTRY_COMPARE(backend().count<contracts::ExplainContainer>(), 1);
}

void RulesSheetTest::fields_sayWhereTheyComeFrom_whenNotSetHere()
{
    openSheet();
    QTRY_VERIFY(m_world->says(QStringLiteral("Approval, from policy “Home”")));
    QTRY_COMPARE(age()->placeholderText(), QStringLiteral("3 day(s), from policy “Home”"));
    QCOMPARE(line("exclude")->placeholderText(), QStringLiteral("\\.dev, from the label wud.tag.exclude"));
    QVERIFY(m_world->says(QStringLiteral("Patch versions, default")));
}

void RulesSheetTest::save_sendsWhatWasSet_andNothingElse()
{
    openSheet();
    auto *policy = box("updatePolicy");
    QTRY_VERIFY(policy->hasFocus());
    QCOMPARE(policy->count(), 7);
    QTest::keyClick(policy, Qt::Key_End);
    QTest::keyClick(policy, Qt::Key_Up);
    QVERIFY(m_world->says(QStringLiteral("Updated as soon as a newer image is found.")));
    QTest::keyClick(button("moreRules"), Qt::Key_Space);
    QTest::keyClicks(line("constraint"), QStringLiteral(" ^2025 "));
    QTest::keyClicks(age(), QStringLiteral("2"));
    QTest::keyClick(sheet(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(backend().count<contracts::ChangeContainer>(), 1);
    const contracts::UpdateRules rules = sent();
    QCOMPARE(rules.updatePolicy, std::optional(core::UpdatePolicy::Automatic));
    QCOMPARE(rules.constraint, std::optional(QStringLiteral("^2025")));
    QCOMPARE(rules.minimumAgeSeconds, std::optional<qint64>(2 * 86'400));
    QVERIFY(!rules.level && !rules.automaticLevel && !rules.include && !rules.exclude && !rules.prerelease &&
            !rules.family && !rules.strategy && !rules.releaseNotes);
    QTRY_VERIFY(sheet() == nullptr);
}

void RulesSheetTest::own_rulesAreShown_andMoreIsOpen()
{
    contracts::UpdateRules own;
    own.level = core::TagLevel::Minor;
    own.prerelease = false;
    own.family = core::TagFamily::Loose;
    own.strategy = core::UpdateStrategy::Recreate;
    own.include = QStringLiteral("-alpine$");
    own.releaseNotes = QStringLiteral("https://example.net/${tag}");
    openSheet(own);
    QVERIFY(line("include")->isVisible());
    QCOMPARE(line("include")->text(), QStringLiteral("-alpine$"));
    QCOMPARE(box("level")->currentText(), QStringLiteral("Minor versions"));
    QCOMPARE(box("prerelease")->currentText(), QStringLiteral("Releases only"));
    save();
    QTRY_COMPARE(backend().count<contracts::ChangeContainer>(), 1);
    const contracts::UpdateRules rules = sent();
    QCOMPARE(rules.level, own.level);
    QCOMPARE(rules.prerelease, own.prerelease);
    QCOMPARE(rules.family, own.family);
    QCOMPARE(rules.strategy, own.strategy);
    QCOMPARE(rules.include, own.include);
    QCOMPARE(rules.releaseNotes, own.releaseNotes);
}

void RulesSheetTest::age_takesTheLargestUnit_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("unit");
    QTest::newRow("weeks") << qint64(1'209'600) << "2"
                           << "weeks";
    QTest::newRow("days") << qint64(259'200) << "3"
                          << "days";
    QTest::newRow("hours") << qint64(43'200) << "12"
                           << "hours";
    QTest::newRow("minutes") << qint64(5'400) << "90"
                             << "minutes";
    QTest::newRow("none") << qint64(0) << "0"
                          << "days";
}

void RulesSheetTest::age_takesTheLargestUnit()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, number);
    QFETCH(QString, unit);
    contracts::UpdateRules own;
    own.minimumAgeSeconds = seconds;
    openSheet(own);
    QCOMPARE(age()->text(), number);
    QCOMPARE(ageUnit()->currentText(), unit);
    save();
    QTRY_COMPARE(backend().count<contracts::ChangeContainer>(), 1);
    QCOMPARE(sent().minimumAgeSeconds, std::optional(seconds));
}

void RulesSheetTest::reset_sendsEmptyRules()
{
    contracts::UpdateRules own;
    own.level = core::TagLevel::None;
    own.minimumAgeSeconds = 60;
    own.exclude = QStringLiteral("-rc");
    openSheet(own);
    QTest::keyClick(button("resetRules"), Qt::Key_Space);
    save();
    QTRY_COMPARE(backend().count<contracts::ChangeContainer>(), 1);
    const auto request = backend().last<contracts::ChangeContainer>();
    QVERIFY(request.rules.has_value());
    QVERIFY(contracts::encode(*request.rules) == contracts::encode(contracts::UpdateRules()));
}

void RulesSheetTest::errors_standAtTheirField()
{
    openSheet();
    backend().on<contracts::ChangeContainer>([](const auto &) {
        return core::Result<contracts::Container>(core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral("“(” is no regular expression: missing )"), QStringLiteral("rules/include")));
    });
    QTest::keyClick(button("moreRules"), Qt::Key_Space);
    line("include")->setText(QStringLiteral("("));
    QTest::keyClick(button("moreRules"), Qt::Key_Space);
    QVERIFY(!line("include")->isVisible());
    save();
    QTRY_VERIFY(m_world->says(QStringLiteral("“(” is no regular expression: missing )")));
    QVERIFY(line("include")->isVisible());
    QTRY_VERIFY(line("include")->hasFocus());
    QVERIFY(button("verbButton")->isEnabled());
    QTest::keyClicks(line("include"), QStringLiteral(")"));
    QVERIFY(!m_world->says(QStringLiteral("is no regular expression: missing )")));
}

void RulesSheetTest::errors_withoutField_standAbove()
{
    openSheet();
    backend().refuse<contracts::ChangeContainer>(QStringLiteral("The disk is full."));
    save();
    QTRY_VERIFY(m_world->says(QStringLiteral("The disk is full.")));
    QVERIFY(sheet()->isVisible());
}

void RulesSheetTest::undo_bringsBackTheEarlierRules()
{
    contracts::UpdateRules own;
    own.exclude = QStringLiteral("-rc");
    openSheet(own);
    line("exclude")->setText(QStringLiteral("-beta"));
    save();
    QTRY_VERIFY(m_world->says(QStringLiteral("The rules of home-assistant were changed")));
    QCOMPARE(sent().exclude, std::optional(QStringLiteral("-beta")));
    m_world->pressSaying(QStringLiteral("Undo"));
    QTRY_COMPARE(backend().count<contracts::ChangeContainer>(), 2);
    QCOMPARE(sent().exclude, std::optional(QStringLiteral("-rc")));
}

void RulesSheetTest::safety_rulesAreSent()
{
    openSheet();
    QVERIFY(!line("probe")->isVisible());
    openSafety();
    QVERIFY(line("probe")->isVisible());
    box("rollback")->setFocus();
    QTest::keyClick(box("rollback"), Qt::Key_End);
    box("backupVolumes")->setFocus();
    QTest::keyClick(box("backupVolumes"), Qt::Key_End);
    QVERIFY(m_world->says(QStringLiteral("Volumes are not saved before an update.")));
    QTest::keyClicks(span("watchSeconds"), QStringLiteral("30"));
    QTest::keyClicks(span("hookTimeoutSeconds"), QStringLiteral("90"));
    QTest::keyClicks(line("probe"), QStringLiteral(" tcp://:5432 "));
    QTest::keyClicks(line("keepVersions"), QStringLiteral("7"));
    QTest::keyClicks(line("hookBefore"), QStringLiteral("/backup.sh \"all of it\""));
    QTest::keyClicks(line("hookAfter"), QStringLiteral("[]"));
    save();
    QTRY_COMPARE(backend().count<contracts::ChangeContainer>(), 1);
    contracts::UpdateRules wanted;
    wanted.rollback = false;
    wanted.backupVolumes = core::BackupMode::Never;
    wanted.watchSeconds = 1800;
    wanted.hookTimeoutSeconds = 90;
    wanted.probe = QStringLiteral("tcp://:5432");
    wanted.keepVersions = 7;
    wanted.hookBefore = {{QStringLiteral("/backup.sh"), QStringLiteral("all of it")}};
    wanted.hookAfter = std::vector<QString>();
    QCOMPARE(contracts::encode(sent()).dump(), contracts::encode(wanted).dump());
}

void RulesSheetTest::own_safetyRulesAreShown_andStay()
{
    contracts::UpdateRules own;
    own.rollback = true;
    own.backupVolumes = core::BackupMode::Guarded;
    own.watchSeconds = 0;
    own.probe = QStringLiteral("[\"pg_isready\"]");
    own.keepVersions = 0;
    own.hookBefore = std::vector<QString>();
    own.hookAfter = {{QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("a\nb")}};
    own.hookTimeoutSeconds = 120;
    openSheet(own);
    QVERIFY(line("probe")->isVisible());
    QCOMPARE(span("watchSeconds")->text(), QStringLiteral("0"));
    QCOMPARE(span("hookTimeoutSeconds")->text(), QStringLiteral("2"));
    QCOMPARE(line("hookBefore")->text(), QStringLiteral("[]"));
    save();
    QTRY_COMPARE(backend().count<contracts::ChangeContainer>(), 1);
    QCOMPARE(contracts::encode(sent()).dump(), contracts::encode(own).dump());
}

void RulesSheetTest::commands_thatAreNoneStandAtTheirField()
{
    openSheet();
    openSafety();
    line("hookAfter")->setText(QStringLiteral("[\"a\""));
    openSafety();
    QVERIFY(!line("hookAfter")->isVisible());
    save();
    QVERIFY(m_world->says(QStringLiteral("This begins like a list and is none.")));
    QVERIFY(line("hookAfter")->isVisible());
    QTRY_VERIFY(line("hookAfter")->hasFocus());
    QCOMPARE(backend().count<contracts::ChangeContainer>(), 0);
    QTest::keyClicks(line("hookAfter"), QStringLiteral("]"));
    QVERIFY(!m_world->says(QStringLiteral("This begins like a list and is none.")));
    save();
    QTRY_COMPARE(backend().count<contracts::ChangeContainer>(), 1);
    QCOMPARE(sent().hookAfter, std::optional(std::vector<QString>{QStringLiteral("a")}));
}

void RulesSheetTest::unavailable_strategiesCannotBeChosen()
{
    openSheet();
    QTest::keyClick(button("moreRules"), Qt::Key_Space);
    auto *strategy = box("strategy");
    strategy->setFocus();
    QTest::keyClick(strategy, Qt::Key_End);
    QCOMPARE(strategy->currentText(), QStringLiteral("Recreate"));
}

void RulesSheetTest::everything_hasAName()
{
    openSheet();
    QTest::keyClick(button("moreRules"), Qt::Key_Space);
    openSafety();
    QCOMPARE(namelessObjects(sheet()), QStringList());
}

QTEST_MAIN(RulesSheetTest)
#include "tst_rulessheet.moc"
