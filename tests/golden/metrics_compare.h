// What the golden tests of metrics share: a recorded file that remembers which of its tensors were asked for, so that a
// test can fail on one it never looked at, and comparison at a relative tolerance (absolute below 1).
#pragma once

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "core/metrics/score_table.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

namespace chladni::test {

class RecordedMeasures {
 public:
  explicit RecordedMeasures(const std::string& stem) : file_(stem) {}

  DoubleTensor tensor(const std::string& name) {
    seen_.insert(name);
    return file_.doubles(name);
  }
  std::vector<double> values(const std::string& name) { return tensor(name).values; }
  double value(const std::string& name) {
    const auto all = values(name);
    REQUIRE(all.size() == 1);
    return all.front();
  }
  std::vector<std::int64_t> integers(const std::string& name) {
    seen_.insert(name);
    return file_.integers(name);
  }
  // Of rank 2; a third dimension in front is folded into the rows.
  metrics::ScoreTable scores(const std::string& name) {
    const DoubleTensor recorded = tensor(name);
    REQUIRE(recorded.shape.size() >= 2);
    metrics::ScoreTable table;
    table.classes = recorded.shape.back();
    table.items = static_cast<std::int64_t>(recorded.values.size()) / table.classes;
    table.values = recorded.values;
    return table;
  }
  metrics::LabelTable labels(const std::string& name) {
    const metrics::ScoreTable recorded = scores(name);
    metrics::LabelTable table(recorded.items, recorded.classes);
    for (std::size_t i = 0; i < table.values.size(); ++i) {
      REQUIRE((recorded.values[i] == 0.0 || recorded.values[i] == 1.0));
      table.values[i] = recorded.values[i] != 0.0 ? 1 : 0;
    }
    return table;
  }
  [[nodiscard]] std::vector<std::string> names(const std::string& prefix) const { return file_.names(prefix); }

  // Every tensor below `prefix` must have been asked for.
  void requireAllSeen(const std::string& prefix) const {
    const auto all = file_.names(prefix);
    REQUIRE_FALSE(all.empty());
    for (const auto& name : all) {
      INFO(name << " was recorded but not compared");
      CHECK(seen_.contains(name));
    }
  }

 private:
  GoldenFile file_;
  std::set<std::string> seen_;
};

inline void requireClose(const std::string& what, double ours, double recorded, double tolerance) {
  INFO(what << ": ours " << ours << ", recorded " << recorded);
  if (std::isinf(recorded)) {
    CHECK(ours == recorded);
    return;
  }
  CHECK(std::abs(ours - recorded) <= tolerance * std::max(1.0, std::abs(recorded)));
}

inline void requireClose(const std::string& what, const std::vector<double>& ours, const std::vector<double>& recorded,
                         double tolerance) {
  INFO(what);
  REQUIRE(ours.size() == recorded.size());
  for (std::size_t i = 0; i < ours.size(); ++i) requireClose(what + " " + std::to_string(i), ours[i], recorded[i], tolerance);
}

template <class T>
T valueOf(Result<T> result) {
  if (!result) FAIL(result.error().describe());
  return std::move(*result);
}

}  // namespace chladni::test
