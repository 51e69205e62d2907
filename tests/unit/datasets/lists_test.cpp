// Tables of classes, the JSON lists of AST and CAV-MAE, VGGSound's CSV.
#include "core/base/atomic_file.h"
#include "core/datasets/json_list.h"
#include "core/datasets/vggsound.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::datasets;

namespace {

const char* const kTable = "index,mid,display_name\n1,/m/cat,Cat\n0,/m/dog,\"Dog, small\"\n2,vgg_2,Bell\n";

ClassTable table() {
  auto made = ClassTable::parseCsv(kTable, "c.csv");
  REQUIRE(made);
  return *std::move(made);
}

}  // namespace

TEST_CASE("tables of classes in their four forms") {
  const ClassTable classes = table();
  CHECK(classes.names() == std::vector<std::string>{"Dog, small", "Cat", "Bell"});
  CHECK(classes.ids()[2] == "vgg_2");
  CHECK(classes.find("/m/cat") == 1U);
  CHECK(classes.find("Dog, small") == 0U);
  CHECK(!classes.find("cow"));

  const test::Scratch scratch;
  REQUIRE(writeFileAtomically(scratch / "c.csv", "class,category\nDog,x\n\"Cat, big\",y\n"));
  REQUIRE(writeFileAtomically(scratch / "c.json", "[\"Dog\", \"Cat, big\"]"));
  REQUIRE(writeFileAtomically(scratch / "c.txt", "Dog\r\nCat, big\r\n\r\n"));
  for (const char* name : {"c.csv", "c.json", "c.txt"}) {
    INFO(name);
    const auto read = ClassTable::read(scratch / name);
    REQUIRE(read);
    CHECK(read->names() == std::vector<std::string>{"Dog", "Cat, big"});
  }
}

TEST_CASE("tables that leave an index out, or have one twice, are refused") {
  for (const char* text : {"index,mid,display_name\n0,a,A\n2,b,B\n", "index,mid,display_name\n0,a,A\n0,b,B\n",
                           "index,mid,display_name\n0,a,A\n1,a,B\n", "index,mid,display_name\n0,,A\n",
                           "index,mid,display_name\n0,a\n", "index,mid,display_name\n", "x,y\n1,2\n", "",
                           "index,mid,display_name\n-1,a,A\n"}) {
    INFO(text);
    CHECK(!ClassTable::parseCsv(text, "c.csv"));
  }
}

TEST_CASE("a list of CAV-MAE: labels by id, frames by number") {
  const ClassTable classes = table();
  const auto set = parseJsonList(R"({"data": [
    {"wav": "/data/a.flac", "labels": "/m/cat,vgg_2", "video_id": "abc_000010", "video_path": "frames"},
    {"wav": "b.wav", "labels": "/m/dog"}]})",
                                 &classes, "lists", "l.json");
  REQUIRE(set);
  REQUIRE(set->items.size() == 2);
  CHECK(set->classes == classes.names());
  CHECK(set->items[0].labels == std::vector<std::string>{"Cat", "Bell"});
  CHECK(set->items[0].media == std::filesystem::path("/data/a.flac"));
  CHECK(framePath(set->items[0], 5) == std::filesystem::path("lists/frames/frame_5/abc_000010.jpg"));
  CHECK(set->items[1].media == std::filesystem::path("lists/b.wav"));
  CHECK(set->items[1].frames.empty());

  const auto without = parseJsonList(R"({"data": [{"wav": "b.wav", "labels": "/m/x"}]})", nullptr, "", "l.json");
  REQUIRE(without);
  CHECK(without->classes == std::vector<std::string>{"/m/x"});
}

TEST_CASE("broken lists are refused with the item") {
  const ClassTable classes = table();
  for (const char* text : {"{}", "[]", R"({"data": {}})", R"({"data": [1]})", R"({"data": [{"labels": "vgg_2"}]})",
                           R"({"data": [{"wav": 3}]})", R"({"data": [{"wav": ""}]})",
                           R"({"data": [{"wav": "a", "labels": "/m/cow"}]})", R"({"data": [{"wav": "a\u0000b"}]})"}) {
    INFO(text);
    const auto set = parseJsonList(text, &classes, "", "l.json");
    REQUIRE_FALSE(set);
    CHECK(set.error().message.find('\n') == std::string::npos);
  }
  CHECK_THAT(parseJsonList(R"({"data": [{"wav": "a", "labels": "/m/cow"}]})", &classes, "", "l").error().message,
             Catch::ContainsSubstring("item 0: label /m/cow"));
}

TEST_CASE("sample weights belong to a list of their length") {
  const test::Scratch scratch;
  REQUIRE(writeFileAtomically(scratch / "w.csv", "0.5\n1e-3\n0\n"));
  const auto weights = readSampleWeights(scratch / "w.csv", 3);
  REQUIRE(weights);
  CHECK(*weights == std::vector<double>{0.5, 1e-3, 0.0});
  CHECK(!readSampleWeights(scratch / "w.csv", 4));
  REQUIRE(writeFileAtomically(scratch / "bad.csv", "0.5\n-1\n"));
  CHECK(!readSampleWeights(scratch / "bad.csv", 2));
  REQUIRE(writeFileAtomically(scratch / "zero.csv", "0\n0\n"));
  CHECK(!readSampleWeights(scratch / "zero.csv", 2));
}

TEST_CASE("VGGSound's CSV") {
  const auto set = parseVggSound("---g-f_I2yQ,1,people marching,test\n--0PQM4-hqg,30,\"bird chirping, tweeting\",train\n",
                                 {"clips", ".mp4"}, nullptr, "vggsound.csv");
  REQUIRE(set);
  REQUIRE(set->items.size() == 2);
  CHECK(set->items[0].media == std::filesystem::path("clips/---g-f_I2yQ_000001.mp4"));
  CHECK(set->items[0].split == "test");
  CHECK(set->items[1].labels == std::vector<std::string>{"bird chirping, tweeting"});
  CHECK(set->classes.size() == 2);
  const auto header = parseVggSound("YouTube ID,start seconds,label,split\nab,2,dog,train\n", {}, nullptr, "v.csv");
  REQUIRE(header);
  CHECK(header->items.size() == 1);
  const ClassTable classes = table();
  CHECK(!parseVggSound("ab,2,cow,train\n", {}, &classes, "v.csv"));
  CHECK(!parseVggSound("ab,2,Bell,train\ncd,x,Bell,train\n", {}, &classes, "v.csv"));
  CHECK(!parseVggSound("ab,2,Bell\n", {}, &classes, "v.csv"));
}
