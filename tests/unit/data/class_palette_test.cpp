#include "core/data/class_palette.h"

#include <set>

#include "tests/support/catch.h"

using namespace chladni;

TEST_CASE("class palette: what data sets call alike has one colour, background is grey") {
  CHECK(classStem("playing violin") == "violin");
  CHECK(classStem("Violin, fiddle") == "violin");
  CHECK(classStem("Geläut") == "geläut");
  CHECK(classStem("").empty());
  CHECK(classColour("playing violin") == classColour("Violin, fiddle"));
  CHECK(classColour("violin") != classColour("cello"));
  CHECK(classColour("Background") == kBackgroundColour);
}

TEST_CASE("class palette: its colours differ, and it begins again") {
  std::set<std::uint32_t> colours;
  for (std::size_t place = 0; place < kPaletteColours; ++place) colours.insert(paletteColour(place));
  CHECK(colours.size() == kPaletteColours);
  CHECK_FALSE(colours.contains(kBackgroundColour));
  CHECK(paletteColour(kPaletteColours + 3) == paletteColour(3));
}

TEST_CASE("class palette: a class gets its colour, or the next one that is free while there is one") {
  std::vector<LabelClass> classes;
  CHECK(freeClassColour("violin", classes) == classColour("violin"));
  std::set<std::uint32_t> colours;
  for (std::size_t n = 0; n < kPaletteColours; ++n) {
    classes.push_back({"class " + std::to_string(n), freeClassColour("class " + std::to_string(n), classes), {}});
    colours.insert(classes.back().colour);
  }
  CHECK(colours.size() == kPaletteColours);
  CHECK(freeClassColour("violin", classes) == classColour("violin"));
  CHECK(freeClassColour("background", classes) == kBackgroundColour);
}

TEST_CASE("class palette: instruments that sound together are told apart") {
  std::set<std::uint32_t> colours;
  const std::vector<std::string> orchestra = {"violin", "cello", "double bass", "harp", "flute", "oboe", "clarinet", "bassoon", "trumpet", "trombone", "timpani", "piano"};
  for (const std::string& name : orchestra) colours.insert(classColour(name));
  CHECK(colours.size() == orchestra.size());
}
