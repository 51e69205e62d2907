// What the window remembers, where there is a place to write and where there is none.
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/workspace_settings.h"

using namespace chladni;

TEST_CASE("Views and recent files come back in the next session") {
  const test::Scratch scratch;
  const QString store = ui::toQString(scratch / "settings.ini");
  const std::filesystem::path odd = "/music/ein Stück = \"laut\", %41.wav";
  {
    const auto settings = ui::WorkspaceSettings::inFile(store);
    settings->setView(odd, {1.25, 7.5, 3.0});
    for (int i = 0; i < 20; ++i) settings->addRecentFile(QString("/music/%1.wav").arg(i));
    settings->addRecentFile("/music/15.wav");
  }
  const auto settings = ui::WorkspaceSettings::inFile(store);
  const auto view = settings->view(odd);
  REQUIRE(view);
  CHECK(view->from == Approx(1.25));
  CHECK(view->to == Approx(7.5));
  CHECK(view->playhead == Approx(3.0));
  CHECK_FALSE(settings->view("/music/other.wav"));
  const QStringList recent = settings->recentFiles();
  CHECK(recent.size() == ui::WorkspaceSettings::kRecentFiles);
  CHECK(recent.first() == "/music/15.wav");
  CHECK(recent.count("/music/15.wav") == 1);
}

TEST_CASE("Only the newest views are kept") {
  const auto settings = ui::WorkspaceSettings::inMemory();
  for (int i = 0; i < ui::WorkspaceSettings::kRememberedViews + 5; ++i) {
    settings->setView("/music/" + std::to_string(i) + ".wav", {0.0, 1.0, 0.5});
  }
  CHECK_FALSE(settings->view("/music/0.wav"));
  CHECK(settings->view("/music/" + std::to_string(ui::WorkspaceSettings::kRememberedViews + 4) + ".wav"));
}

TEST_CASE("Where nothing can be written, settings work for the session") {
  const auto settings = ui::WorkspaceSettings::inFile("/proc/nowhere/settings.ini");
  settings->setValue("theme", "dark");
  settings->addRecentFile("/music/a.wav");
  CHECK(settings->value("theme").toString() == "dark");
  CHECK(settings->recentFiles() == QStringList("/music/a.wav"));
}
