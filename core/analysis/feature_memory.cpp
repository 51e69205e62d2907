#include "core/analysis/feature_memory.h"

namespace chladni::analysis {

const HeardStretch* FeatureMemory::find(const std::string& key) {
  const auto place = places_.find(key);
  if (place == places_.end()) return nullptr;
  order_.splice(order_.begin(), order_, place->second);
  return &order_.front().heard;
}

void FeatureMemory::keep(const std::string& key, HeardStretch heard) {
  if (places_.contains(key)) return;
  bytes_ += bytesOf(heard);
  order_.push_front({key, std::move(heard)});
  places_[key] = order_.begin();
  while (bytes_ > mostBytes_ && order_.size() > 1) {
    bytes_ -= bytesOf(order_.back().heard);
    places_.erase(order_.back().key);
    order_.pop_back();
  }
}

}  // namespace chladni::analysis
