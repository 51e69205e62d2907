// Sonic Visualiser draws regions at a height: what we write numbers the texts, 0 the first one. Values of a file that do
// no more than that are no information. Private to core/annotation.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/annotation/text_numbers.h"
#include "core/data/label.h"

namespace chladni::annotation {

inline std::map<std::string, std::size_t> classNumbers(const LabelTrack& track) {
  std::map<std::string, std::size_t> numbers;
  for (const Label& label : track.labels) numbers.try_emplace(label.text, numbers.size());
  return numbers;
}

// Takes away attributes "value" when they only number the texts.
inline void dropClassNumbers(LabelTrack& track) {
  std::unordered_map<std::string, std::string> valueOf;
  std::unordered_map<std::string, std::string> textOf;
  for (const Label& label : track.labels) {
    const auto& attributes = label.attributes;
    if (attributes.size() != 1 || attributes[0].first != "value" || !wholeOf(attributes[0].second)) return;
    const std::string& value = attributes[0].second;
    if (valueOf.try_emplace(label.text, value).first->second != value) return;
    if (textOf.try_emplace(value, label.text).first->second != label.text) return;
  }
  for (Label& label : track.labels) label.attributes.clear();
}

}  // namespace chladni::annotation
