// The formats of labels that are read and written: one list, with what each of them can hold, and a guess from the first
// bytes and the name of a file. Plain values; any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace chladni::annotation {

enum class LabelFormat {
  chladniJson,
  chladniCsv,
  audacity,
  textGrid,
  textGridShort,
  elan,
  jams,
  raven,
  rttm,
  sonicLayer,
  sonicCsv,
  webVtt,
  subRip,
  ave
};

struct LabelFormatInfo {
  LabelFormat format = LabelFormat::chladniJson;
  std::string_view id;                       // for command lines: "audacity"
  std::string_view name;                     // for people: "Audacity labels"
  std::vector<std::string_view> extensions;  // with the point, lower case; the first is the one that is written
  bool reads = true;
  bool writes = true;
  std::string_view holds;  // beside start, end and text, in words
};

// In the order of the enumeration.
const std::vector<LabelFormatInfo>& labelFormats();
const LabelFormatInfo& infoOf(LabelFormat format);
// By id, or by name in any case.
std::optional<LabelFormat> labelFormatNamed(std::string_view name);

// That a file to be written has, told by its name alone.
std::optional<LabelFormat> labelFormatOfName(std::string_view fileName);
// By content first, then by the extension of `fileName`; nothing when neither says anything.
std::optional<LabelFormat> detectLabelFormat(std::string_view bytes, std::string_view fileName);

}  // namespace chladni::annotation
