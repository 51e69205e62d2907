// The numbers for TensorBoard, read back record by record.
#include <bit>
#include <cstring>
#include <map>

#include "core/base/atomic_file.h"
#include "core/training/run_folder.h"
#include "core/training/scalar_log.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using serial::JsonValue;
using training::makeEvent;

namespace {

// A reader of protocol buffers, written from the format and not from the writer.
struct Field {
  std::uint64_t number = 0, whole = 0;
  std::string bytes;
};

std::uint64_t takeVarint(std::string_view& text) {
  std::uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    REQUIRE_FALSE(text.empty());
    const auto byte = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return value;
  }
}

std::vector<Field> fieldsOf(std::string_view text) {
  std::vector<Field> fields;
  while (!text.empty()) {
    const auto key = takeVarint(text);
    Field field{key >> 3, 0, {}};
    if (key % 8 == 0) {
      field.whole = takeVarint(text);
    } else {
      const auto size = key % 8 == 2 ? takeVarint(text) : key % 8 == 1 ? 8U : 4U;
      REQUIRE(size <= text.size());
      field.bytes = text.substr(0, size);
      text.remove_prefix(size);
    }
    fields.push_back(field);
  }
  return fields;
}

template <class Number>
Number numberIn(std::string_view bytes) {
  Number value{};
  REQUIRE(bytes.size() == sizeof value);
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

struct Told {
  double time = 0.0;
  std::int64_t step = 0;
  std::string version;
  bool starts = false;
  std::map<std::string, float> values;
};

std::vector<Told> readBack(const std::filesystem::path& path) {
  const auto text = readFile(path, 1 << 20);
  REQUIRE(text);
  std::string_view rest = *text;
  std::vector<Told> all;
  while (!rest.empty()) {
    REQUIRE(rest.size() >= 16);
    const auto length = numberIn<std::uint64_t>(rest.substr(0, 8));
    CHECK(numberIn<std::uint32_t>(rest.substr(8, 4)) == training::maskedCrc32c(rest.substr(0, 8)));
    REQUIRE(rest.size() >= 16 + length);
    const auto message = rest.substr(12, length);
    CHECK(numberIn<std::uint32_t>(rest.substr(12 + length, 4)) == training::maskedCrc32c(message));
    rest.remove_prefix(16 + length);
    Told told;
    for (const auto& field : fieldsOf(message)) {
      if (field.number == 1) told.time = numberIn<double>(field.bytes);
      if (field.number == 2) told.step = static_cast<std::int64_t>(field.whole);
      if (field.number == 3) told.version = field.bytes;
      if (field.number == 7) told.starts = fieldsOf(field.bytes).front().whole == 1;
      if (field.number != 5) continue;
      for (const auto& value : fieldsOf(field.bytes)) {
        const auto parts = fieldsOf(value.bytes);
        REQUIRE(parts.size() == 2);
        told.values[parts[0].bytes] = numberIn<float>(parts[1].bytes);
      }
    }
    all.push_back(told);
  }
  return all;
}

JsonValue stepEvent(std::int64_t step, double loss) {
  JsonValue losses = JsonValue::object();
  losses.set("class", loss / 2.0);
  return makeEvent("step").set("step", step).set("loss", loss).set("losses", losses).set("lr", 1e-4);
}

}  // namespace

TEST_CASE("tensorboard: checksums are those of the standard") {
  CHECK(training::crc32c("123456789") == 0xE3069283U);          // the check value of CRC-32C
  CHECK(training::crc32c(std::string(32, '\0')) == 0x8A9136AAU);  // RFC 3720, B.4
  CHECK(training::maskedCrc32c("123456789") == ((0xE3069283U >> 15 | 0xE3069283U << 17) + 0xA282EAD8U));
}

TEST_CASE("tensorboard: what a run says can be read back") {
  const test::Scratch folder;
  training::ScalarLog log(folder.path());
  log.add(makeEvent("note").set("message", "nothing to count"));
  CHECK(log.path().empty());
  log.add(stepEvent(300, 0.5));
  JsonValue figures = JsonValue::object();
  figures.set("accuracy", 0.75).set("broken", JsonValue());
  log.add(makeEvent("epoch").set("step", 301).set("validation", figures));
  CHECK(log.path().filename().string().starts_with("events.out.tfevents."));
  const auto told = readBack(log.path());
  REQUIRE(told.size() == 3);
  CHECK(told[0].version == "brain.Event:2");
  CHECK(told[1].step == 300);
  CHECK(told[1].time > 1e9);
  CHECK(told[1].values == std::map<std::string, float>{{"train/loss", 0.5F}, {"train/loss_class", 0.25F}, {"optimiser/rate", 1e-4F}});
  CHECK(told[2].step == 301);
  CHECK(told[2].values == std::map<std::string, float>{{"validation/accuracy", 0.75F}});
}

TEST_CASE("tensorboard: a resumed run takes back what was told after its checkpoint") {
  const test::Scratch folder;
  training::ScalarLog log(folder.path());
  log.add(makeEvent("start").set("from_step", 40));
  log.add(stepEvent(50, 0.5));
  const auto told = readBack(log.path());
  REQUIRE(told.size() == 3);
  CHECK(told[1].starts);
  CHECK(told[1].step == 41);
}

TEST_CASE("tensorboard: a run folder writes it, unless the recipe says no") {
  const test::Scratch folder;
  for (const bool wanted : {true, false}) {
    training::Recipe recipe;
    recipe.tensorboard = wanted;
    const auto path = folder / (wanted ? "with" : "without");
    auto run = training::RunFolder::create(path, recipe);
    REQUIRE(run);
    (*run)->append(stepEvent(1, 2.0));
    std::int64_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path)) files += entry.path().filename().string().starts_with("events.out.tfevents.") ? 1 : 0;
    CHECK(files == (wanted ? 1 : 0));
  }
}
