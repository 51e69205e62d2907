// What is said about data before a training begins, and values of fields as text.
#include <cmath>
#include <fstream>

#include "core/datasets/manifest.h"
#include "core/media/wav_writer.h"
#include "core/runs/data_check.h"
#include "core/runs/field_text.h"
#include "core/runs/package_folders.h"
#include "core/runs/project_labels.h"
#include "core/store/project.h"
#include "core/training/recipe_presets.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;

namespace {

void tone(const std::filesystem::path& path, double hertz) {
  AudioBuffer sound;
  sound.rate = SampleRate(16000);
  sound.channels.assign(1, std::vector<float>(16000));
  for (std::size_t n = 0; n < 16000; ++n) sound.channels[0][n] = static_cast<float>(0.3 * std::sin(6.283185307179586 * hertz * static_cast<double>(n) / 16000.0));
  REQUIRE(media::writeWav(path, sound));
}

bool anyHas(const std::vector<std::string>& lines, const std::string& part) {
  for (const auto& line : lines)
    if (line.find(part) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("Few examples, silence and broken files are said before the start") {
  const test::Scratch scratch;
  for (int i = 0; i < 12; ++i) {
    std::filesystem::create_directories(scratch / "data" / "low");
    tone(scratch / "data" / "low" / (std::to_string(i) + ".wav"), 200.0 + i);
  }
  std::filesystem::create_directories(scratch / "data" / "high");
  for (int i = 0; i < 3; ++i) tone(scratch / "data" / "high" / (std::to_string(i) + ".wav"), 2000.0 + i);
  tone(scratch / "data" / "high" / "silent.wav", 0.0);
  std::ofstream(scratch / "data" / "high" / "broken.wav") << "RIFF nothing";

  auto recipe = training::presetRecipe("tiny-ast");
  REQUIRE(recipe);
  recipe->data = (scratch / "data").string();
  recipe->cacheFolder = (scratch / "cache").string();
  recipe->validationShare = 0.2;
  auto check = runs::checkData(*recipe, {}, {});
  REQUIRE(check);
  CHECK(check->report.items == 17);
  CHECK(check->report.silent.size() == 1);
  CHECK(check->report.broken.size() == 1);
  REQUIRE(check->report.classes.size() == 2);
  CHECK(check->perClass.size() == 2);
  CHECK(check->report.train + check->report.validation == 15);
  CHECK(anyHas(check->remarks, "silent"));
  CHECK(anyHas(check->remarks, "few examples to learn from: high ("));
  CHECK(anyHas(check->remarks, "a batch of 16 is larger than"));
  recipe->batch = 4;
  recipe->dropLast = false;
  check = runs::checkData(*recipe, {}, {});
  REQUIRE(check);
  CHECK(check->stepsPerEpoch == (check->report.train + 3) / 4);
  CHECK_FALSE(anyHas(check->remarks, "larger than"));

  recipe->data = (scratch / "nowhere").string();
  CHECK_FALSE(runs::checkData(*recipe, {}, {}));
  std::stop_source stop;
  stop.request_stop();
  recipe->data = (scratch / "data").string();
  const auto stopped = runs::checkData(*recipe, {}, stop.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == ErrorCode::cancelled);
}

TEST_CASE("Every field reads back from its own text") {
  training::Recipe recipe;
  recipe.rate = 1.5e-4 / 3.0;
  recipe.balanced = true;
  recipe.data = "a = b";
  training::Recipe copy;
  for (const auto& field : training::recipeFields())
    REQUIRE(training::setField(copy, std::string(field.name) + "=" + runs::fieldText(recipe, field)));
  CHECK(copy == recipe);
  const auto changes = runs::changesBetween({}, recipe);
  REQUIRE(changes.size() == 3);
  CHECK(changes[0].field == "data");
  CHECK(changes[0].to == "a = b");
  CHECK(changes[1].to == "true");
}

TEST_CASE("Labels of a project become a data set") {
  const test::Scratch scratch;
  tone(scratch / "a.wav", 300.0);
  tone(scratch / "b.wav", 900.0);
  const auto path = scratch / "birds.chladni";
  {
    auto project = store::Project::create(path);
    REQUIRE(project);
    CHECK_FALSE(runs::writeProjectLabels(path, scratch / "none.csv"));  // nothing is labelled yet
    auto added = project->addFiles({scratch / "a.wav", scratch / "b.wav"});
    REQUIRE(added);
    REQUIRE(added->files.size() == 2);
    const auto label = [](double from, double to, const std::string& text, LabelState state = LabelState::confirmed) {
      Label made;
      made.span = {MediaTime::fromSeconds(from), MediaTime::fromSeconds(to)};
      made.text = text;
      made.state = state;
      return made;
    };
    LabelTrack first{"calls", TrackKind::intervals, false, {label(0.0, 0.5, "robin"), label(0.0, 0.5, "wren"), label(0.5, 1.0, "robin"), label(0.6, 0.7, "owl", LabelState::proposed), label(0.8, 0.8, "robin")}};
    LabelTrack second{"calls", TrackKind::intervals, false, {label(-2.0, -1.0, "wren"), label(0.25, 0.75, "wren")}};
    REQUIRE(project->addTrack(added->files[0], first));
    REQUIRE(project->addTrack(added->files[1], second));
  }
  const auto counts = runs::countProjectLabels(path);
  REQUIRE(counts);
  CHECK(counts->items == 3);
  CHECK(counts->recordings == 2);
  CHECK(counts->classes == 2);
  CHECK(counts->leftOut == 3);
  const auto manifest = scratch / "labels" / "birds.csv";
  REQUIRE(runs::writeProjectLabels(path, manifest));
  const auto data = datasets::readManifest(manifest);
  REQUIRE(data);
  REQUIRE(data->items.size() == 3);
  CHECK(data->items[0].labels == std::vector<std::string>{"robin", "wren"});
  CHECK(data->items[1].start == Approx(0.5));
  CHECK(std::filesystem::equivalent(data->items[2].media, scratch / "b.wav"));
  CHECK_FALSE(runs::countProjectLabels(scratch / "a.wav"));
}

TEST_CASE("A package is put away and comes back") {
  const test::Scratch scratch;
  const auto package = scratch / "models" / "mine";
  std::filesystem::create_directories(package);
  CHECK_FALSE(runs::putAway(package));  // no package
  std::ofstream(package / "model.json") << "{}";
  std::ofstream(package / "weights.safetensors") << std::string(1000, 'w');
  CHECK(runs::bytesBelow(package) == 1002);
  CHECK(runs::canPutAway(package));
  const auto lies = runs::putAway(package);
  REQUIRE(lies);
  CHECK_FALSE(std::filesystem::exists(package));
  REQUIRE(runs::bringBack(*lies, package));
  CHECK(std::filesystem::exists(package / "model.json"));
  const auto again = runs::putAway(package);
  REQUIRE(again);
  std::filesystem::create_directories(package);
  CHECK_FALSE(runs::bringBack(*again, package));  // something is in its place
}
