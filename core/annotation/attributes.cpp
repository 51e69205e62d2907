#include "core/annotation/attributes.h"

namespace chladni::annotation {
namespace {

void addEscaped(std::string& text, std::string_view part, bool key) {
  for (const char c : part) {
    if (c == '\\' || c == ';' || (key && c == '=')) text += '\\';
    text += c;
  }
}

}  // namespace

std::string attributesText(const Attributes& attributes, std::string_view end) {
  std::string text;
  for (const auto& [key, value] : attributes) {
    addEscaped(text, key, true);
    text += '=';
    addEscaped(text, value, false);
    text += end;
  }
  return text;
}

Attributes attributesFrom(std::string_view text) {
  Attributes attributes;
  std::string parts[2];
  int part = 0;
  const auto close = [&] {
    if (part == 1 || !parts[0].empty()) attributes.emplace_back(parts[0], parts[1]);
    parts[0].clear();
    parts[1].clear();
    part = 0;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) parts[part] += text[++i];
    else if (text[i] == '=' && part == 0) part = 1;
    else if (text[i] == ';') close();
    else parts[part] += text[i];
  }
  close();
  return attributes;
}

}  // namespace chladni::annotation
