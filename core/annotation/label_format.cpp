#include "core/annotation/label_format.h"

#include <algorithm>
#include <string>

#include "core/annotation/text_numbers.h"

namespace chladni::annotation {

namespace {

constexpr std::size_t kHeadBytes = 4096;

// The beginning in bytes that can be looked at: UTF-16 without its zeros.
std::string headOf(std::string_view bytes) {
  std::string head(bytes.substr(0, kHeadBytes));
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    head.erase(0, 2);
    std::erase(head, '\0');
  }
  return head.starts_with("\xEF\xBB\xBF") ? head.substr(3) : head;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::optional<LabelFormat> structured(std::string_view head) {
  const std::string_view text = trimmed(head);
  if (text.starts_with("WEBVTT")) return LabelFormat::webVtt;
  if (has(text.substr(0, 200), "ooTextFile")) return LabelFormat::textGrid;
  if (text.starts_with('<')) {
    if (has(text, "<ANNOTATION_DOCUMENT")) return LabelFormat::elan;
    if (has(text, "<sv>") || has(text, "<!DOCTYPE sonic-visualiser")) return LabelFormat::sonicLayer;
  }
  if (text.starts_with('{')) return has(text, "\"chladni-labels\"") ? LabelFormat::chladniJson : LabelFormat::jams;
  return std::nullopt;
}

bool looksLikeRttm(std::string_view line) {
  const auto fields = words(line, 11);
  return (fields.size() == 9 || fields.size() == 10) && secondsOf(fields[3]) && (secondsOf(fields[4]) || fields[4] == "<NA>");
}

// "Category&VideoID&Quality&StartTime&EndTime", or such a row.
bool looksLikeAve(std::string_view line) {
  const auto cells = split(line, '&', 64);
  if (cells.size() < 5) return false;
  const auto& end = cells.back();
  return trimmed(lowered(std::string(end))) == "endtime" || (secondsOf(trimmed(cells[cells.size() - 2])) && secondsOf(trimmed(end)));
}

// "00:01:02,500 --> …"
bool looksLikeCueTimes(std::string_view line) {
  const auto arrow = line.find("-->");
  if (arrow == std::string_view::npos) return false;
  const auto start = trimmed(line.substr(0, arrow));
  return !start.empty() && start.find_first_not_of("0123456789:.,") == std::string_view::npos;
}

// As a whole cell of a line of commas: "labels" is not "label".
bool hasCell(std::string_view line, std::string_view name) {
  const auto cells = split(line, ',', 64);
  return std::any_of(cells.begin(), cells.end(), [&](std::string_view cell) { return trimmed(cell) == name || trimmed(cell) == "\"" + std::string(name) + "\""; });
}

// By the first line that is neither empty nor a remark, and the one after it.
std::optional<LabelFormat> lineByLine(std::string_view head) {
  Lines lines(head);
  while (lines.next()) {
    const std::string line(lines.line());
    if (trimmed(line).empty() || line.starts_with(";;") || line.starts_with('#')) continue;
    const std::string lower = lowered(line);
    // A text may hold any of the signs below.
    const auto fields = split(line, '\t', 3);
    if (fields.size() > 1 && secondsOf(fields[0], true) && secondsOf(fields[1], true)) return LabelFormat::audacity;
    if (looksLikeRttm(line)) return LabelFormat::rttm;
    if (has(lower, "begin time (s)")) return LabelFormat::raven;
    if (lower.starts_with("time,") || lower == "time") return LabelFormat::sonicCsv;
    if (hasCell(lower, "start") && (hasCell(lower, "label") || hasCell(lower, "text"))) return LabelFormat::chladniCsv;
    if (looksLikeCueTimes(line)) return LabelFormat::subRip;
    if (wholeOf(line) && lines.next() && looksLikeCueTimes(lines.line())) return LabelFormat::subRip;
    if (looksLikeAve(line)) return LabelFormat::ave;
    if (fields.size() > 1 && secondsOf(fields[0], true)) return LabelFormat::audacity;
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<LabelFormat> labelFormatOfName(std::string_view fileName) {
  const std::string lower = lowered(fileName);
  if (lower == "annotations.txt" || lower.ends_with("/annotations.txt")) return LabelFormat::ave;
  const LabelFormatInfo* found = nullptr;
  std::size_t longest = 0;
  for (const LabelFormatInfo& info : labelFormats())
    for (const std::string_view extension : info.extensions)
      if (lower.ends_with(extension) && extension.size() > longest) {
        longest = extension.size();
        found = &info;
      }
  return found ? std::optional(found->format) : std::nullopt;
}

const std::vector<LabelFormatInfo>& labelFormats() {
  static const std::vector<LabelFormatInfo> kFormats{
      {LabelFormat::chladniJson, "json", "Chladni labels (JSON)", {".labels.json", ".json"}, true, true, "everything"},
      {LabelFormat::chladniCsv, "csv", "Chladni labels (CSV)", {".labels.csv", ".csv"}, true, true, "everything"},
      {LabelFormat::audacity, "audacity", "Audacity labels", {".txt"}, true, true,
       "one track; points, overlaps, frequencies"},
      {LabelFormat::textGrid, "textgrid", "Praat TextGrid", {".textgrid"}, true, true,
       "tracks of intervals or points without overlaps; the length"},
      {LabelFormat::textGridShort, "textgrid-short", "Praat TextGrid (short)", {".textgrid"}, true, true,
       "tracks of intervals or points without overlaps; the length"},
      {LabelFormat::elan, "eaf", "ELAN annotations", {".eaf"}, true, true,
       "tracks, overlaps, one author a track, the name of the recording; whole milliseconds, no points"},
      {LabelFormat::jams, "jams", "JAMS", {".jams"}, true, true,
       "tracks, points, overlaps, confidence, one author a track, name and length of the recording; no times below 0"},
      {LabelFormat::raven, "raven", "Raven selection table", {".selections.txt", ".txt"}, true, true,
       "tracks, points, overlaps, frequencies, confidence, states, authors, models, attributes, the name of the recording; "
       "no times below 0"},
      {LabelFormat::rttm, "rttm", "RTTM", {".rttm"}, true, true,
       "one track a recording; points, overlaps, confidence, the name of the recording; texts without blanks"},
      {LabelFormat::sonicLayer, "svl", "Sonic Visualiser layer", {".svl"}, true, true,
       "one track; points, overlaps, frequencies if all labels have them; whole samples"},
      {LabelFormat::sonicCsv, "sv-csv", "Sonic Visualiser CSV", {".csv"}, true, true, "one track; points, overlaps"},
      {LabelFormat::webVtt, "vtt", "WebVTT subtitles", {".vtt"}, true, true,
       "tracks as voices, overlaps; whole milliseconds, no points"},
      {LabelFormat::subRip, "srt", "SubRip subtitles", {".srt"}, true, true, "one track; overlaps; whole milliseconds, no points"},
      {LabelFormat::ave, "ave", "AVE annotations", {".txt"}, true, true,
       "one track a recording; whole seconds of clips of ten seconds, quality, the name of the recording"}};
  return kFormats;
}

const LabelFormatInfo& infoOf(LabelFormat format) { return labelFormats()[static_cast<std::size_t>(format)]; }

std::optional<LabelFormat> labelFormatNamed(std::string_view name) {
  const std::string lower = lowered(name);
  for (const LabelFormatInfo& info : labelFormats())
    if (lower == info.id || lower == lowered(info.name)) return info.format;
  return std::nullopt;
}

std::optional<LabelFormat> detectLabelFormat(std::string_view bytes, std::string_view fileName) {
  const std::string head = headOf(bytes);
  if (const auto format = structured(head)) return format;
  // Commas of a label's text must not make a table of what is called something else.
  if (const auto format = lineByLine(head)) return format;
  auto format = labelFormatOfName(fileName);
  // A table of ours has a heading and was found; one without is Sonic Visualiser's.
  return format == LabelFormat::chladniCsv ? LabelFormat::sonicCsv : format;
}

}  // namespace chladni::annotation
