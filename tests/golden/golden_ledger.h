// GoldenLedger: reads a golden file as doubles or whole numbers, remembers what was looked at, and fails a test that
// leaves a tensor of its prefix unread. So a kind of tensor that the test does not know cannot pass unnoticed.
#pragma once

#include <cmath>
#include <cstring>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/golden.h"

namespace chladni::test {

class GoldenLedger {
 public:
  explicit GoldenLedger(const std::string& stem) : file_(stem) {}

  [[nodiscard]] bool has(const std::string& name) const { return file_.has(name); }
  [[nodiscard]] std::vector<std::string> names(const std::string& prefix = "") const { return file_.names(prefix); }
  [[nodiscard]] std::vector<std::int64_t> shape(const std::string& name) const { return file_.blob(name).shape; }
  [[nodiscard]] const TensorBlob& blob(const std::string& name) { return note(name), file_.blob(name); }
  [[nodiscard]] std::vector<float> floats(const std::string& name) { return note(name), file_.floats(name).values; }
  [[nodiscard]] std::vector<std::int64_t> integers(const std::string& name) { return note(name), file_.integers(name); }
  [[nodiscard]] std::vector<double> doubles(const std::string& name) {
    note(name);
    const TensorBlob& blob = file_.blob(name);
    if (blob.dtype != DType::f64) {
      const auto values = file_.floats(name).values;
      return {values.begin(), values.end()};
    }
    std::vector<double> values(blob.bytes.size() / sizeof(double));
    std::memcpy(values.data(), blob.bytes.data(), blob.bytes.size());
    return values;
  }
  // Everything under the prefix was read.
  void requireAllRead(const std::string& prefix = "") const {
    for (const auto& name : file_.names(prefix)) {
      INFO("nobody looked at " << name);
      CHECK(read_.contains(name));
    }
  }
  // "tall", "wide": what stands before the first dot of names that hold `rest` after it.
  [[nodiscard]] std::vector<std::string> groupsWith(const std::string& rest) const {
    std::vector<std::string> found;
    for (const auto& name : file_.names())
      if (name.size() > rest.size() + 1 && name.ends_with("." + rest)) found.push_back(name.substr(0, name.size() - rest.size() - 1));
    return found;
  }

 private:
  void note(const std::string& name) { read_.insert(name); }
  GoldenFile file_;
  std::set<std::string> read_;
};

// Largest |actual - expected| beyond `relative` x |expected|; infinite when sizes differ or something is not a number.
inline double beyond(const std::vector<double>& actual, const std::vector<double>& expected, double relative) {
  if (actual.size() != expected.size() || expected.empty()) return std::numeric_limits<double>::infinity();
  double worst = 0.0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double excess = std::abs(actual[i] - expected[i]) - relative * std::abs(expected[i]);
    if (std::isnan(excess)) return std::numeric_limits<double>::infinity();
    worst = std::max(worst, excess);
  }
  return worst;
}

inline std::vector<double> asDoubles(const std::vector<float>& values) { return {values.begin(), values.end()}; }

}  // namespace chladni::test
