#include "ui/project/attribute_text.h"

namespace chladni::ui {
namespace {

constexpr std::string_view kBetween = "; ";

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

std::string attributeText(const annotation::Attributes& attributes) {
  auto text = annotation::attributesText(attributes, kBetween);
  if (!text.empty()) text.resize(text.size() - kBetween.size());
  return text;
}

annotation::Attributes attributesFrom(const std::string& text) {
  annotation::Attributes attributes;
  for (const auto& [key, value] : annotation::attributesFrom(text)) {
    auto pair = std::pair{trimmed(key), trimmed(value)};
    if (!key.empty() && pair.first.empty() && pair.second.empty()) continue;  // nothing but spaces
    attributes.push_back(std::move(pair));
  }
  return attributes;
}

}  // namespace chladni::ui
