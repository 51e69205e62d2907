// The tour of a first masked autoencoder, and the film strip of what a run painted.
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "core/datasets/manifest.h"
#include "core/runs/first_painter.h"
#include "tests/gui/training/learning_bench.h"
#include "ui/training/film_strip.h"
#include "ui/training/painter_tour.h"

using namespace chladni;
using test::LearningBench;

namespace {

// Learns in no time: the run becomes a copy of a package, with a picture for each of two epochs.
void standIn(LearningBench& bench) {
  std::ofstream(bench.scratch / "trainer") << R"(#!/bin/sh
out=""; previous=""
for word in "$@"; do case "$previous" in --out) out="$word";; esac; previous="$word"; done
say() { echo "$1" >> "$out/events.jsonl"; }
cp "$out/recipe.json" "$out/config.json"
mkdir -p "$out/checkpoints/step-1" "$out/paintings"
say '{"event":"start","time":1000,"steps":20,"steps_per_epoch":10}'
for step in 10 20; do
  cp )" << (bench.scratch / "dot.png").string() << R"( "$out/paintings/sound-1-step-000000$step.png"
  say "{\"event\":\"step\",\"time\":10$step,\"epoch\":$((step / 10)),\"step\":$step,\"steps\":20,\"loss\":0.5}"
  say "{\"event\":\"epoch\",\"time\":10$step,\"epoch\":$((step / 10)),\"step\":$step,\"train\":{\"loss\":0.5}}"
done
cp -r )" << (bench.scratch / "models" / "fake-one").string() << R"(/. "$out/"
say '{"event":"done","time":1030,"step":20,"stopped":false}'
)";
}

void dot(const std::filesystem::path& path, int width) {
  QImage image(width, 8, QImage::Format_RGB32);
  image.fill(Qt::red);
  REQUIRE(image.save(ui::toQString(path)));
}

}  // namespace

TEST_CASE("A strip shows the example, what is seen of it, and evenly spread steps with the last one") {
  test::application();
  test::Scratch scratch;
  CHECK(ui::readStrip(scratch / "nothing", 10).empty());
  std::filesystem::create_directories(scratch / "paintings");
  for (const char* name : {"true", "hidden"}) dot(scratch / "paintings" / ("sound-1-" + std::string(name) + ".png"), 12);
  for (int step = 10; step <= 500; step += 10) {
    char name[48];
    std::snprintf(name, sizeof name, "sound-1-step-%08d.png", step);
    dot(scratch / "paintings" / name, 12);
  }
  std::ofstream(scratch / "paintings" / "sound-1-step-00000505.png") << "not a picture";
  std::ofstream(scratch / "paintings" / "readme.txt") << "x";
  const auto rows = ui::readStrip(scratch / "", 10, 6);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].name == "sound 1");
  REQUIRE(rows[0].cells.size() == 2 + 5);  // the broken one is left out
  CHECK(rows[0].cells[0].title == "as it is");
  CHECK(rows[0].cells[2].title == "epoch 1");
  ui::FilmStrip strip;
  strip.setRun(scratch / "", 50, 10);
  CHECK(strip.rows().size() == 1);
  CHECK(strip.widget()->minimumWidth() > 200);
}

TEST_CASE("The recipe of a first painter keeps whole clips aside and ends in time") {
  test::Scratch scratch;
  const auto made = runs::firstPainter("/films/demo.mp4", 38.0, scratch / "deep" / "clips.csv");
  REQUIRE(made);
  CHECK(made->held == 4);
  CHECK(made->learned > 60);
  CHECK(made->recipe.minutes <= 10.0);
  CHECK(made->recipe.preset == "tiny-dualmae");
  const auto set = datasets::readManifest(scratch / "deep" / "clips.csv");
  REQUIRE(set);
  for (const auto& held : set->items) {
    if (held.split != "validation") continue;
    for (const auto& item : set->items)
      if (item.split == "train") CHECK((*item.end <= held.start || item.start >= *held.end));
  }
  CHECK_FALSE(runs::firstPainter("/films/short.mp4", 5.0, scratch / "c.csv"));
}

TEST_CASE("The tour leads from an idea to one's own paintings beside the shipped model's") {
  LearningBench bench;
  dot(bench.scratch / "dot.png", 12);
  standIn(bench);
  REQUIRE(bench.settle());
  const auto film = bench.sound("film.wav", 24.0);
  auto* tour = new ui::PainterTour(bench.runs(), {film, bench.window->analysis().registry(), {}, "fake-one"}, bench.window.get());
  tour->show();
  auto* next = tour->findChild<QPushButton*>("tourNext");
  test::keepDialog(*tour, "tour-1");
  QTest::mouseClick(next, Qt::LeftButton);
  CHECK(next->text() == "Start learning");
  test::keepDialog(*tour, "tour-2");
  QTest::mouseClick(next, Qt::LeftButton);
  CHECK(tour->page() == 2);
  CHECK_FALSE(next->isEnabled());  // nothing has been learned
  REQUIRE(bench.reaches("first-painter", runs::RunPhase::finished));
  REQUIRE(test::waitFor([&] { return next->isEnabled(); }));
  auto* strip = tour->findChild<ui::FilmStrip*>("filmStrip");
  REQUIRE(strip->rows().size() == 1);
  CHECK(strip->rows()[0].cells.size() == 2);
  test::keepDialog(*tour, "tour-3");
  QSignalSpy ready(tour, &ui::PainterTour::modelReady);
  QTest::mouseClick(next, Qt::LeftButton);
  REQUIRE(test::waitFor([&] { return !tour->verdict().isEmpty(); }));
  CHECK(tour->verdict().contains("yours"));
  CHECK(tour->verdict().contains("the one that ships"));
  CHECK_FALSE(tour->findChild<QLabel*>("tourPictures")->pixmap().isNull());
  CHECK(ready.count() == 1);
  test::keepDialog(*tour, "tour-4");
  tour->close();
}
