#pragma once

#include "decisionsamples.h"
#include "guifixture.h"

#include <pages/containerspage.h>

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <memory>

namespace dockerauto::test {

/// The containers page over the samples with decisions, and ways to use it as a person does.
class ContainersWorld
{
public:
    ContainersWorld() { scriptDecisions(fixture.backend); }

    void open()
    {
        page = std::make_unique<ui::ContainersPage>(fixture.backend, fixture.preferences, nullptr, sampleNow);
        page->resize(1220, 860);
        page->show();
        page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QTRY_VERIFY(table()->isVisible());
    }
    /// With its panel.
    void openAt(const QString &name)
    {
        open();
        page->showContainer(QStringLiteral("c-") + name);
        QVERIFY(child<QWidget>("detailPanel")->isVisible());
    }

    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return page->findChild<Widget *>(QLatin1String(name));
    }
    [[nodiscard]] QTreeView *table() const { return child<QTreeView>("containerTable"); }
    [[nodiscard]] QString cell(const QString &name, int column) const
    {
        const auto found = table()->model()->match(
            table()->model()->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? QString() : found.first().siblingAtColumn(column).data().toString();
    }
    void press(const char *button) const
    {
        auto *found = child<QPushButton>(button);
        QVERIFY2(found != nullptr && found->isVisible() && found->isEnabled(), button);
        QTest::mouseClick(found, Qt::LeftButton);
    }
    /// An action of the menu of the chosen container; its name, or that of a submenu.
    template <class Action>
    [[nodiscard]] Action *inMenu(const char *name) const
    {
        if (auto *menu = child<QMenu>("containerMenu"); menu != nullptr) {
            delete menu;
        }
        press("detailMore");
        auto *menu = child<QMenu>("containerMenu");
        return menu == nullptr ? nullptr : menu->findChild<Action *>(QLatin1String(name));
    }
    /// True when a visible label, or the notice over the page, has the text in it.
    [[nodiscard]] bool says(const QString &text) const
    {
        const auto labels = page->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }
    void pressSaying(const QString &text) const
    {
        for (QPushButton *button : page->findChildren<QPushButton *>()) {
            if (button->text() == text && button->isVisible()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable(text));
    }

    GuiFixture fixture;
    std::unique_ptr<ui::ContainersPage> page;
};

} // namespace dockerauto::test
