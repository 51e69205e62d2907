// XML of label files through pugixml: bounded in memory, errors with line and column. Private to core/annotation.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace chladni::annotation {

class XmlText {
 public:
  // `text` must outlive it.
  static Result<XmlText> parse(std::string_view text, const std::string& origin, const char* root);

  [[nodiscard]] pugi::xml_node root() const { return document_.document_element(); }
  [[nodiscard]] Unexpected wrong(pugi::xml_node node, const std::string& why) const;

 private:
  XmlText(std::string_view text, const std::string& origin) : text_(text), origin_(&origin) {}
  pugi::xml_document document_;
  std::string_view text_;
  const std::string* origin_;
};

}  // namespace chladni::annotation
