// Keys of the window's actions: presets, keys of one's own, what happens to those that had them, and what says them.
#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QPushButton>
#include <QTest>
#include <QTranslator>
#include <QTreeWidget>

#include "tests/gui/window/bench.h"
#include "ui/actions/action_search.h"
#include "ui/actions/key_map.h"
#include "ui/actions/key_presets.h"
#include "ui/actions/keys_dialog.h"
#include "ui/actions/one_key_edit.h"
#include "ui/workspace/language.h"
#include "ui/workspace/time_area.h"
#include "widgets/labels/label_lane.h"
#include "widgets/prediction/class_lane.h"

using namespace chladni;
using test::Bench;
using ui::KeyMap;

namespace {

// The dialog as a person has it before them.
struct Dialog {
  explicit Dialog(Bench& of) : bench(of) {
    bench.window->actions().find("keys")->trigger();
    shown = bench.part<ui::KeysDialog>("keysDialog");
    REQUIRE(shown != nullptr);
    REQUIRE(test::waitFor([&] { return shown->isActiveWindow(); }));
  }
  template <class T>
  T& part(const char* name) {
    auto* found = shown->findChild<T*>(QString::fromLatin1(name));
    REQUIRE(found != nullptr);
    return *found;
  }
  QTreeWidgetItem* row(const QString& action) {
    auto& table = part<QTreeWidget>("keysTable");
    for (int n = 0; n < table.topLevelItemCount(); ++n)
      if (table.topLevelItem(n)->data(0, Qt::UserRole).toString() == action) return table.topLevelItem(n);
    return nullptr;
  }
  void choose(const QString& action) { part<QTreeWidget>("keysTable").setCurrentItem(row(action)); }
  void preset(const QString& id) {
    auto& presets = part<QComboBox>("keysPreset");
    presets.setCurrentIndex(presets.findData(id));
    Q_EMIT presets.activated(presets.currentIndex());
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(&part<ui::OneKeyEdit>("keysPress"), key, modifiers); }
  void click(const char* name) { part<QPushButton>(name).click(); }
  void close(const char* name) {
    click(name);
    REQUIRE(test::waitFor([&] { return bench.part<ui::KeysDialog>("keysDialog") == nullptr; }));
    bench.window->activateWindow();
    REQUIRE(test::waitFor([&] { return bench.window->isActiveWindow(); }));
  }
  QString says() { return part<QLabel>("keysSays").text(); }
  QString keys(const QString& action) { return row(action)->text(2); }

  Bench& bench;
  ui::KeysDialog* shown = nullptr;
};

void openTone(Bench& bench) {
  bench.window->openFile(bench.sound("tone.wav", 20.0));
  REQUIRE(bench.settle());
  bench.window->activateWindow();
  REQUIRE(test::waitFor([&] { return bench.window->isActiveWindow(); }));
  bench.window->timeArea().setFocus();
}

// Whether the key began or ended playing.
bool plays(Bench& bench, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  const bool before = bench.window->playback().playing();
  bench.window->timeArea().setFocus();
  QTest::keyClick(&bench.window->timeArea(), key, modifiers);
  const bool changed = bench.window->playback().playing() != before;
  bench.window->playback().pause();
  return changed;
}

std::vector<KeyMap::Action> knownActions(Bench& bench) {
  std::vector<KeyMap::Action> known;
  for (const auto& entry : bench.window->actions().entries()) known.push_back({entry.action->objectName(), entry.keys, entry.within});
  return known;
}

QString tip(Bench& bench, const char* action) { return bench.window->actions().find(action)->toolTip(); }

}  // namespace

TEST_CASE("Keys: every preset names actions that there are and gives no key to two of them") {
  Bench bench;
  const auto known = knownActions(bench);
  for (const ui::KeyPreset& preset : ui::keyPresets()) {
    INFO(preset.id.toStdString());
    KeyMap map(known);
    map.setPreset(preset.id);
    for (const QString& action : preset.keys.keys()) {
      INFO(action.toStdString());
      CHECK(bench.window->actions().find(action) != nullptr);
      for (const QKeySequence& key : preset.keys.value(action)) {
        INFO(key.toString().toStdString());
        CHECK(KeyMap::usable(key));
        CHECK(QKeySequence(key.toString()) == key);
      }
    }
    for (const auto& action : known) {
      INFO(action.id.toStdString());
      CHECK_FALSE(map.changed(action.id));  // a key that another one has would be gone
    }
    CHECK(map.changes() == 0);
  }
  for (const auto& action : known) CHECK(KeyMap(known).keys(action.id) == action.keys);
}

TEST_CASE("Keys: one key may do two things in two places that do not meet") {
  const int here = 0, there = 0;
  const QKeySequence x(Qt::Key_X), y(Qt::Key_Y);
  KeyMap map({{"here", {x}, &here}, {"there", {y}, &there}, {"everywhere", {}, nullptr}});
  CHECK(map.owner(x, "there").isEmpty());
  map.add("there", x);
  CHECK(map.keys("here") == KeyMap::Keys{x});
  CHECK(map.keys("there") == KeyMap::Keys{y, x});
  CHECK_FALSE(map.owner(x, "everywhere").isEmpty());
  map.add("everywhere", x);
  CHECK(map.keys("here").isEmpty());
  CHECK(map.keys("there") == KeyMap::Keys{y});
  map.reset("everywhere");
  CHECK(map.changes() == 0);
}

TEST_CASE("Keys: a preset's key plays and the old one does not") {
  Bench bench;
  openTone(bench);
  REQUIRE(plays(bench, Qt::Key_Space));
  Dialog dialog(bench);
  dialog.preset("elan");
  CHECK(plays(bench, Qt::Key_Space) == false);  // the dialog is in front: nothing of the window is pressed
  dialog.close("keysOk");
  CHECK(plays(bench, Qt::Key_Space, Qt::ControlModifier));
  CHECK_FALSE(plays(bench, Qt::Key_Space));
  bench.window.reset();
  bench.makeWindow();
  openTone(bench);
  CHECK(plays(bench, Qt::Key_Space, Qt::ControlModifier));
  CHECK(Dialog(bench).part<QComboBox>("keysPreset").currentData() == "elan");
}

TEST_CASE("Keys: Tab plays in the lanes as in Praat, and goes on everywhere else") {
  Bench bench;
  openTone(bench);
  Dialog dialog(bench);
  dialog.preset("praat");
  dialog.close("keysOk");
  CHECK(plays(bench, Qt::Key_Tab));
  auto* search = bench.part<ui::ActionSearch>("actionSearch");
  search->setFocus();
  QTest::keyClick(search, Qt::Key_Tab);
  CHECK_FALSE(bench.window->playback().playing());
  CHECK_FALSE(search->hasFocus());
}

TEST_CASE("Keys: one of one's own is kept, named and searched for") {
  Bench bench;
  openTone(bench);
  {
    Dialog dialog(bench);
    dialog.choose("play");
    dialog.press(Qt::Key_K, Qt::AltModifier);
    CHECK(dialog.says().contains("free"));
    dialog.click("keysAdd");
    CHECK(dialog.part<QListWidget>("keysHeld").count() == 2);
    dialog.part<QListWidget>("keysHeld").setCurrentRow(0);
    dialog.click("keysRemove");
    CHECK(dialog.keys("play") == "Alt+K");
    test::keepDialog(*dialog.shown, "keys-own");
    dialog.close("keysOk");
  }
  const auto check = [&] {
    CHECK(plays(bench, Qt::Key_K, Qt::AltModifier));
    CHECK_FALSE(plays(bench, Qt::Key_Space));
    CHECK(tip(bench, "play") == "Play or pause (Alt+K)");
    CHECK(bench.part<QWidget>("button.play")->toolTip() == "Play or pause (Alt+K)");
    bench.part<ui::ActionSearch>("actionSearch")->begin();
    auto* list = bench.part<QListWidget>("actionSearchList");
    bool named = false;
    for (int n = 0; n < list->count(); ++n) named = named || list->item(n)->data(Qt::UserRole + 1).toString() == "Alt+K";
    CHECK(named);
  };
  check();
  bench.window.reset();
  bench.makeWindow();
  openTone(bench);
  check();
}

TEST_CASE("Keys: who has a key is told before it is taken, and the other one loses it") {
  Bench bench;
  openTone(bench);
  Dialog dialog(bench);
  dialog.choose("fit");
  dialog.press(Qt::Key_L);
  CHECK(dialog.says().contains("“Loop” (Play)"));
  CHECK(dialog.keys("loop") == "L");  // nothing is taken yet
  test::keepDialog(*dialog.shown, "keys-clash");
  dialog.click("keysAdd");
  CHECK(dialog.keys("fit") == "F, L");
  CHECK(dialog.keys("loop").isEmpty());
  CHECK(dialog.says().contains("no key"));
  dialog.close("keysOk");
  auto& area = bench.window->timeArea();
  area.setVisible(1.0, 2.0);
  QTest::keyClick(&area, Qt::Key_L);
  CHECK(area.visible().second == Approx(20.0));
  CHECK_FALSE(bench.window->actions().find("loop")->isChecked());
}

TEST_CASE("Keys: a cancel changes nothing") {
  Bench bench;
  openTone(bench);
  Dialog dialog(bench);
  dialog.preset("audacity");
  dialog.choose("play");
  dialog.press(Qt::Key_F9);
  dialog.click("keysAdd");
  dialog.close("keysCancel");
  CHECK(plays(bench, Qt::Key_Space));
  CHECK_FALSE(plays(bench, Qt::Key_F9));
  CHECK_FALSE(plays(bench, Qt::Key_P));
  Dialog again(bench);
  CHECK(again.part<QComboBox>("keysPreset").currentData() == "default");
  CHECK(again.keys("play") == "Space");
}

TEST_CASE("Keys: back to the preset takes its keys from whoever has them now, and says so") {
  Bench bench;
  Dialog dialog(bench);
  dialog.choose("fit");
  CHECK_FALSE(dialog.part<QPushButton>("keysReset").isEnabled());
  dialog.press(Qt::Key_L);
  dialog.click("keysAdd");
  dialog.choose("loop");
  CHECK(dialog.says().contains("“Fit” (View)"));
  dialog.click("keysReset");
  CHECK(dialog.keys("loop") == "L");
  CHECK(dialog.keys("fit") == "F");
  CHECK(dialog.shown->map().changes() == 0);
  dialog.close("keysOk");
}

TEST_CASE("Keys: those of the classes are fixed, and letters type in a field") {
  Bench bench;
  openTone(bench);
  Dialog dialog(bench);
  dialog.choose("play");
  dialog.press(Qt::Key_3);
  CHECK_FALSE(dialog.part<QPushButton>("keysAdd").isEnabled());
  CHECK(dialog.says().contains("class"));
  dialog.choose({});
  CHECK_FALSE(dialog.part<ui::OneKeyEdit>("keysPress").isEnabled());
  dialog.choose("play");
  dialog.press(Qt::Key_X);
  dialog.click("keysAdd");
  dialog.press(Qt::Key_Return);
  CHECK(dialog.says().contains("lanes"));
  dialog.close("keysOk");
  CHECK(plays(bench, Qt::Key_X));
  auto* search = bench.part<ui::ActionSearch>("actionSearch");
  search->setFocus();
  QTest::keyClick(search, Qt::Key_X);
  CHECK(search->text() == "x");
  CHECK_FALSE(bench.window->playback().playing());
}

TEST_CASE("Keys: sentences in the window name the keys that are chosen") {
  Bench bench;
  openTone(bench);
  auto& lane = bench.window->timeArea().labels();
  CHECK(lane.message().contains("Ctrl+Shift+N"));
  CHECK(bench.part<ui::ActionSearch>("actionSearch")->placeholderText().contains("Ctrl+K"));
  Dialog dialog(bench);
  dialog.choose("newProject");
  dialog.click("keysRemove");
  dialog.choose("searchActions");
  dialog.press(Qt::Key_F6);
  dialog.click("keysAdd");
  dialog.click("keysRemove");
  dialog.close("keysOk");
  CHECK(lane.message().contains("File > New project"));
  CHECK(bench.part<ui::ActionSearch>("actionSearch")->placeholderText().contains("F6"));
}

TEST_CASE("Keys: rubbish in the settings is passed over") {
  Bench bench;
  {
    const auto settings = ui::WorkspaceSettings::inFile(ui::toQString(bench.scratch / "settings.ini"));
    settings->setValue("keyPreset", "no such thing");
    settings->setValue("keys/play", QStringList{"Ctrl+Nonsense", "F10", "", "Ctrl+A, Ctrl+B", "3", "Shift", "F10"});
    settings->setValue("keys/loop", QStringList{"\x01\xff", "banana split"});
    settings->setValue("keys/fit", QVariant(7));
    settings->setValue("keys/noSuchAction", QStringList{"F11"});
    settings->setValue("keys/zoomIn", QStringList{"F10"});   // has the action before it
    settings->setValue("keys/analyse", QStringList{"none"});
    settings->setValue("keys/labelPoint", QStringList{";", ",", "Ctrl+,"});
  }
  bench.window.reset();
  bench.makeWindow();
  const auto keys = [&](const char* action) { return ui::keysText(bench.window->actions().find(action)->shortcuts()); };
  CHECK(keys("play") == "F10");
  CHECK(keys("loop") == "L");
  CHECK(keys("fit") == "F");
  CHECK(keys("zoomIn").isEmpty());
  CHECK(keys("analyse").isEmpty());
  CHECK(keys("labelPoint") == ";, ,, Ctrl+,");
  CHECK(keys("stepBack").isEmpty());
}

TEST_CASE("Keys: a letter of the menu bar that becomes a key opens no menu") {
  auto& application = test::application();
  REQUIRE(ui::useLanguage(application, "de"));
  {
    Bench bench;
    REQUIRE(bench.window->menuBar()->actions().first()->text() == "&Datei");
    Dialog dialog(bench);
    dialog.preset("elan");  // Alt+D deletes
    test::keepDialog(*dialog.shown, "keys-german");
    dialog.close("keysOk");
    CHECK(bench.window->menuBar()->actions().first()->text() == "Datei");
    Dialog again(bench);
    again.preset("default");
    again.close("keysOk");
    CHECK(bench.window->menuBar()->actions().first()->text() == "&Datei");
  }
  for (auto* translator : application.findChildren<QTranslator*>()) delete translator;
  QLocale::setDefault(QLocale::c());
}

TEST_CASE("Keys: the dialog is worked by keyboard, fits a small screen and turns with the writing") {
  auto& application = test::application();
  for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
    application.setLayoutDirection(direction);
    Bench bench;
    Dialog dialog(bench);
    CHECK(dialog.shown->minimumSizeHint().width() <= 1000);
    CHECK(dialog.shown->minimumSizeHint().height() <= 650);
    for (auto* part : dialog.shown->findChildren<QWidget*>()) {
      if ((part->focusPolicy() & Qt::TabFocus) == 0 || !part->isVisible() || part->objectName().startsWith("qt_")) continue;
      QAccessibleInterface* access = QAccessible::queryAccessibleInterface(part);
      INFO(part->metaObject()->className() << " " << part->objectName().toStdString());
      REQUIRE(access != nullptr);
      CHECK_FALSE(access->text(QAccessible::Name).trimmed().isEmpty());
    }
    auto& search = dialog.part<QLineEdit>("keysSearch");
    QTest::keyClicks(&search, "loop");
    auto& table = dialog.part<QTreeWidget>("keysTable");
    CHECK(table.currentItem()->data(0, Qt::UserRole).toString() == "loop");
    QTest::keyClick(&search, Qt::Key_Return);
    REQUIRE(bench.part<ui::KeysDialog>("keysDialog") != nullptr);
    CHECK(table.hasFocus());
    QTest::keyClick(&table, Qt::Key_Return);
    CHECK(dialog.part<ui::OneKeyEdit>("keysPress").hasFocus());
    dialog.press(Qt::Key_Escape);
    CHECK(dialog.says().contains("Cancel"));  // a key like another, and no way out
    QTest::keyClick(&dialog.part<ui::OneKeyEdit>("keysPress"), Qt::Key_Tab);
    CHECK(dialog.part<QPushButton>("keysAdd").hasFocus());
    QTest::keyClicks(&search, " nowhere");
    CHECK(dialog.part<QLabel>("keysName").text().contains("nowhere"));
    search.clear();
    dialog.choose("play");
    const QString name = direction == Qt::LeftToRight ? "keys" : "keys-right-to-left";
    for (const char* theme : {"light", "dark"}) {
      bench.window->setTheme(theme);
      test::keepDialog(*dialog.shown, name + "-" + theme);
    }
    bench.window->setTheme("light");
    dialog.close("keysCancel");
  }
  application.setLayoutDirection(Qt::LeftToRight);
}
