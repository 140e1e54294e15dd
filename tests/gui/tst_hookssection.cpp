#include "accessibilitywalk.h"
#include "guifixture.h"

#include <pages/hookssection.h>

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;

class HooksSectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<GuiFixture>();
        backend().answer<contracts::GetSettings>({.hooksEnabled = false});
        backend().on<contracts::ChangeSettings>([](const contracts::ServerSettingsChange &change) {
            return core::Result<contracts::ServerSettings>(
                {.hooksEnabled = change.hooksEnabled.value_or(false)});
        });
    }
    void cleanup()
    {
        m_section.reset();
        m_fixture.reset();
    }
    void shows_whatHolds_data();
    void shows_whatHolds();
    void change_isSentAtOnce();
    void refused_changeGoesBack();
    void denied_isToldAndCannotBeChanged();
    void failed_readingCanBeTriedAgain();
    void offline_cannotBeChanged();
    void last_wordCounts();
    void everything_hasAName();

private:
    [[nodiscard]] FakeBackend &backend() const { return m_fixture->backend; }
    void open()
    {
        m_section = std::make_unique<ui::HooksSection>(backend());
        m_section->resize(680, 260);
        m_section->show();
        m_section->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_section.get()));
    }
    [[nodiscard]] QCheckBox *box() const
    {
        return m_section->findChild<QCheckBox *>(QStringLiteral("hooksEnabled"));
    }
    [[nodiscard]] QString state() const
    {
        const auto *label = m_section->findChild<QLabel *>(QStringLiteral("hooksState"));
        return label->isVisible() ? label->text() : QString();
    }
    [[nodiscard]] QPushButton *again() const
    {
        return m_section->findChild<QPushButton *>(QStringLiteral("hooksAgain"));
    }
    [[nodiscard]] int changes() const { return backend().count<contracts::ChangeSettings>(); }

    std::unique_ptr<GuiFixture> m_fixture;
    std::unique_ptr<ui::HooksSection> m_section;
};

void HooksSectionTest::shows_whatHolds_data()
{
    QTest::addColumn<bool>("enabled");
    QTest::newRow("on") << true;
    QTest::newRow("off") << false;
}

void HooksSectionTest::shows_whatHolds()
{
    QFETCH(bool, enabled);
    backend().answer<contracts::GetSettings>({enabled});
    open();
    QTRY_VERIFY(box()->isEnabled());
    QCOMPARE(box()->isChecked(), enabled);
    QCOMPARE(state(), QString());
    QVERIFY(!again()->isVisible());
    QCOMPARE(changes(), 0);
}

void HooksSectionTest::change_isSentAtOnce()
{
    open();
    QTRY_VERIFY(box()->isEnabled());
    box()->setFocus();
    QTest::keyClick(box(), Qt::Key_Space);
    QTRY_COMPARE(changes(), 1);
    QCOMPARE(backend().last<contracts::ChangeSettings>().hooksEnabled, std::optional(true));
    QVERIFY(box()->isChecked());
    QVERIFY(box()->hasFocus());
    QTest::keyClick(box(), Qt::Key_Space);
    QTRY_COMPARE(changes(), 2);
    QCOMPARE(backend().last<contracts::ChangeSettings>().hooksEnabled, std::optional(false));
}

void HooksSectionTest::refused_changeGoesBack()
{
    backend().refuse<contracts::ChangeSettings>(QStringLiteral("The disk is full."));
    open();
    QTRY_VERIFY(box()->isEnabled());
    QTest::keyClick(box(), Qt::Key_Space);
    QTRY_COMPARE(state(), QStringLiteral("The disk is full."));
    QVERIFY(!box()->isChecked());
    QCOMPARE(changes(), 1);
}

void HooksSectionTest::denied_isToldAndCannotBeChanged()
{
    backend().on<contracts::GetSettings>([](const auto &) {
        return core::Result<contracts::ServerSettings>(core::fail(core::ErrorCode::PermissionDenied,
            QStringLiteral("Your role “Viewer” has no right settings:read. Ask an administrator.")));
    });
    open();
    QTRY_VERIFY(state().startsWith(QStringLiteral("Your role “Viewer”")));
    QVERIFY(!box()->isEnabled());
    QVERIFY(!again()->isVisible());
}

void HooksSectionTest::failed_readingCanBeTriedAgain()
{
    backend().refuse<contracts::GetSettings>(QStringLiteral("The server does not answer."));
    open();
    QTRY_COMPARE(state(), QStringLiteral("The server does not answer."));
    QVERIFY(!box()->isEnabled());
    backend().answer<contracts::GetSettings>({true});
    QTest::keyClick(again(), Qt::Key_Space);
    QTRY_VERIFY(box()->isEnabled());
    QVERIFY(box()->isChecked());
    QCOMPARE(state(), QString());
}

void HooksSectionTest::offline_cannotBeChanged()
{
    open();
    QTRY_VERIFY(box()->isEnabled());
    backend().setConnection(contracts::Backend::Connection::Disconnected);
    QVERIFY(!box()->isEnabled());
    backend().answer<contracts::GetSettings>({true});
    backend().setConnection(contracts::Backend::Connection::Connected);
    QTRY_VERIFY(box()->isEnabled() && box()->isChecked());
    QCOMPARE(changes(), 0);
}

void HooksSectionTest::last_wordCounts()
{
    open();
    QTRY_VERIFY(box()->isEnabled());
    backend().hold();
    QTest::keyClick(box(), Qt::Key_Space);
    QTest::keyClick(box(), Qt::Key_Space);
    QTest::keyClick(box(), Qt::Key_Space);
    backend().release();
    QTRY_COMPARE(changes(), 3);
    QTest::qWait(0);
    QVERIFY(box()->isChecked());
}

void HooksSectionTest::everything_hasAName()
{
    backend().refuse<contracts::GetSettings>(QStringLiteral("The server does not answer."));
    open();
    QTRY_VERIFY(again()->isVisible());
    QCOMPARE(namelessObjects(m_section.get()), QStringList());
}

QTEST_MAIN(HooksSectionTest)
#include "tst_hookssection.moc"
