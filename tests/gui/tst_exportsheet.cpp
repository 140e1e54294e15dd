#include "accessibilitywalk.h"
#include "containerstest.h"
#include "plansamples.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QTemporaryDir>

using namespace dockerauto;
using namespace dockerauto::test;

class ExportSheetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<ContainersWorld>(); }
    void cleanup() { m_world.reset(); }
    void opens_withTheComposeFile();
    void another_formatIsReadAnew();
    void late_answerOfTheOtherFormatIsPassedOver();
    void copy_takesTheTextAsItIs();
    void save_writesForTheOwnerAlone();
    void save_saysWhyItFailed();
    void refusal_isTold_andCanBeTriedAgain();
    void everything_hasAName();

private:
    [[nodiscard]] FakeBackend &backend() const { return m_world->fixture.backend; }
    [[nodiscard]] QDialog *sheet() const { return m_world->child<QDialog>("exportSheet"); }
    template <class Widget>
    [[nodiscard]] Widget *part(const char *name) const
    {
        return sheet() == nullptr ? nullptr : sheet()->findChild<Widget *>(QLatin1String(name));
    }
    [[nodiscard]] QString text() const
    {
        const auto *view = part<QPlainTextEdit>("exportText");
        return view == nullptr ? QString() : view->toPlainText();
    }
    void openSheet() const
    {
        m_world->openAt(QStringLiteral("home-assistant"));
        auto *action = m_world->inMenu<QAction>("exportContainer");
        QVERIFY(action != nullptr && action->isEnabled());
        action->trigger();
        QTRY_VERIFY(sheet() != nullptr && sheet()->isVisible());
    }
    void chooseOther() const { QTest::keyClick(part<QWidget>("exportFormat"), Qt::Key_Right); }
    /// Presses Save… and chooses the file.
    void saveAs(const QString &fileName) const
    {
        QTest::mouseClick(part<QPushButton>("verbButton"), Qt::LeftButton);
        QFileDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = part<QFileDialog>("exportFileDialog")) != nullptr);
        Q_EMIT dialog->fileSelected(fileName);
        dialog->close();
    }

    std::unique_ptr<ContainersWorld> m_world;
};

void ExportSheetTest::opens_withTheComposeFile()
{
    openSheet();
    QTRY_COMPARE(text(), sampleExport(core::ExportFormat::Compose).text);
    QCOMPARE(backend().last<contracts::ExportContainer>().id, QStringLiteral("c-home-assistant"));
    QVERIFY(part<QPlainTextEdit>("exportText")->isReadOnly());
    QVERIFY(m_world->says(QStringLiteral("passwords among them")));
    QTRY_VERIFY(part<QWidget>("exportFormat")->hasFocus());
}

void ExportSheetTest::another_formatIsReadAnew()
{
    openSheet();
    QTRY_VERIFY(!text().isEmpty());
    chooseOther();
    QTRY_COMPARE(text(), sampleExport(core::ExportFormat::Run).text);
    QCOMPARE(backend().last<contracts::ExportContainer>().format, std::optional(core::ExportFormat::Run));
    QVERIFY(m_world->says(QStringLiteral("A second network can't be joined by docker run")));
}

void ExportSheetTest::late_answerOfTheOtherFormatIsPassedOver()
{
    m_world->openAt(QStringLiteral("home-assistant"));
    backend().hold();
    m_world->inMenu<QAction>("exportContainer")->trigger();
    QTRY_VERIFY(sheet() != nullptr && sheet()->isVisible());
    QVERIFY(m_world->says(QStringLiteral("Reading the container…")));
    QVERIFY(!part<QPushButton>("copyExport")->isEnabled());
    QVERIFY(!part<QPushButton>("verbButton")->isEnabled());
    chooseOther();
    QTest::keyClick(part<QWidget>("exportFormat"), Qt::Key_Left);
    chooseOther();
    backend().release();
    QTRY_COMPARE(text(), sampleExport(core::ExportFormat::Run).text);
    QTest::qWait(0);
    QCOMPARE(text(), sampleExport(core::ExportFormat::Run).text);
}

void ExportSheetTest::copy_takesTheTextAsItIs()
{
    const QString tricky = QStringLiteral("services:\n  a:\n    label: \"\u202Ex\"\n");
    backend().answer<contracts::ExportContainer>({core::ExportFormat::Compose, tricky, {}});
    openSheet();
    QTRY_COMPARE(text(), QStringLiteral("services:\n  a:\n    label: \"\uFFFDx\"\n"));
    QTest::keyClick(part<QPushButton>("copyExport"), Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text(), tricky);
    QCOMPARE(part<QPushButton>("copyExport")->text(), QStringLiteral("Copied"));
}

void ExportSheetTest::save_writesForTheOwnerAlone()
{
    const QTemporaryDir folder;
    const QString fileName = folder.filePath(QStringLiteral("home.yaml"));
    openSheet();
    QTRY_VERIFY(!text().isEmpty());
    saveAs(fileName);
    QTRY_VERIFY(m_world->says(QStringLiteral("Saved as home.yaml")));
    QFile file(fileName);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), sampleExport(core::ExportFormat::Compose).text);
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup | QFileDevice::WriteOther;
    QCOMPARE(file.permissions() & others, QFileDevice::Permissions());
}

void ExportSheetTest::save_saysWhyItFailed()
{
    openSheet();
    QTRY_VERIFY(!text().isEmpty());
    saveAs(QStringLiteral("/proc/no/such/folder/home.yaml"));
    QTRY_VERIFY(m_world->says(QStringLiteral("home.yaml could not be written")));
    QVERIFY(part<QPushButton>("verbButton")->isEnabled());
}

void ExportSheetTest::refusal_isTold_andCanBeTriedAgain()
{
    backend().refuse<contracts::ExportContainer>(QStringLiteral("Your role “Viewer” has no right to this."));
    openSheet();
    QTRY_VERIFY(m_world->says(QStringLiteral("Your role “Viewer” has no right to this.")));
    QVERIFY(!part<QPushButton>("copyExport")->isEnabled());
    QVERIFY(!part<QPushButton>("verbButton")->isEnabled());
    backend().answer<contracts::ExportContainer>(sampleExport(core::ExportFormat::Compose));
    m_world->pressSaying(QStringLiteral("Try again"));
    QTRY_VERIFY(!text().isEmpty());
    QVERIFY(part<QPushButton>("copyExport")->isEnabled());
}

void ExportSheetTest::everything_hasAName()
{
    openSheet();
    QTRY_VERIFY(!text().isEmpty());
    QCOMPARE(namelessObjects(sheet()), QStringList());
}

QTEST_MAIN(ExportSheetTest)
#include "tst_exportsheet.moc"
