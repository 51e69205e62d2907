#include <array>
#include <fstream>

#include "core/analysis/pointing.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::analysis;
using chladni::test::Scratch;

TEST_CASE("Pointing counts a look as hit inside the source's circle and half a region more", "[pointing]") {
  // Four by four regions, centres at 1/8, 3/8, 5/8, 7/8.
  const auto look = [](std::size_t region, const SourcePlace& source) {
    std::array<float, 16> attention{};
    attention[region] = 0.5F;
    PointingScore score;
    score.add(attention, 4, 4, source);
    REQUIRE(score.seconds == 1);
    return score;
  };
  const SourcePlace corner{0.125, 0.125, 0.05};
  CHECK(look(0, corner).hits == 1);
  CHECK(look(1, corner).hits == 0);  // 0.25 away, 0.175 allowed
  CHECK(look(15, corner).accuracy() == 0.0);
  CHECK(look(0, corner).chance() == Approx(1.0 / 16.0));
  CHECK(look(6, {0.625, 0.375, 0.2}).hits == 1);
  CHECK(look(6, {0.625, 0.375, 0.2}).chance() == Approx(5.0 / 16.0));
}

TEST_CASE("The table of positions is read, and a wrong number is named by its line", "[pointing]") {
  const Scratch scratch;
  std::ofstream(scratch / "positions.csv") << "path,second,class,x,y,radius\nAVE/a.mp4,0,Background,,,\nAVE/a.mp4,1,\"Violin, fiddle\",0.25,0.5,0.1\n";
  const auto places = readSourcePlaces(scratch / "positions.csv");
  REQUIRE(places);
  REQUIRE(places->size() == 1);
  CHECK(places->at({"AVE/a.mp4", 1}).y == 0.5);
  std::ofstream(scratch / "positions.csv") << "path,second,class,x,y,radius\nAVE/a.mp4,1,Bark,left,0.5,0.1\n";
  const auto wrong = readSourcePlaces(scratch / "positions.csv");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("line 2") != std::string::npos);
  std::ofstream(scratch / "positions.csv") << "path,second,class,x,y\n";
  CHECK_FALSE(readSourcePlaces(scratch / "positions.csv"));
  CHECK_FALSE(readSourcePlaces(scratch / "nowhere.csv"));
}
