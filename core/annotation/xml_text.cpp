#include "core/annotation/xml_text.h"

#include <algorithm>

#include "core/annotation/text_numbers.h"

namespace chladni::annotation {

namespace {

// What the tree may take; a node takes 64 bytes, an attribute 40, and the text is copied.
constexpr std::size_t kMaxTreeBytes = std::size_t{320} << 20;

}  // namespace

Result<XmlText> XmlText::parse(std::string_view text, const std::string& origin, const char* root) {
  const auto count = [&](char c) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), c)); };
  // Every element may be followed by a text.
  if (text.size() + count('<') * 128 + count('=') * 40 > kMaxTreeBytes)
    return wrongAt(origin, 1, 1, "too many elements for a file of labels; split the file");
  XmlText xml(text, origin);
  const auto parsed =
      xml.document_.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_utf8);
  if (!parsed)
    return wrongAtOffset(origin, text, std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0)), text.size()),
                         std::string("no well-formed XML: ") + parsed.description());
  if (std::string_view(xml.root().name()) != root)
    return xml.wrong(xml.root(), std::string("the outermost element must be <") + root + ">");
  return xml;
}

Unexpected XmlText::wrong(pugi::xml_node node, const std::string& why) const {
  const std::ptrdiff_t offset = std::max<std::ptrdiff_t>(node.offset_debug(), 0);
  return wrongAtOffset(*origin_, text_, std::min(static_cast<std::size_t>(offset), text_.size()), why);
}

}  // namespace chladni::annotation
