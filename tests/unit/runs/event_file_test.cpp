// What a run said, read while it is written, cut off, rewritten, and hostile.
#include <cmath>
#include <fstream>

#include "core/runs/event_file.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using runs::EventFile;
using runs::RunHistory;

namespace {

void append(const std::filesystem::path& path, const std::string& text) { std::ofstream(path, std::ios::app | std::ios::binary) << text; }

std::string step(int number, double loss) {
  return R"({"event":"step","time":)" + std::to_string(1000.0 + number) + R"(,"epoch":1,"step":)" + std::to_string(number) +
         R"(,"steps":100,"loss":)" + std::to_string(loss) + R"(,"loss_smoothed":)" + std::to_string(loss + 0.1) +
         R"(,"losses":{"class":)" + std::to_string(loss / 2) + R"(},"lr":0.001,"grad_norm":1.5,"samples_per_s":20.0,"memory_mb":300,"eta_s":12.5})" + "\n";
}

std::string epoch(int number, double train, double held) {
  return R"({"event":"epoch","time":)" + std::to_string(2000.0 + number) + R"(,"epoch":)" + std::to_string(number) + R"(,"step":)" +
         std::to_string(10 * number) + R"(,"train":{"loss":)" + std::to_string(train) + R"(},"validation":{"accuracy":0.5,"loss":)" +
         std::to_string(held) + R"(},"metric":"accuracy","value":0.5,"best":0.625,"best_step":20})" + "\n";
}

}  // namespace

TEST_CASE("A growing file is taken line by line, half lines wait") {
  const test::Scratch scratch;
  EventFile file(scratch / "events.jsonl");
  RunHistory history;
  auto news = file.update(history);
  REQUIRE(news);
  CHECK_FALSE(*news);  // not there yet

  const std::string second = step(2, 0.75);
  append(scratch / "events.jsonl", step(1, 1.5) + second.substr(0, 30));
  REQUIRE(*file.update(history));
  CHECK(history.steps.size() == 1);
  CHECK_FALSE(*file.update(history));
  append(scratch / "events.jsonl", second.substr(30) + epoch(1, 0.7, 0.9));
  REQUIRE(*file.update(history));

  REQUIRE(history.steps.size() == 2);
  CHECK(history.steps.step == std::vector{1.0, 2.0});
  CHECK(history.steps.seconds == std::vector{0.0, 1.0});
  CHECK(history.steps.loss == std::vector{1.5, 0.75});
  CHECK(history.steps.smoothed[1] == Approx(0.85));
  REQUIRE(history.steps.parts.size() == 1);
  CHECK(history.steps.parts[0].name == "class");
  CHECK(history.steps.parts[0].values == std::vector{0.75, 0.375});
  CHECK(history.stepsInAll == 100);
  CHECK(*history.etaSeconds == 12.5);
  REQUIRE(history.epochs.size() == 1);
  CHECK(history.figure("accuracy")->values == std::vector{0.5});
  CHECK(history.metric == "accuracy");
  CHECK(*history.best == 0.625);
  CHECK(history.unreadable == 0);
}

TEST_CASE("A file that a resume rewrote is read again from the start") {
  const test::Scratch scratch;
  const auto path = scratch / "events.jsonl";
  EventFile file(path);
  RunHistory history;
  append(path, step(1, 1.0) + step(2, 0.9) + step(3, 0.8));
  REQUIRE(*file.update(history));
  REQUIRE(history.steps.size() == 3);
  append(scratch / "next", step(1, 1.0) + step(2, 0.9));
  std::filesystem::rename(scratch / "next", path);
  REQUIRE(*file.update(history));
  CHECK(history.steps.size() == 2);
}

TEST_CASE("Hostile and broken lines are counted and passed over") {
  const test::Scratch scratch;
  const auto path = scratch / "events.jsonl";
  append(path, "not json\n[1,2]\n{\"event\":7}\n\n{\"event\":\"step\"}\n{\"event\":\"step\",\"step\":\"x\"}\n");
  append(path, "{\"event\":\"step\",\"step\":1,\"loss\":null,\"losses\":[1],\"time\":\"soon\"}\n");
  append(path, "{\"event\":\"epoch\",\"step\":1,\"validation\":{\"" + std::string(200, 'n') + "\":1,\"a\":\"b\"},\"train\":3}\n");
  append(path, "{\"event\":\"start\",\"steps\":1e300,\"samples\":-4,\"device\":{}}\n");
  append(path, std::string(100, '[') + "\n");
  append(path, std::string("\xff\xfe\0\0", 4) + "\n");
  {
    std::string names = "{\"event\":\"step\",\"step\":2,\"losses\":{";
    for (int i = 0; i < 1000; ++i) names += (i ? ",\"" : "\"") + std::to_string(i) + "\":1";
    append(path, names + "}}\n");
  }
  append(path, std::string(runs::kLongestEvent + 10, 'a') + "\n" + step(3, 0.5));
  EventFile file(path);
  RunHistory history;
  REQUIRE(file.update(history));
  CHECK(history.unreadable == 6);
  REQUIRE(history.steps.size() == 3);
  CHECK(std::isnan(history.steps.loss[0]));
  CHECK(history.steps.loss[2] == 0.5);
  CHECK(history.steps.parts.size() <= 24);
  for (const auto& part : history.steps.parts) CHECK(part.values.size() == 3);
  CHECK(history.epochs.size() == 1);
  CHECK(history.epochs.figures.empty());
  CHECK(history.samples == 0);
}

TEST_CASE("A named pipe or a folder in place of the events is an error, not a wait") {
  const test::Scratch scratch;
  std::filesystem::create_directory(scratch / "events.jsonl");
  RunHistory history;
  const auto read = EventFile(scratch / "events.jsonl").update(history);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::io);
}

TEST_CASE("The log keeps its newest lines") {
  RunHistory history;
  for (int i = 0; i < 12000; ++i) {
    auto event = serial::JsonValue::object();
    history.take(event.set("event", "note").set("message", std::to_string(i)));
  }
  CHECK(history.log.size() <= 5500);
  CHECK(history.log.back().text == "11999");
}

TEST_CASE("The log names steps in full") {
  RunHistory history;
  auto event = serial::JsonValue::object();
  history.take(event.set("event", "checkpoint").set("step", 123456));
  CHECK(history.log.back().text == "checkpoint at step 123456");
}

TEST_CASE("A loss that is no number and overfitting are said") {
  const test::Scratch scratch;
  RunHistory history;
  const auto take = [&](const std::string& text) { history.take(*serial::parseJson(text, "event")); };
  take(step(1, 1.0));
  take(R"({"event":"step","time":5,"step":20,"loss":null})");
  take(R"({"event":"step","time":6,"step":30,"loss":null})");
  auto findings = runs::findingsOf(history);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].kind == runs::LogKind::error);
  CHECK(findings[0].text.find("since step 20") != std::string::npos);

  history = {};
  take(epoch(1, 0.9, 0.8));
  take(epoch(2, 0.8, 0.4));
  take(epoch(3, 0.6, 0.45));
  take(epoch(4, 0.5, 0.5));
  CHECK(runs::findingsOf(history).empty());
  take(epoch(5, 0.3, 0.6));
  findings = runs::findingsOf(history);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].text.find("since epoch 2") != std::string::npos);
  // The same rise while the training loss does not fall is no overfitting.
  history = {};
  for (int i = 1; i < 6; ++i) take(epoch(i, 0.5 + i, 0.4 + i));
  CHECK(runs::findingsOf(history).empty());
}

TEST_CASE("Endings: done, stopped, failed, and on again") {
  RunHistory history;
  const auto take = [&](const std::string& text) { history.take(*serial::parseJson(text, "event")); };
  take(R"({"event":"paused","step":3,"reason":"asked for"})");
  CHECK(history.paused);
  take(R"({"event":"resumed","step":3})");
  CHECK_FALSE(history.paused);
  take(R"({"event":"error","code":"io","message":"the disk\nis gone"})");
  CHECK(history.ending == runs::Ending::failed);
  CHECK(history.failure.find('\n') == std::string::npos);
  CHECK(runs::findingsOf(history).size() == 1);
  take(R"({"event":"start","from_step":3,"steps":9})");
  CHECK(history.ending == runs::Ending::none);
  take(R"({"event":"done","step":9,"stopped":true})");
  CHECK(history.ending == runs::Ending::stopped);
  take(R"({"event":"run","name":"fold=2","number":2,"count":5})");
  CHECK(history.log.back().text == "run 2 of 5: fold=2");
  take(R"({"event":"study","stopped":false})");
  CHECK(history.ending == runs::Ending::finished);
}
