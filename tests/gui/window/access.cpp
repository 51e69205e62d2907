// What everybody can use: every part that takes the keyboard has a name and a role for those who do not see it, Tab reaches
// it, words stand out from what is behind them, and other languages and directions of writing leave the layout whole.
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenuBar>
#include <QSplitterHandle>
#include <QTabBar>
#include <QTranslator>
#include <cmath>
#include <fstream>
#include <set>

#include "core/analysis/recording.h"
#include "core/annotation/label_file.h"
#include "core/base/atomic_file.h"
#include "core/data/class_palette.h"
#include "core/store/project.h"
#include "tests/gui/window/bench.h"
#include "ui/workspace/language.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/theme/class_colours.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/lane.h"

using namespace chladni;
using test::Bench;

namespace {

// Parts of a larger widget which speaks for them.
bool insideAnother(const QWidget* widget) {
  const QWidget* parent = widget->parentWidget();
  // The bars that Qt puts docks into: their tabs have names.
  if (qobject_cast<const QTabBar*>(widget) && qobject_cast<const QMainWindow*>(parent)) return true;
  if (qobject_cast<const QHeaderView*>(widget) || qobject_cast<const QSplitterHandle*>(widget)) return true;
  if (qobject_cast<const QLineEdit*>(widget) && (qobject_cast<const QComboBox*>(parent) || qobject_cast<const QAbstractSpinBox*>(parent))) return true;
  for (const QWidget* above = parent; above != nullptr; above = above->parentWidget())
    if (qobject_cast<const QComboBox*>(above) || QByteArray(above->metaObject()->className()).startsWith("QComboBoxPrivate")) return true;
  return false;
}

QString pathOf(const QWidget* widget) {
  QString path;
  for (; widget != nullptr; widget = widget->parentWidget())
    path = QString::fromLatin1(widget->metaObject()->className()) + (widget->objectName().isEmpty() ? QString() : "#" + widget->objectName()) +
           (path.isEmpty() ? QString() : " > " + path);
  return path;
}

std::vector<QWidget*> keyboardParts(QWidget& window) {
  std::vector<QWidget*> parts;
  for (auto* widget : window.findChildren<QWidget*>())
    if ((widget->focusPolicy() & Qt::TabFocus) && !insideAnother(widget)) parts.push_back(widget);
  return parts;
}

void showEverything(ui::MainWindow& window) {
  for (auto* dock : window.findChildren<QDockWidget*>()) dock->show();
  test::runFor(50);
}

double luminance(const QColor& colour) {
  const auto linear = [](double value) { return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

// WCAG 2.1
double contrast(const QColor& one, const QColor& other) {
  const double a = luminance(one), b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

}  // namespace

TEST_CASE("Whatever takes the keyboard has a name and a role") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  showEverything(*bench.window);
  const auto parts = keyboardParts(*bench.window);
  CHECK(parts.size() > 60);
  for (const QWidget* widget : parts) {
    QAccessibleInterface* access = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
    INFO(pathOf(widget).toStdString());
    REQUIRE(access != nullptr);
    CHECK(access->role() != QAccessible::NoRole);
    CHECK_FALSE(access->text(QAccessible::Name).trimmed().isEmpty());
  }
}

TEST_CASE("Tab goes through the window and comes back") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  bench.window->activateWindow();
  std::set<QWidget*> reached;
  QWidget* first = bench.window->focusWidget();
  REQUIRE(first != nullptr);
  QWidget* now = first;
  for (int i = 0; i < 100'000; ++i) {
    now = now->nextInFocusChain();
    if (now->isVisible() && now->isEnabled() && (now->focusPolicy() & Qt::TabFocus)) reached.insert(now);
    if (now == first) break;
  }
  CHECK(now == first);
  for (QWidget* widget : keyboardParts(*bench.window)) {
    if (!widget->isVisible() || !widget->isEnabled() || widget->window() != bench.window.get()) continue;
    INFO(pathOf(widget).toStdString());
    CHECK(reached.contains(widget));
  }
}

TEST_CASE("Words stand out from what is behind them in both themes") {
  test::application();
  for (const char* name : {"light", "dark"}) {
    widgets::applyTheme(name);
    const auto& theme = widgets::theme();
    for (const auto& [what, ink] : {std::pair{"text", theme.text}, {"quiet", theme.quiet}, {"bad", theme.bad}, {"warn", theme.warn}, {"ok", theme.ok}, {"accent", theme.accent}})
      for (const auto& [where, paper] : {std::pair{"window", theme.window}, {"panel", theme.panel}, {"lane", theme.lane}}) {
        INFO(name << ": " << what << " on " << where);
        CHECK(contrast(ink, paper) >= 4.5);
      }
    CHECK(contrast(theme.onAccent, theme.accent) >= 4.5);
    for (const QColor& paper : {theme.panel, theme.lane}) {
      for (std::size_t place = 0; place < kPaletteColours; ++place) CHECK(contrast(widgets::markColour(paletteColour(place)), paper) >= 3.0);
      for (int n = 0; n < 8; ++n) CHECK(contrast(widgets::seriesColour(n), paper) >= 3.0);
    }
  }
  widgets::applyTheme("light");
}

TEST_CASE("The row that is about to be chosen stands out in a list of choices") {
  Bench bench;
  for (const char* name : {"light", "dark"}) {
    widgets::applyTheme(name);
    auto* models = bench.window->findChild<QComboBox*>("modelChooser");
    REQUIRE(models != nullptr);
    models->showPopup();
    REQUIRE(bench.settle());
    models->view()->setCurrentIndex(models->model()->index(0, 0));
    const QImage list = models->view()->viewport()->grab().toImage();
    const QRect row = models->view()->visualRect(models->model()->index(0, 0));
    CHECK(list.pixelColor(row.right() - 3, row.center().y()) == widgets::theme().accent);
    CHECK(row.height() >= 20);
    models->hidePopup();
  }
  widgets::applyTheme("light");
}

TEST_CASE("What goes wrong is said in the language of the window") {
  auto& application = test::application();
  const test::Scratch scratch;
  std::ofstream(scratch / "empty.wav").flush();
  std::ofstream(scratch / "words.wav") << "no sound at all, only words; and more of them, so that nothing takes this for media\n";
  std::ofstream(scratch / "words.chladni") << "no project";
  std::vector<Error> met;
  for (const char* name : {"gone.wav", "", "empty.wav", "words.wav"}) met.push_back(analysis::Recording::open(scratch / name).error());
  met.push_back(readFile(scratch / "gone", 10).error());
  met.push_back(writeFileAtomically(scratch / "no" / "such" / "folder", "x").error());
  met.push_back(writeFileAtomically(scratch.path(), "x").error());
  met.push_back(store::Project::open(scratch / "gone.chladni").error());
  met.push_back(annotation::readLabelFile(scratch / "words.wav").error());
  for (const Error& error : met) CHECK(ui::toText(error).toStdString() == error.describe());
  REQUIRE(ui::useLanguage(application, "de"));
  for (const Error& error : met) {
    INFO(error.describe());
    CHECK(ui::toText(error).toStdString() != error.describe());
    const std::string line = error.describe();
    CHECK(ui::toText(error).startsWith(ui::toText(line.substr(0, line.find(':')))));  // names stay as they are
  }
  for (auto* translator : application.findChildren<QTranslator*>()) delete translator;
  QLocale::setDefault(QLocale::c());
}

TEST_CASE("Every language that is built in speaks") {
  auto& application = test::application();
  CHECK(ui::languages().contains("en"));
  CHECK(ui::languages().contains("de"));
  CHECK_FALSE(ui::useLanguage(application, "xx"));
  REQUIRE(ui::useLanguage(application, "de"));
  {
    Bench bench;
    bench.window->openFile(bench.sound("tone.wav"));
    REQUIRE(bench.settle());
    CHECK(bench.window->menuBar()->actions().first()->text() == "&Datei");
    CHECK(bench.window->actions().find("open")->text() == QString::fromUtf8("&Öffnen …"));
    test::keepPicture(*bench.window, "german");
  }
  for (auto* translator : application.findChildren<QTranslator*>()) delete translator;
  QLocale::setDefault(QLocale::c());
  Bench bench;
  CHECK(bench.window->menuBar()->actions().first()->text() == "&File");
}

TEST_CASE("Writing from right to left turns the window and nothing falls out of it") {
  auto& application = test::application();
  application.setLayoutDirection(Qt::RightToLeft);
  {
    Bench bench;
    bench.window->resize(1440, 900);
    bench.window->openFile(bench.sound("tone.wav"));
    REQUIRE(bench.settle());
    const QRect whole = bench.window->rect();
    for (auto* widget : bench.window->findChildren<QWidget*>()) {
      if (!widget->isVisible() || widget->window() != bench.window.get() || widget->visibleRegion().isEmpty()) continue;
      if (qobject_cast<QAbstractScrollArea*>(widget->parentWidget() ? widget->parentWidget()->parentWidget() : nullptr)) continue;
      const QRect place(widget->mapTo(bench.window.get(), QPoint(0, 0)), widget->size());
      INFO(pathOf(widget).toStdString());
      CHECK(place.intersects(whole));
      if (qobject_cast<QDockWidget*>(widget)) CHECK(widget->layoutDirection() == Qt::RightToLeft);
      if (qobject_cast<widgets::Lane*>(widget)) CHECK(widget->layoutDirection() == Qt::LeftToRight);  // time does not turn
    }
    test::keepPicture(*bench.window, "right-to-left");
  }
  application.setLayoutDirection(Qt::LeftToRight);
}
