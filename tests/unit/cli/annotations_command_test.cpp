// annotations as a person runs it: convert, check, agree, show, formats, and what is refused.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/serial/json_value.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using chladni::serial::JsonField;
using chladni::serial::parseJson;
using chladni::test::bytesOf;
using chladni::test::run;
using chladni::test::Scratch;

namespace {

void write(const std::filesystem::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

}  // namespace

TEST_CASE("annotations convert says what is lost and writes the rest") {
  const Scratch scratch;
  write(scratch / "a.txt", "0.5\t1.25\tBark\n\\\t100\t900\n2\t2\tpoint\n");
  const auto ran = run({"annotations", "convert", scratch / "a.txt", "--to", "srt", "--out", scratch / "a.srt", "--json"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto report = parseJson(ran.out, "stdout");
  REQUIRE(report);
  CHECK(JsonField(*report)["from"].string().value() == "audacity");
  CHECK(JsonField(*report)["losses"].size() == 2);
  CHECK(bytesOf(scratch / "a.srt") == "1\n00:00:00,500 --> 00:00:01,250\nBark\n\n2\n00:00:02,000 --> 00:00:02,001\npoint\n\n");
  const auto told = run({"annotations", "convert", scratch / "a.txt", "--to", "srt", "--out", scratch / "b.srt"});
  CHECK(told.errorLines() == 2);
  CHECK(told.err.find("frequencies are not kept (1 label)") != std::string::npos);
}

TEST_CASE("annotations convert takes the format from the name, and answers to its old name") {
  const Scratch scratch;
  write(scratch / "a.txt", "0.5\t1.25\tBark\n");
  CHECK(run({"annotations", "convert", scratch / "a.txt", scratch / "a.srt"}).status == 0);
  CHECK(bytesOf(scratch / "a.srt") == "1\n00:00:00,500 --> 00:00:01,250\nBark\n\n");
  CHECK(run({"labels", "convert", scratch / "a.txt", scratch / "a.eaf"}).status == 0);
  CHECK(run({"annotations", "check", scratch / "a.eaf"}).status == 0);
  CHECK(run({"annotations", "convert", scratch / "a.txt", scratch / "a.csv"}).status == 0);
  CHECK(bytesOf(scratch / "a.csv").rfind("start,end,label", 0) == 0);  // our own table, not Sonic Visualiser's
  const auto unknown = run({"annotations", "convert", scratch / "a.txt", scratch / "a.xyz"});
  CHECK(unknown.status == 2);
  CHECK(unknown.err.find("--to FORMAT") != std::string::npos);
  CHECK(run({"annotations", "convert", scratch / "a.txt", scratch / "b.srt", "--out", scratch / "c.srt"}).status == 2);
}

TEST_CASE("annotations check counts what looks odd and refuses what is broken") {
  const Scratch scratch;
  write(scratch / "a.txt", "-1\t1\tBark\n0.5\t2\tCat\n3\t3\t\n");
  const auto ran = run({"annotations", "check", scratch / "a.txt", "--json"});
  REQUIRE(ran.status == 0);
  const auto report = parseJson(ran.out, "stdout");
  REQUIRE(report);
  CHECK(JsonField(*report)["valid"].boolean().value());
  const auto track = JsonField(*report)["tracks"][0];
  CHECK(track["labels"].whole().value() == 3);
  CHECK(track["points"].whole().value() == 1);
  CHECK(track["overlaps"].whole().value() == 1);
  CHECK(track["before_zero"].whole().value() == 1);
  CHECK(track["unnamed"].whole().value() == 1);
  CHECK(JsonField(*report)["objections"].size() == 0);
  write(scratch / "a.json", R"({"format":"chladni-labels","version":1,"length_ns":5000000000,"tracks":[{"name":"a","kind":"intervals","exclusive":true,"labels":[
{"start_ns":0,"end_ns":2000000000,"text":"x"},{"start_ns":1000000000,"end_ns":9000000000,"text":"y"}]}]})");
  const auto objected = run({"annotations", "check", scratch / "a.json", "--json"});
  REQUIRE(objected.status == 0);
  CHECK(JsonField(*parseJson(objected.out, "stdout"))["objections"].size() == 2);
  write(scratch / "b.csv", "start,end,label\n0.5,1.25,Bark\n1,x,Cat\n");
  const auto broken = run({"annotations", "check", scratch / "b.csv"});
  CHECK(broken.status == 3);
  CHECK(broken.errorLines() == 1);
}

TEST_CASE("annotations show gives all of a file as JSON") {
  const Scratch scratch;
  write(scratch / "a.rttm", "SPEAKER talk 1 0.5 1 <NA> <NA> anna 0.75 <NA>\n");
  const auto ran = run({"annotations", "show", scratch / "a.rttm", "--json"});
  REQUIRE(ran.status == 0);
  const auto set = parseJson(ran.out, "stdout");
  REQUIRE(set);
  CHECK(JsonField(*set)["media"].string().value() == "talk");
  CHECK(JsonField(*set)["tracks"][0]["labels"][0]["end_ns"].whole().value() == 1'500'000'000);
  CHECK(run({"annotations", "show", scratch / "a.rttm"}).out.find("anna") != std::string::npos);
}

TEST_CASE("annotations agree gives the agreement") {
  const Scratch scratch;
  write(scratch / "a.txt", "0\t2\tBark\n4\t5\tCat\n");
  write(scratch / "b.txt", "0\t2\tBark\n4\t5\tDog\n");
  const auto ran = run({"annotations", "agree", scratch / "a.txt", scratch / "b.txt", "--json", "--out", scratch / "c.json"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto report = parseJson(ran.out, "stdout");
  REQUIRE(report);
  CHECK(JsonField(*report)["events"]["f1"].number().value() == Approx(0.5));
  CHECK(JsonField(*report)["disagreements"].size() == 1);
  CHECK(JsonField(*report)["disagreements"][0]["kind"].string().value() == "other text");
  CHECK(std::filesystem::exists(scratch / "c.json"));
  CHECK(run({"annotations", "agree", scratch / "a.txt", scratch / "b.txt"}).out.find("kappa") != std::string::npos);
}

TEST_CASE("labels says in one line what it cannot do") {
  const Scratch scratch;
  write(scratch / "a.txt", "0.5\t1.25\tBark\nStart\tEnd\n");
  write(scratch / "b.bin", "none of them");
  const auto place = run({"annotations", "show", scratch / "a.txt"});
  CHECK(place.status == 3);
  CHECK(place.err.find("a.txt: line 2 column 1: ") != std::string::npos);
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"annotations", "show", scratch / "b.bin"}, {"annotations", "show", scratch / "none.txt"},
           {"annotations", "convert", scratch / "b.bin", "--to", "srt", "--out", scratch / "c.srt"}}) {
    const auto ran = run(arguments);
    CHECK(ran.status == 3);
    CHECK(ran.errorLines() == 1);
  }
  CHECK(run({"annotations"}).status == 2);
  CHECK(run({"annotations", "convert", scratch / "a.txt", "--to", "srt"}).status == 2);
  CHECK(run({"annotations", "convert", scratch / "a.txt", "--to", "xyz", "--out", scratch / "c"}).status == 2);
  CHECK(run({"annotations", "formats", "--json"}).status == 0);
}
