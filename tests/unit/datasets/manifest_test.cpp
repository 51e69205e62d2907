#include "core/datasets/manifest.h"

#include "core/base/atomic_file.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::datasets;

namespace {

std::string refusal(const std::string& text) {
  const auto set = parseCsvManifest(text, "d", "m.csv");
  REQUIRE_FALSE(set);
  CHECK(set.error().message.find('\n') == std::string::npos);
  return set.error().message;
}

}  // namespace

TEST_CASE("a CSV manifest with and without the optional columns") {
  const auto set = parseCsvManifest("path,start,end,labels,split,lyrics\r\n"
                                    "a/b.wav,0.5,2,dog; cat ,val,words/b.txt\r\n"
                                    "\"x, y.mp4\",,,,,\r\n"
                                    "/abs/z.wav,1,1,cat,train,\r\n",
                                    "data", "m.csv");
  REQUIRE(set);
  REQUIRE(set->items.size() == 3);
  CHECK(set->classes == std::vector<std::string>{"cat", "dog"});
  const DataItem& first = set->items[0];
  CHECK(first.media == std::filesystem::path("data/a/b.wav"));
  CHECK(first.start == 0.5);
  CHECK(first.end == 2.0);
  CHECK(first.labels == std::vector<std::string>{"dog", "cat"});
  CHECK(first.split == "validation");
  CHECK(first.lyrics == std::filesystem::path("data/words/b.txt"));
  CHECK(set->items[1].media == std::filesystem::path("data/x, y.mp4"));
  CHECK(set->items[1].labels.empty());
  CHECK(!set->items[1].end);
  CHECK(set->items[2].media == std::filesystem::path("/abs/z.wav"));

  const auto bare = parseCsvManifest("labels,extra,path\ndog,1,a.wav\n", "", "m.csv");
  REQUIRE(bare);
  CHECK(bare->items[0].media == std::filesystem::path("a.wav"));
  CHECK(bare->items[0].lyrics.empty());
}

TEST_CASE("a manifest of JSON lines") {
  const auto set = parseJsonLinesManifest("{\"path\":\"a.wav\",\"start\":1,\"end\":2.5,\"labels\":[\"dog\",\"cat\"]}\r\n"
                                          "\n"
                                          "{\"path\":\"b.wav\",\"labels\":\"cat;bird\",\"split\":\"test\",\"end\":null}",
                                          "d", "m.jsonl");
  REQUIRE(set);
  REQUIRE(set->items.size() == 2);
  CHECK(set->items[0].end == 2.5);
  CHECK(set->items[1].labels == std::vector<std::string>{"cat", "bird"});
  CHECK(!set->items[1].end);
  CHECK(set->classes.size() == 3);
  for (const char* bad : {"[]", "{\"path\":1}{", "{\"labels\":[]}", "{\"path\":\"a\",\"start\":[1]}",
                          "{\"path\":\"a\",\"labels\":[1]}", "{\"path\":\"a\",\"start\":-1}"}) {
    INFO(bad);
    const auto refused = parseJsonLinesManifest(std::string("{\"path\":\"ok\"}\n") + bad, "d", "m.jsonl");
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, Catch::ContainsSubstring("line 2"));
  }
}

TEST_CASE("broken manifests are refused with the line") {
  CHECK_THAT(refusal("start,end\n1,2\n"), Catch::ContainsSubstring("path and labels"));
  CHECK_THAT(refusal("path,labels\na.wav\n"), Catch::ContainsSubstring("line 2"));
  CHECK_THAT(refusal("path,labels\n,dog\n"), Catch::ContainsSubstring("path is empty"));
  CHECK_THAT(refusal("path,start,end,labels\na,x,,\n"), Catch::ContainsSubstring("start x"));
  CHECK_THAT(refusal("path,start,end,labels\na,3,2,\n"), Catch::ContainsSubstring("end 2"));
  CHECK_THAT(refusal("path,start,end,labels\na,1e999,,\n"), Catch::ContainsSubstring("start"));
  CHECK_THAT(refusal("path,start,end,labels\na,nan,,\n"), Catch::ContainsSubstring("start"));
  CHECK_THAT(refusal("path,start,end,labels\na,1763856000000,,\n"), Catch::ContainsSubstring("start 1763856000000"));
  CHECK_THAT(refusal("path,start,end,labels\na,0,1763856000000,\n"), Catch::ContainsSubstring("end 1763856000000"));
  CHECK_THAT(refusal("path,labels\n\"a,dog\n"), Catch::ContainsSubstring("line 2"));
  CHECK(!readManifest("missing.csv"));
}

TEST_CASE("what is written is read back, in both forms") {
  const test::Scratch scratch;
  DataItem one;
  one.media = scratch / "clips/a, b.wav";
  one.start = 0.1;
  one.end = 9.75;
  one.labels = {"Race car, auto racing", "dog"};
  one.split = "train";
  one.lyrics = scratch / "words/a.txt";
  DataItem two;
  two.media = "/elsewhere/c.mp4";
  for (const char* name : {"m.csv", "m.jsonl"}) {
    INFO(name);
    REQUIRE(writeManifest(scratch / name, {one, two}));
    const auto back = readManifest(scratch / name);
    REQUIRE(back);
    CHECK(back->items == std::vector<DataItem>{one, two});
    const auto text = readFile(scratch / name, 1 << 20);
    REQUIRE(text);
    CHECK(text->find(scratch.path().string()) == std::string::npos);
  }
  one.labels = {"a;b"};
  CHECK(writeManifest(scratch / "n.csv", {one}).error().code == ErrorCode::invalidArgument);
  CHECK(!std::filesystem::exists(scratch / "n.csv"));
}

TEST_CASE("a table of others is understood by the common names of its columns, and says so") {
  const auto set = parseCsvManifest("file,kind,vggsound_class,ave_class,event_start_s,event_end_s,source\n"
                                    "x/dog.flac,isolated,dog barking,Bark,0.5,2,somebody\n",
                                    "d", "m.csv");
  REQUIRE(set);
  REQUIRE(set->items.size() == 1);
  CHECK(set->items[0].media == std::filesystem::path("d/x/dog.flac"));
  CHECK(set->items[0].labels == std::vector<std::string>{"dog barking"});
  CHECK(set->items[0].start == 0.5);
  CHECK(set->items[0].end == 2.0);
  CHECK(set->notes == std::vector<std::string>{"m.csv: took the column file as path, vggsound_class as labels, event_start_s as start, event_end_s as end"});
  const auto tabs = parseCsvManifest("File Name\tCategory\tSubset\na.wav\tcat\tval\n", "", "m.csv");
  REQUIRE(tabs);
  CHECK(tabs->items[0].labels == std::vector<std::string>{"cat"});
  CHECK(tabs->items[0].split == "validation");
  // Beside our own names others mean nothing.
  const auto own = parseCsvManifest("path,labels,onset,text\na.wav,cat,what,ever\n", "", "m.csv");
  REQUIRE(own);
  CHECK(own->notes.empty());
  CHECK(own->items[0].start == 0.0);
  CHECK(own->items[0].lyrics.empty());
}

TEST_CASE("a table without recordings or labels is refused with its columns and ours") {
  CHECK(refusal("file,duration,codec\na.wav,1,pcm\n") ==
        "m.csv: has no column for labels among file, duration, codec; a manifest begins with path,start,end,labels (file and class are understood too)");
  CHECK(refusal("a,b\n1,2\n").find("no column for path and labels among a, b") != std::string::npos);
}
