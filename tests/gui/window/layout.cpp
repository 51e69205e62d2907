// The first arrangement at 1440 x 900, in every language: tabs that can be read, bars that can be compared; and when a picture
// of the window is given up.
#include <QDockWidget>
#include <QHelpEvent>
#include <QTabBar>
#include <QLocale>
#include <QTest>
#include <QTranslator>
#include <QToolTip>

#include "tests/gui/window/bench.h"
#include "ui/docks/prediction_dock.h"
#include "ui/picture/patience.h"
#include "ui/workspace/dock_tabs.h"
#include "ui/workspace/elided_label.h"
#include "ui/workspace/language.h"
#include "widgets/prediction/prediction_panel.h"

using namespace chladni;
using test::Bench;

namespace {

void checkTabs(Bench& bench) {
  int tabs = 0;
  for (auto* bar : bench.window->findChildren<QTabBar*>(Qt::FindDirectChildrenOnly)) {
    if (!bar->isVisible() || bar->count() == 0) continue;
    CHECK(bar->elideMode() == Qt::ElideNone);
    int width = 0;
    for (int n = 0; n < bar->count(); ++n) {
      ++tabs;
      INFO(bar->tabText(n).toStdString() << " " << bar->tabRect(n).width());
      CHECK(bar->tabRect(n).width() >= bar->fontMetrics().horizontalAdvance(bar->tabText(n)) + 12);
      width += bar->tabRect(n).width();
    }
    INFO(bar->tabText(0).toStdString() << ": " << width << " of " << bar->width());
    CHECK(width <= bar->width() + 1);
  }
  CHECK(tabs >= 7);
}

}  // namespace

TEST_CASE("At first every tab can be read and five classes stand at the playhead and for the clip, in each language") {
  const QLocale usual;
  for (const QString& language : ui::languages()) {
    Bench bench;
    INFO(language.toStdString());
    QList<QTranslator*> before = test::application().findChildren<QTranslator*>();
    REQUIRE(ui::useLanguage(test::application(), language));
    bench.window.reset();
    bench.makeWindow();
    bench.window->resize(1440, 900);
    bench.window->openFile(bench.sound("a.wav"));
    REQUIRE(bench.settle());
    checkTabs(bench);
    CHECK(bench.part<widgets::PredictionPanel>()->rows() == 5);
    test::keepPicture(*bench.window, "layout-" + language);
    for (auto* one : test::application().findChildren<QTranslator*>())
      if (!before.contains(one)) {
        QCoreApplication::removeTranslator(one);
        delete one;
      }
    QLocale::setDefault(usual);
  }
}

TEST_CASE("Docks below each other fit on a small screen") {
  Bench bench;
  REQUIRE(bench.settle());
  bench.window->openFile(bench.sound("a.wav"));  // with lanes, which take room
  REQUIRE(bench.settle());
  bench.window->resize(1280, 720);
  for (const char* dock : {"training", "models", "evaluation", "reconstruction", "inspector", "agreement"}) {
    INFO(dock);
    REQUIRE(bench.window->showDock(dock));
    REQUIRE(bench.settle());
    CHECK(bench.window->height() == 720);
    CHECK(bench.window->minimumSizeHint().height() <= 720);
  }
}

TEST_CASE("A short word on a tab has the full name beside it") {
  Bench bench;
  REQUIRE(bench.settle());
  auto* dock = bench.part<QDockWidget>("labels");
  REQUIRE(dock != nullptr);
  CHECK(dock->windowTitle() == "Labels");
  CHECK(dock->accessibleName() == "Label table");
  CHECK(dock->toggleViewAction()->text() == "Label table");
  auto* tabs = bench.part<ui::DockTabs>();
  REQUIRE(tabs != nullptr);
  CHECK(tabs->fullName("Over time") == "Classes over time");
  CHECK(tabs->fullName("Attention") == "Attention");
  for (auto* bar : bench.window->findChildren<QTabBar*>(Qt::FindDirectChildrenOnly))
    for (int n = 0; n < bar->count(); ++n)
      if (bar->tabText(n) == "Labels") CHECK(bar->accessibleTabName(n) == "Label table");
}

TEST_CASE("A name with no room in the tool bar loses its middle, and the tip says all of it") {
  Bench bench;
  REQUIRE(bench.settle());
  bench.window->resize(1440, 900);
  const QString name = QString("an interview of ").repeated(9) + "part 2.wav";
  bench.window->openFile(bench.sound(name.toStdString()));
  REQUIRE(bench.settle());
  const auto* title = bench.part<ui::ElidedLabel>("toolBarTitle");
  REQUIRE(title != nullptr);
  CHECK(title->toolTip().startsWith(name));
  CHECK(title->text().contains(QChar(0x2026)));
  CHECK(title->text().startsWith("an"));
  CHECK(title->fontMetrics().horizontalAdvance(title->text()) <= title->contentsRect().width());
  CHECK(bench.window->width() == 1440);
}

TEST_CASE("A picture is waited for as long as work gets done") {
  CHECK(ui::isWorthWaiting({119.0, 0.0, 0.0}));
  CHECK_FALSE(ui::isWorthWaiting({121.0, 1.0, 0.0}));    // nothing goes on
  CHECK(ui::isWorthWaiting({600.0, 30.0, 3.0}));         // others have the machine
  CHECK_FALSE(ui::isWorthWaiting({140.0, 125.0, 60.0})); // it works and works
  CHECK_FALSE(ui::isWorthWaiting({1900.0, 90.0, 3.0}));
}
