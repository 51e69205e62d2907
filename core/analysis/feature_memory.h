// FeatureMemory: what the head of a model was given for stretches that were listened to before, so that the next improvement
// need not listen again. Keyed by weights, number format, windows, content of the file and stretch. Bounded: what was
// used longest ago goes first. One thread at a time.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/matrix.h"

namespace chladni::analysis {

struct HeardStretch {
  Matrix features;              // [window, width]
  std::vector<double> seconds;  // [window], of media
};

class FeatureMemory {
 public:
  explicit FeatureMemory(std::size_t mostBytes = std::size_t{128} << 20) : mostBytes_(mostBytes) {}
  // Null when it was not heard, or long ago; valid until the next keep().
  [[nodiscard]] const HeardStretch* find(const std::string& key);
  void keep(const std::string& key, HeardStretch heard);
  [[nodiscard]] std::size_t size() const { return order_.size(); }

 private:
  struct Entry {
    std::string key;
    HeardStretch heard;
  };
  static std::size_t bytesOf(const HeardStretch& heard) { return heard.features.values.size() * sizeof(float) + heard.seconds.size() * sizeof(double); }

  const std::size_t mostBytes_;
  std::size_t bytes_ = 0;
  std::list<Entry> order_;  // newest first
  std::unordered_map<std::string, std::list<Entry>::iterator> places_;
};

}  // namespace chladni::analysis
