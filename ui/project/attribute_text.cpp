#include "ui/project/attribute_text.h"

#include <utility>

namespace chladni::ui {
namespace {

std::string escaped(const std::string& text, bool key) {
  std::string safe;
  for (const char c : text) {
    if (c == ';' || c == '\\' || (key && c == '=')) safe += '\\';
    safe += c;
  }
  return safe;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

std::string attributeText(const Attributes& attributes) {
  std::string text;
  for (const auto& [key, value] : attributes) text += (text.empty() ? "" : "; ") + escaped(key, true) + "=" + escaped(value, false);
  return text;
}

Attributes attributesFrom(const std::string& text) {
  Attributes attributes;
  std::string key;
  std::string part;
  bool haveKey = false;
  const auto close = [&] {
    if (haveKey) attributes.emplace_back(trimmed(key), trimmed(part));
    else if (!trimmed(part).empty()) attributes.emplace_back(trimmed(part), std::string());
    key.clear();
    part.clear();
    haveKey = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      part += text[++i];
    } else if (text[i] == ';') {
      close();
    } else if (text[i] == '=' && !haveKey) {
      key = std::exchange(part, {});
      haveKey = true;
    } else {
      part += text[i];
    }
  }
  close();
  return attributes;
}

}  // namespace chladni::ui
