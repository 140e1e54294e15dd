#include "accessibilitywalk.h"
#include "guifixture.h"
#include "planningsamples.h"

#include <pages/registriessection.h>
#include <ui/banner.h>
#include <ui/mainwindow.h>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;

class RegistriesSectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void registries_areListed_withHowTheyAre();
    void test_answersInPlainWords_belowTheRegistry();
    void test_thatFails_saysSo();
    void registry_isAdded();
    void secret_isNeverShown_andStaysWithoutAnother();
    void secret_isSent_whenTyped();
    void insecure_warns();
    void certificates_areReadFromAFile();
    void refusal_isShownAtItsField();
    void unknownRegistry_getsItsFirstSettings();
    void remove_namesTheRegistry_andCalls();
    void webhook_isShownOnce_andCopied();
    void webhook_isClosed();
    void failure_canBeTriedAgain();
    void offline_disablesWhatAsks();
    void section_standsInTheSettings();
    void everything_hasAName();

private:
    [[nodiscard]] FakeBackend &backend() const { return m_fixture->backend; }
    [[nodiscard]] QWidget *row(const char *name) const
    {
        return m_section->findChild<QWidget *>(QStringLiteral("registry/") + QLatin1String(name));
    }
    template <class Widget>
    [[nodiscard]] Widget *part(const char *name) const
    {
        return sheet()->findChild<Widget *>(QLatin1String(name));
    }
    [[nodiscard]] QDialog *sheet() const { return m_section->findChild<QDialog *>(); }
    void press(QWidget *in, const char *name) const
    {
        in->findChild<QPushButton *>(QLatin1String(name))->click();
    }
    void edit(const char *registry) const
    {
        press(row(registry), "editRegistry");
        QVERIFY(sheet() != nullptr);
        QVERIFY(QTest::qWaitForWindowExposed(sheet()));
    }
    [[nodiscard]] static bool says(const QWidget *in, const QString &text)
    {
        const auto labels = in->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }

    std::unique_ptr<GuiFixture> m_fixture;
    std::unique_ptr<ui::RegistriesSection> m_section;
};

void RegistriesSectionTest::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QStringLiteral("en_US")));
}

void RegistriesSectionTest::init()
{
    m_fixture = std::make_unique<GuiFixture>();
    scriptPlanning(backend());
    backend().answer<contracts::CreateRegistry>(sampleRegistries().at(0));
    backend().answer<contracts::ChangeRegistry>(sampleRegistries().at(0));
    m_section = std::make_unique<ui::RegistriesSection>(backend(), nullptr, sampleNow);
    m_section->resize(760, 900);
    m_section->show();
    m_section->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_section.get()));
    QTRY_VERIFY(row("docker.io") != nullptr && row("docker.io")->isVisible());
}

void RegistriesSectionTest::cleanup()
{
    m_section.reset();
    m_fixture.reset();
}

void RegistriesSectionTest::registries_areListed_withHowTheyAre()
{
    QVERIFY(says(row("docker.io"), QStringLiteral("14 container(s) · Signs in as mara, credentials from this "
                                                  "program · 37 of 100 pulls left until ")));
    QVERIFY(says(row("ghcr.io"), QStringLiteral("Credentials from config.json")));
    QVERIFY(says(row("lscr.io"), QStringLiteral("too many requests. Asked again at ")));
    QVERIFY(
        says(row("registry.example.net:5000"), QStringLiteral("authority that this machine does not know")));
    // What is only in use has nothing that could be forgotten.
    QVERIFY(!row("ghcr.io")->findChild<QPushButton *>(QStringLiteral("removeRegistry"))->isVisible());
    QVERIFY(row("docker.io")->findChild<QPushButton *>(QStringLiteral("removeRegistry"))->isVisible());
}

void RegistriesSectionTest::test_answersInPlainWords_belowTheRegistry()
{
    press(row("docker.io"), "testRegistry");
    QVERIFY(says(row("docker.io"), QStringLiteral("Asking…")));
    QVERIFY(!row("docker.io")->findChild<QPushButton *>(QStringLiteral("testRegistry"))->isEnabled());
    QTRY_VERIFY(says(row("docker.io"), QStringLiteral("Signed in as mara.")));
    QCOMPARE(backend().last<contracts::TestRegistry>().id, QStringLiteral("docker.io"));
    // The answer outlives what is read anew.
    backend().emitEvent(contracts::events::planningChanged, contracts::Nothing{});
    QTest::qWait(250);
    QVERIFY(says(row("docker.io"), QStringLiteral("Signed in as mara.")));
    QVERIFY(row("docker.io")->findChild<QPushButton *>(QStringLiteral("testRegistry"))->isEnabled());
}

void RegistriesSectionTest::test_thatFails_saysSo()
{
    backend().refuse<contracts::TestRegistry>(QStringLiteral("The registry does not answer."));
    press(row("ghcr.io"), "testRegistry");
    QTRY_VERIFY(says(row("ghcr.io"), QStringLiteral("does not answer")));
}

void RegistriesSectionTest::registry_isAdded()
{
    press(m_section.get(), "addRegistry");
    QVERIFY(part<QLineEdit>("address")->isVisible());
    part<QLineEdit>("address")->setText(QStringLiteral(" registry.example.net "));
    part<QLineEdit>("username")->setText(QStringLiteral("mara"));
    part<QLineEdit>("secret")->setText(QStringLiteral(" with spaces "));
    part<QPlainTextEdit>("mirrors")->setPlainText(QStringLiteral("https://one\n\n  https://two \n"));
    press(sheet(), "verbButton");
    QTRY_COMPARE(backend().count<contracts::CreateRegistry>(), 1);
    const auto made = backend().last<contracts::CreateRegistry>();
    QCOMPARE(made.registry, QStringLiteral("registry.example.net"));
    QCOMPARE(made.username, std::optional(QStringLiteral("mara")));
    QCOMPARE(made.password, std::optional(QStringLiteral(" with spaces ")));
    QVERIFY(!made.identityToken);
    QCOMPARE(made.mirrors->size(), std::size_t(2));
    QCOMPARE(made.mirrors->back(), QStringLiteral("https://two"));
    QCOMPARE(made.insecure, std::optional(false));
    QTRY_VERIFY(sheet() == nullptr);
}

void RegistriesSectionTest::secret_isNeverShown_andStaysWithoutAnother()
{
    edit("docker.io");
    auto *secret = part<QLineEdit>("secret");
    QCOMPARE(secret->text(), QString());
    QCOMPARE(secret->placeholderText(), QStringLiteral("kept"));
    QCOMPARE(secret->echoMode(), QLineEdit::Password);
    QVERIFY(!part<QLineEdit>("address")->isVisible());
    // Another user needs it again.
    part<QLineEdit>("username")->setText(QStringLiteral("other"));
    QCOMPARE(secret->placeholderText(), QString());
    QVERIFY(says(sheet(), QStringLiteral("needs its password again")));
    part<QLineEdit>("username")->clear();
    QVERIFY(says(sheet(), QStringLiteral("is forgotten")));
    part<QLineEdit>("username")->setText(QStringLiteral("mara"));
    press(sheet(), "verbButton");
    QTRY_COMPARE(backend().count<contracts::ChangeRegistry>(), 1);
    const auto change = backend().last<contracts::ChangeRegistry>();
    QCOMPARE(change.id, QStringLiteral("docker.io"));
    QVERIFY(!change.password);
    QVERIFY(!change.identityToken);
}

void RegistriesSectionTest::secret_isSent_whenTyped()
{
    edit("docker.io");
    part<QComboBox>("secretKind")->setCurrentIndex(1);
    part<QLineEdit>("secret")->setText(QStringLiteral("token"));
    press(sheet(), "verbButton");
    QTRY_COMPARE(backend().count<contracts::ChangeRegistry>(), 1);
    QCOMPARE(
        backend().last<contracts::ChangeRegistry>().identityToken, std::optional(QStringLiteral("token")));
    QVERIFY(!backend().last<contracts::ChangeRegistry>().password);
}

void RegistriesSectionTest::insecure_warns()
{
    edit("docker.io");
    auto *warning = part<ui::Banner>("insecureWarning");
    QVERIFY(!warning->isVisibleTo(sheet()));
    part<QCheckBox>("insecure")->setChecked(true);
    QVERIFY(warning->isVisibleTo(sheet()));
    press(sheet(), "verbButton");
    QTRY_COMPARE(backend().count<contracts::ChangeRegistry>(), 1);
    QVERIFY(backend().last<contracts::ChangeRegistry>().insecure);
}

void RegistriesSectionTest::certificates_areReadFromAFile()
{
    edit("registry.example.net:5000");
    const QString name = m_fixture->folder.filePath(QStringLiteral("ca.pem"));
    const auto write = [&](const QByteArray &content) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    };
    write("not a certificate");
    QVERIFY(QMetaObject::invokeMethod(sheet(), "readCertificates", Q_ARG(QString, name)));
    QVERIFY(says(sheet(), QStringLiteral("holds no certificates")));
    write("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    QVERIFY(QMetaObject::invokeMethod(sheet(), "readCertificates", Q_ARG(QString, name)));
    QVERIFY(!says(sheet(), QStringLiteral("holds no certificates")));
    press(sheet(), "verbButton");
    QTRY_COMPARE(backend().count<contracts::ChangeRegistry>(), 1);
    QVERIFY(backend().last<contracts::ChangeRegistry>().caCertificates->startsWith(
        QStringLiteral("-----BEGIN CERTIFICATE-----\nMIIB")));
}

void RegistriesSectionTest::refusal_isShownAtItsField()
{
    backend().on<contracts::CreateRegistry>([](const auto &) {
        return core::Result<contracts::Registry>(core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral("A mirror begins with https://, for example https://mirror.example.net."),
            QStringLiteral("mirrors/0")));
    });
    press(m_section.get(), "addRegistry");
    press(sheet(), "verbButton");
    QTRY_VERIFY(says(sheet(), QStringLiteral("A mirror begins with https://")));
    QVERIFY(!part<ui::Banner>("formError")->isVisible());
}

void RegistriesSectionTest::unknownRegistry_getsItsFirstSettings()
{
    edit("ghcr.io");
    part<QLineEdit>("username")->setText(QStringLiteral("mara"));
    part<QLineEdit>("secret")->setText(QStringLiteral("x"));
    press(sheet(), "verbButton");
    QTRY_COMPARE(backend().count<contracts::CreateRegistry>(), 1);
    QCOMPARE(backend().last<contracts::CreateRegistry>().registry, QStringLiteral("ghcr.io"));
    QCOMPARE(backend().count<contracts::ChangeRegistry>(), 0);
}

void RegistriesSectionTest::remove_namesTheRegistry_andCalls()
{
    backend().answer<contracts::RemoveRegistry>({});
    press(row("docker.io"), "removeRegistry");
    QCOMPARE(sheet()->windowTitle(), QStringLiteral("Remove the settings of docker.io?"));
    std::vector<contracts::Registry> registries = sampleRegistries();
    registries.erase(registries.begin());
    backend().answer<contracts::ListRegistries>({registries});
    press(sheet(), "verbButton");
    QTRY_COMPARE(backend().count<contracts::RemoveRegistry>(), 1);
    QTRY_VERIFY(row("docker.io") == nullptr);
    QVERIFY(row("ghcr.io") != nullptr);
}

void RegistriesSectionTest::webhook_isShownOnce_andCopied()
{
    contracts::Webhook made;
    made.id = QStringLiteral("h-2");
    made.name = QStringLiteral("Harbor");
    made.path = QStringLiteral("/api/v1/webhooks/registry/secret");
    made.createdAt = sampleNow();
    backend().answer<contracts::CreateWebhook>(made);
    press(m_section.get(), "newWebhook");
    part<QLineEdit>("name")->setText(QStringLiteral("Harbor"));
    QVERIFY(!part<QLineEdit>("address")->isVisible());
    press(sheet(), "verbButton");
    QTRY_VERIFY(part<QLineEdit>("address")->isVisible());
    QCOMPARE(part<QLineEdit>("address")->text(), *made.path);
    QVERIFY(says(sheet(), QStringLiteral("not shown again")));
    press(sheet(), "copyAddress");
    QCOMPARE(QGuiApplication::clipboard()->text(), *made.path);
    press(sheet(), "verbButton");
    QTRY_VERIFY(sheet() == nullptr);
    QCOMPARE(backend().count<contracts::CreateWebhook>(), 1);
}

void RegistriesSectionTest::webhook_isClosed()
{
    backend().answer<contracts::RemoveWebhook>({});
    QTRY_VERIFY(m_section->findChild<QPushButton *>(QStringLiteral("removeWebhook")) != nullptr);
    press(m_section.get(), "removeWebhook");
    QCOMPARE(sheet()->windowTitle(), QStringLiteral("Close the address Docker Hub?"));
    press(sheet(), "verbButton");
    QTRY_COMPARE(backend().last<contracts::RemoveWebhook>().id, QStringLiteral("h-1"));
}

void RegistriesSectionTest::failure_canBeTriedAgain()
{
    backend().refuse<contracts::ListRegistries>(QStringLiteral("The database is locked."));
    m_section = std::make_unique<ui::RegistriesSection>(backend(), nullptr, sampleNow);
    m_section->show();
    QTRY_VERIFY(says(m_section.get(), QStringLiteral("The database is locked.")));
    backend().answer<contracts::ListRegistries>({sampleRegistries()});
    const auto buttons = m_section->findChildren<QPushButton *>();
    const auto again = std::ranges::find_if(
        buttons, [](const QPushButton *button) { return button->text() == QLatin1String("Try again"); });
    QVERIFY(again != buttons.end());
    (*again)->click();
    QTRY_VERIFY(row("docker.io") != nullptr);
    QVERIFY(!says(m_section.get(), QStringLiteral("The database is locked.")));
}

void RegistriesSectionTest::offline_disablesWhatAsks()
{
    backend().setConnection(contracts::Backend::Connection::Disconnected);
    for (const char *name : {"addRegistry", "newWebhook", "testRegistry", "editRegistry", "removeWebhook"}) {
        QVERIFY2(!m_section->findChild<QPushButton *>(QLatin1String(name))->isEnabled(), name);
    }
}

void RegistriesSectionTest::section_standsInTheSettings()
{
    ui::MainWindow window(backend(), m_fixture->preferences);
    auto *section = new ui::RegistriesSection(backend(), nullptr, sampleNow);
    window.addSettings(section);
    window.showPage(ui::PageId::Settings);
    window.show();
    QVERIFY(window.page(ui::PageId::Settings)->isAncestorOf(section));
    QVERIFY(section->isVisible());
}

void RegistriesSectionTest::everything_hasAName()
{
    QCOMPARE(namelessObjects(m_section.get()), QStringList());
    edit("docker.io");
    QCOMPARE(namelessObjects(sheet()), QStringList());
    sheet()->reject();
    QTRY_VERIFY(sheet() == nullptr);
    press(m_section.get(), "newWebhook");
    QCOMPARE(namelessObjects(sheet()), QStringList());
}

QTEST_MAIN(RegistriesSectionTest)
#include "tst_registriessection.moc"
