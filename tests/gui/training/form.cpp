// The way to a new run: presets, every field of the recipe, data looked at before the start, the recipe that results.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTranslator>

#include "core/base/atomic_file.h"
#include "core/training/recipe_presets.h"
#include "tests/gui/training/learning_bench.h"
#include "ui/training/data_page.h"
#include "ui/training/new_run_dialog.h"
#include "ui/training/recipe_form.h"
#include "ui/training/recipe_words.h"
#include "ui/workspace/language.h"
#include "ui/workspace/text.h"

using namespace chladni;
using test::LearningBench;

TEST_CASE("The form has an editor for every field, says what is wrong, and sets back") {
  test::application();
  ui::RecipeForm form({"preset", "family", "task", "title", "start", "data", "source"});
  const auto preset = *training::presetRecipe("tiny-ast");
  form.setRecipe(preset, preset);
  CHECK(form.changedFields() == 0);
  REQUIRE(form.recipe());
  CHECK(*form.recipe() == preset);
  for (const auto& field : training::recipeFields()) {
    const QString name = QString::fromUtf8(field.name.data(), static_cast<qsizetype>(field.name.size()));
    if (QStringList{"preset", "family", "task", "title", "start", "data", "source"}.contains(name)) continue;
    const auto* editor = form.findChild<QWidget*>("field." + name);
    REQUIRE(editor != nullptr);
    CHECK_FALSE(editor->accessibleDescription().isEmpty());
  }
  auto* batch = form.findChild<QLineEdit*>("field.batch");
  REQUIRE(batch != nullptr);
  batch->setText("many");
  CHECK_FALSE(form.recipe());
  batch->setText("0");
  REQUIRE_FALSE(form.recipe());
  CHECK(form.recipe().error().message.find("batch") != std::string::npos);
  batch->setText("4");
  REQUIRE(form.recipe());
  CHECK(form.recipe()->batch == 4);
  CHECK(form.changedFields() == 1);
  form.findChild<QComboBox*>("field.optimiser")->setCurrentText("muon");
  CHECK(form.recipe()->optimiser == "muon");
  CHECK(form.changedFields() == 2);
  batch->setText(QString::number(preset.batch));
  CHECK(form.changedFields() == 1);
}

TEST_CASE("From preset over data to a recipe that is saved as the command line wants it") {
  LearningBench bench;
  REQUIRE(bench.settle());
  const auto data = bench.data(10, 4);
  auto* dialog = bench.desk().training().newRun();
  dialog->choosePreset("tiny-ast");
  CHECK_FALSE(dialog->recipe());  // no data yet
  dialog->showPage(1);
  dialog->data().setPath(ui::toQString(data));
  REQUIRE(test::waitFor([&] { return !dialog->data().looking(); }));
  CHECK(dialog->data().problem().isEmpty());
  REQUIRE(dialog->data().check());
  CHECK(dialog->data().check()->report.classes.size() == 2);
  const QString remarks = dialog->findChild<QLabel*>("dataRemarks")->text();
  CHECK(remarks.contains("few examples"));
  CHECK(remarks.contains("batch of 16"));
  test::runFor(50);
  test::keepDialog(*dialog, "new-run-data");

  // Wrong data are said at once, and do not let the run begin.
  dialog->data().setPath("/proc/nowhere/at/all");
  REQUIRE(test::waitFor([&] { return !dialog->data().looking(); }));
  CHECK_FALSE(dialog->data().problem().isEmpty());
  dialog->showPage(4);
  auto* start = dialog->findChild<QPushButton*>("newRunStart");
  CHECK_FALSE(start->isEnabled());
  dialog->data().setPath(ui::toQString(data));
  dialog->showPage(3);
  dialog->findChild<QLineEdit*>("field.batch")->setText("4");
  dialog->findChild<QLineEdit*>("field.epochs")->setText("2");
  test::keepDialog(*dialog, "new-run-settings");
  REQUIRE(test::waitFor([&] { return !dialog->data().looking(); }));
  dialog->showPage(4);
  CHECK(start->isEnabled());
  CHECK(dialog->findChild<QLabel*>("newRunReview")->text().contains("batch 16 → 4"));
  dialog->findChild<QLineEdit*>("newRunName")->setText("my first");
  Q_EMIT dialog->findChild<QLineEdit*>("newRunName")->textEdited("my first");
  test::keepDialog(*dialog, "new-run-review");
  const auto recipe = dialog->recipe();
  REQUIRE(recipe);
  QTest::mouseClick(start, Qt::LeftButton);
  REQUIRE(bench.reaches("my-first", runs::RunPhase::running));

  const auto saved = training::resolveRecipe((bench.scratch / "runs" / "my-first" / "recipe.json").string(), {});
  REQUIRE(saved);
  CHECK(*saved == *recipe);
  CHECK(saved->batch == 4);
  CHECK(saved->epochs == 2);
  CHECK(saved->data == data.string());
}

TEST_CASE("A preset that holds its base begins from an installed model of the family, if there is one") {
  LearningBench bench;
  REQUIRE(bench.settle());
  auto* dialog = bench.desk().training().newRun();
  dialog->choosePreset("tiny-asit");
  CHECK(dialog->findChild<QComboBox*>("newRunFamily")->currentText() == "asit");
  dialog->data().setPath("x");
  REQUIRE(dialog->recipe());
  CHECK(dialog->recipe()->task == "pretrain");
  CHECK(dialog->recipe()->start.empty());
  test::keepDialog(*dialog, "new-run-model");
  dialog->reject();
}

TEST_CASE("The review measures what a run would cost, and can be stopped") {
  LearningBench bench;
  REQUIRE(bench.settle());
  const auto data = bench.data(10, 10);
  // Says eight steps of a quarter of a second each, or hangs when told so.
  std::ofstream(bench.scratch / "trainer") << "#!/bin/sh\necho \"$@\" > " << (bench.scratch / "asked").string() << "\n"
      << "if [ -e " << (bench.scratch / "hang").string() << " ]; then exec sleep 60; fi\n"
      << R"(echo '{"event":"start","time":1000,"steps":400,"steps_per_epoch":40,"parameters":1000000,"device":"cpu"}')" << "\n"
      << R"(for step in 1 2 3 4 5 6 7 8; do echo "{\"event\":\"step\",\"time\":$((1000 + step)),\"step\":$step,\"steps\":400,\"loss\":1,\"memory_mb\":512}"; done)" << "\nexec sleep 60\n";
  auto* dialog = bench.desk().training().newRun();
  dialog->choosePreset("tiny-ast");
  dialog->data().setPath(ui::toQString(data));
  REQUIRE(test::waitFor([&] { return dialog->data().check().has_value(); }));
  dialog->showPage(4);
  REQUIRE(test::waitFor([&] { return dialog->estimateText().contains("an epoch"); }));
  CHECK(dialog->estimateText().contains("40 s an epoch"));
  CHECK(dialog->estimateText().contains("7 min in all"));
  CHECK(dialog->estimateText().contains("512 MB of memory"));
  test::keepDialog(*dialog, "new-run-estimate");
  std::ifstream asked(bench.scratch / "asked");
  std::string words;
  std::getline(asked, words);
  CHECK(words.find("train --recipe ") == 0);
  const std::string folder = words.substr(words.find("--out ") + 6, words.rfind(" --json") - words.find("--out ") - 6);
  CHECK_FALSE(std::filesystem::exists(std::filesystem::path(folder).parent_path()));  // gone with its folder
  CHECK(bench.runs().runs().empty());

  std::ofstream(bench.scratch / "hang") << "";
  auto* measure = dialog->findChild<QPushButton*>("newRunMeasure");
  QTest::mouseClick(measure, Qt::LeftButton);
  CHECK(dialog->estimateText().contains("preparing"));
  QTest::mouseClick(measure, Qt::LeftButton);
  CHECK(dialog->estimateText().contains("Not measured"));
  dialog->reject();
}

TEST_CASE("Fields and presets say what they are for in German, too, every one of them") {
  auto& application = test::application();
  const auto& fields = training::recipeFields();
  for (const auto& field : fields) CHECK(ui::fieldHelp(field) == ui::toText(field.help));
  REQUIRE(ui::useLanguage(application, "de"));
  for (const auto& field : fields) {
    INFO(std::string(field.name));
    CHECK(ui::fieldHelp(field) != ui::toText(field.help));
  }
  for (const auto& preset : training::recipePresets()) {
    INFO(preset.name);
    CHECK(ui::presetSummary(preset.summary) != ui::toText(preset.summary));
  }
  for (auto* translator : application.findChildren<QTranslator*>()) delete translator;
  QLocale::setDefault(QLocale::c());
}
