// evaluate and compare as a person runs them: wrong usage, unusable input, and reports written by hand.
#include <filesystem>
#include <fstream>

#include "core/serial/json_value.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using chladni::serial::JsonField;
using chladni::serial::parseJson;
using chladni::test::Ran;
using chladni::test::run;
using chladni::test::Scratch;
#ifdef CHLADNI_SHIPPED_PACKAGE
using chladni::test::writeSine;
#endif

namespace {

void write(const std::filesystem::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

// Two classes, twenty items of the first; `wrong` of them are taken for the second.
std::string report(int wrong) {
  std::string items;
  for (int i = 0; i < 20; ++i)
    items += std::string(i ? "," : "") + R"({"item":"clip )" + std::to_string(i) + R"(","truth":[0],"predicted":[)" +
             (i < wrong ? "1" : "0") + R"(],"score":)" + (i < wrong ? "0" : "1") + "}";
  const std::string accuracy = std::to_string(1.0 - wrong / 20.0);
  return R"({"model":"m","task":"multi-class","n":20,"accuracy":)" + accuracy +
         R"(,"macro":{"f1":0.5},"weighted":{"f1":0.9},"map":null,"per_class":[{"class":"a","f1":1,"support":20,"ap":null},)" +
         R"({"class":"b","f1":0,"support":0,"ap":null}],"items":[)" + items + "]}";
}

}  // namespace

TEST_CASE("evaluate says what is wrong before it computes") {
  const Scratch scratch;
  write(scratch / "empty.csv", "");
  write(scratch / "good.csv", "path,start,end,labels,split\na.wav,,,x,train\n");
  isRefused(run({"evaluate"}), 2);
  isRefused(run({"evaluate", "--data", scratch / "good.csv"}), 2);
  isRefused(run({"evaluate", "--data", scratch / "good.csv", "--out", scratch / "r.txt"}), 2);
  isRefused(run({"evaluate", "--data", scratch / "empty.csv", "--json"}), 3);
  isRefused(run({"evaluate", "--data", scratch / "missing.csv", "--json"}), 3);
  const auto split = run({"evaluate", "--data", scratch / "good.csv", "--split", "test", "--json"});
  isRefused(split, 3);
  CHECK(split.err.find("split test") != std::string::npos);
}

TEST_CASE("compare tests the first report against the others") {
  const Scratch scratch;
  write(scratch / "good.json", report(1));
  write(scratch / "bad.json", report(12));
  const auto ran = run({"compare", scratch / "good.json", scratch / "bad.json", "--seed", "4", "--json", "--out", scratch / "c.json"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto document = parseJson(ran.out, "stdout");
  REQUIRE(document);
  const JsonField root(*document);
  CHECK(root["reports"].size() == 2);
  CHECK(root["per_class"][0]["f1"].size() == 2);
  const JsonField pair = root["comparisons"][0];
  CHECK(pair["items"].whole().value() == 20);
  CHECK(pair["accuracy"]["difference"].number().value() == Approx(0.55));
  CHECK(pair["accuracy"]["p"].number().value() < 0.05);
  CHECK(pair["mcnemar_p"].number().value() == Approx(2.0 / 2048.0));
  CHECK(std::filesystem::exists(scratch / "c.json"));
  const auto again = run({"compare", scratch / "good.json", scratch / "bad.json", "--seed", "4", "--json"});
  CHECK(again.out == ran.out);
  const auto text = run({"compare", scratch / "good.json", scratch / "bad.json"});
  CHECK(text.out.find("+0.5500") != std::string::npos);
}

TEST_CASE("folds are compared with the signed-rank test") {
  const Scratch scratch;
  std::vector<std::string> arguments{"compare"};
  for (int fold = 0; fold < 5; ++fold) {
    write(scratch / ("a" + std::to_string(fold) + ".json"), report(fold));
    arguments.push_back(scratch / ("a" + std::to_string(fold) + ".json"));
  }
  arguments.push_back("--against");
  for (int fold = 0; fold < 5; ++fold) {
    write(scratch / ("b" + std::to_string(fold) + ".json"), report(fold + 5 + fold));
    arguments.push_back(scratch / ("b" + std::to_string(fold) + ".json"));
  }
  arguments.push_back("--json");
  const auto ran = run(arguments);
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto document = parseJson(ran.out, "stdout");
  REQUIRE(document);
  const JsonField fold = JsonField(*document)["folds"][0];
  CHECK(fold["measure"].string().value() == "accuracy");
  CHECK(fold["first_mean"].number().value() == Approx(0.9));
  CHECK(fold["p"].number().value() == 0.03125);
  CHECK(fold["stars"].string().value() == "*");
  isRefused(run({"compare", scratch / "a0.json", scratch / "a1.json", "--against", scratch / "b0.json"}), 2);
}

TEST_CASE("compare refuses what is no report") {
  const Scratch scratch;
  write(scratch / "good.json", report(1));
  write(scratch / "other.json", "{\"a\": 1}");
  write(scratch / "broken.json", "{");
  isRefused(run({"compare", scratch / "good.json"}), 2);
  for (const std::string name : {"other.json", "broken.json", "missing.json"}) {
    INFO(name);
    isRefused(run({"compare", scratch / "good.json", scratch / name}), 3);
  }
}

#ifdef CHLADNI_SHIPPED_PACKAGE
TEST_CASE("evaluate measures the shipped model") {
  const Scratch scratch;
  writeSine(scratch / "a.wav", 440, 2.0);
  writeSine(scratch / "b.wav", 880, 2.0);
  write(scratch / "m.csv", "path,start,end,labels\na.wav,0,1,orchestra\nb.wav,,,female singing\nnone.wav,,,orchestra\n");
  const auto ran = run({"evaluate", "--model", CHLADNI_SHIPPED_PACKAGE, "--data", scratch / "m.csv", "--out", scratch / "r.json", "--json"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto document = parseJson(ran.out, "stdout");
  REQUIRE(document);
  const JsonField root(*document);
  CHECK(root["n"].whole().value() == 2);
  CHECK(root["left_out"].size() == 1);
  CHECK(root["items"][0]["item"].string().value() == "a.wav#0-1");
  for (const std::string name : {"r.json", "r.classes.csv", "r.confusion.csv", "r.strongest.csv"}) CHECK(std::filesystem::exists(scratch / name));
  CHECK(run({"compare", scratch / "r.json", scratch / "r.json"}).status == 0);
  const auto nowhere = run({"evaluate", "--model", CHLADNI_SHIPPED_PACKAGE, "--data", scratch / "m.csv", "--out", scratch / "no" / "r.json"});
  isRefused(nowhere, 1);
  CHECK(nowhere.err.find("there is no folder") != std::string::npos);
  write(scratch / "unknown.csv", "path,labels\na.wav,kazoo\n");
  isRefused(run({"evaluate", "--model", CHLADNI_SHIPPED_PACKAGE, "--data", scratch / "unknown.csv", "--json"}), 3);
}
#endif
