// What improving a head does with corrections, on features made up here: what is held out, what is learned, what is kept.
#include "core/analysis/improvement.h"

#include <algorithm>
#include <set>

#include "core/analysis/class_lookup.h"
#include "core/base/random.h"
#include "core/data/prediction.h"
#include "core/reduction/linear_classifier.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::analysis;

namespace {

constexpr std::int64_t kClasses = 5;
constexpr std::int64_t kWidth = 16;

inference::ModelSpec specOf(bool multiLabel) {
  inference::ModelSpec spec;
  spec.name = "made-up";
  spec.multiLabel = multiLabel;
  for (int k = 0; k < kClasses; ++k) spec.classes.push_back("class " + std::to_string(k));
  return spec;
}

inference::LinearMap headOf(std::uint64_t seed) {
  Random random(seed);
  inference::LinearMap head{Matrix(kClasses, kWidth), std::vector<float>(kClasses, 0.0F), "h.weight", "h.bias"};
  for (float& value : head.weight.values) value = static_cast<float>(0.3 * random.normal());
  return head;
}

// Sounds of class k lie around a direction of their own, which the old head knows nothing of.
CorrectionSet sounds(int files, std::uint64_t seed) {
  Random random(seed);
  CorrectionSet set;
  for (int file = 0; file < files; ++file) {
    const int k = file % kClasses;
    CorrectedStretch stretch{"f" + std::to_string(file), "hash " + std::to_string(file), {}, std::vector<std::uint8_t>(kClasses, 0), Matrix(3, kWidth), {1.0, 1.0, 0.5}};
    stretch.truth[static_cast<std::size_t>(k)] = 1;
    for (std::int64_t w = 0; w < 3; ++w)
      for (std::int64_t j = 0; j < kWidth; ++j)
        stretch.features.row(w)[static_cast<std::size_t>(j)] = static_cast<float>((j == 3 * k ? 3.0 : 0.0) + 0.7 * random.normal());
    set.stretches.push_back(std::move(stretch));
  }
  return set;
}

}  // namespace

TEST_CASE("corrections make a head better on files that it did not learn from") {
  const auto spec = specOf(false);
  const auto set = sounds(60, 1);
  const auto found = improveHead(set, headOf(2), spec, {}, {});
  REQUIRE(found);
  CHECK(found->sources == 60);
  CHECK(found->learned.size() + found->held.size() == 60);
  CHECK(found->held.size() >= 5);
  CHECK(found->before.accuracy < 0.6);
  CHECK(found->after.accuracy > 0.9);
  CHECK(found->after.loss < found->before.loss);
  CHECK_FALSE(found->worse());
  const auto again = improveHead(set, headOf(2), spec, {}, {});
  REQUIRE(again);
  CHECK(again->head.weight.values == found->head.weight.values);
}

TEST_CASE("a file stays on its side, whatever else is corrected") {
  const auto spec = specOf(false);
  auto few = sounds(30, 3);
  auto many = sounds(60, 3);
  std::reverse(many.stretches.begin(), many.stretches.end());
  // A second stretch of every file goes where the first went.
  for (int i = 0; i < 60; ++i) {
    many.stretches.push_back(many.stretches[static_cast<std::size_t>(i)]);
    many.stretches.back().name += " again";
  }
  const auto a = improveHead(few, headOf(2), spec, {}, {});
  const auto b = improveHead(many, headOf(2), spec, {}, {});
  REQUIRE((a && b));
  const std::set<std::string> held(b->held.begin(), b->held.end());
  for (const auto& name : a->held) CHECK(held.contains(name));
  for (const auto& name : a->learned) CHECK_FALSE(held.contains(name));
  for (const auto& name : b->learned) CHECK_FALSE(held.contains(name + " again"));
  for (const auto& name : b->held)
    if (!name.ends_with("again")) CHECK(held.contains(name + " again"));
}

TEST_CASE("classes that nobody corrected do not pay for the others") {
  // Every recording has something in common that the old head knows nothing of, and the corrected ones are quiet.
  const auto spec = specOf(false);
  inference::LinearMap head = headOf(2);
  std::fill(head.weight.values.begin(), head.weight.values.end(), 0.0F);
  for (int k = 0; k < kClasses; ++k) head.weight.row(k)[static_cast<std::size_t>(3 * k)] = 1.0F;
  auto all = sounds(100, 9);
  CorrectionSet corrected;
  std::vector<CorrectedStretch> others;
  for (auto& stretch : all.stretches) {
    const auto k = static_cast<int>(std::find(stretch.truth.begin(), stretch.truth.end(), 1) - stretch.truth.begin());
    for (std::int64_t w = 0; w < 3; ++w) {
      stretch.features.row(w)[14] += 3.0F;
      if (k < 3) stretch.features.row(w)[static_cast<std::size_t>(3 * k)] -= 2.2F;
      else stretch.features.row(w)[static_cast<std::size_t>(3 * k)] -= 1.0F;
    }
    if (k < 3) corrected.stretches.push_back(stretch);
    else others.push_back(stretch);
  }
  const auto right = [&](const inference::LinearMap& by) {
    int count = 0;
    for (const auto& stretch : others) {
      const Matrix logits = reduction::apply({by.weight, by.bias}, stretch.features);
      for (std::int64_t w = 0; w < 3; ++w) count += stretch.truth[static_cast<std::size_t>(topScores(logits.row(w), 1).front().index)];
    }
    return count / (3.0 * static_cast<double>(others.size()));
  };
  const double before = right(head);
  CHECK(before > 0.85);
  ImproveOptions careless;
  careless.keep = 0.0;
  const auto lost = improveHead(corrected, head, spec, careless, {});
  const auto kept = improveHead(corrected, head, spec, {}, {});
  REQUIRE((lost && kept));
  CHECK(kept->after.accuracy > kept->before.accuracy + 0.1);
  CAPTURE(right(lost->head), right(kept->head), kept->before.accuracy, kept->after.accuracy);
  CHECK(right(lost->head) < before - 0.2);
  CHECK(right(kept->head) > before - 0.25);
}

TEST_CASE("a split that the manifest names decides") {
  auto set = sounds(20, 4);
  for (std::size_t i = 0; i < set.stretches.size(); ++i) set.stretches[i].split = i < 5 ? "test" : "train";
  const auto found = improveHead(set, headOf(2), specOf(false), {}, {});
  REQUIRE(found);
  CHECK(found->held == std::vector<std::string>{"f0", "f1", "f2", "f3", "f4"});
}

TEST_CASE("learning what contradicts the held-out part is called worse") {
  auto set = sounds(40, 5);
  inference::LinearMap right = headOf(2);
  std::fill(right.weight.values.begin(), right.weight.values.end(), 0.0F);
  for (int k = 0; k < kClasses; ++k) right.weight.row(k)[static_cast<std::size_t>(3 * k)] = 1.0F;
  for (std::size_t i = 0; i < set.stretches.size(); ++i) {
    auto& stretch = set.stretches[i];
    stretch.split = i < 10 ? "test" : "train";
    if (i >= 10) std::rotate(stretch.truth.begin(), stretch.truth.begin() + 1, stretch.truth.end());
  }
  const auto found = improveHead(set, right, specOf(false), {}, {});
  REQUIRE(found);
  CHECK(found->before.accuracy > 0.9);
  CHECK(found->worse());
}

TEST_CASE("with many labels, only what was called wrongly is unlearned") {
  const auto spec = specOf(true);
  auto set = sounds(40, 6);
  const auto head = headOf(7);
  const auto found = improveHead(set, head, spec, {}, {});
  REQUIRE(found);
  CHECK(found->after.accuracy > found->before.accuracy);
}

TEST_CASE("corrections of one file cannot be checked") {
  auto set = sounds(6, 8);
  for (auto& stretch : set.stretches) stretch.source = "the same";
  const auto found = improveHead(set, headOf(2), specOf(false), {}, {});
  REQUIRE_FALSE(found);
  CHECK(found.error().code == ErrorCode::corruptData);
  CHECK(improveHead(CorrectionSet{}, headOf(2), specOf(false), {}, {}).error().code == ErrorCode::corruptData);
}

TEST_CASE("labels that a model lacks are answered with names like them") {
  inference::ModelSpec spec;
  spec.name = "band";
  spec.classes = {"playing cello", "playing violin, fiddle", "playing piano", "wind chime"};
  const ClassLookup lookup(spec);
  CHECK(lookup.namesLike("Cello") == std::vector<std::string>{"playing cello"});
  CHECK(lookup.namesLike("violn") == std::vector<std::string>{"playing violin, fiddle"});
  CHECK(lookup.namesLike("playing pianos") != std::vector<std::string>{});
  CHECK(lookup.namesLike("xqzw").empty());
  ManifestExample example;
  example.labels = {"Cello", "wind chime", "xqzw"};
  const auto known = lookup.knowsAll(std::vector<ManifestExample>{example});
  REQUIRE_FALSE(known);
  CHECK(known.error().message.find("\"Cello\" (like: \"playing cello\"") != std::string::npos);
  CHECK(known.error().message.find("\"xqzw\"") != std::string::npos);
  CHECK(known.error().message.find("\"wind chime\"") == std::string::npos);
}
