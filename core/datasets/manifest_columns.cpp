#include "core/datasets/manifest_columns.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "core/serial/json_value.h"

namespace chladni::datasets {

namespace {

// Our name first; the rest in the order in which they are looked for.
struct Column {
  std::string_view name;
  std::vector<std::string_view> others;
};

const std::vector<Column>& columns() {
  static const std::vector<Column> all{
      {"path", {"file", "filename", "filepath", "media", "clip", "audio", "audiofile", "audiopath", "wav", "video", "videopath", "fname"}},
      {"labels", {"label", "class", "classes", "category", "categories", "classname", "labelname", "tags", "tag", "event", "eventlabel", "vggsoundclass", "aveclass"}},
      {"start", {"starts", "startseconds", "starttime", "eventstart", "eventstarts", "onset", "begin", "from"}},
      {"end", {"ends", "endseconds", "endtime", "eventend", "eventends", "offset", "to"}},
      {"split", {"subset", "set", "part", "partition"}},
      {"lyrics", {"lyricsfile", "lyricspath", "text"}}};
  return all;
}

std::string plain(const std::string& name) {
  std::string letters;
  for (const unsigned char c : name)
    if (std::isalnum(c) != 0) letters += static_cast<char>(std::tolower(c));
  return letters;
}

bool has(const std::vector<std::string>& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

std::optional<std::size_t> placeOf(const std::vector<std::string>& names, const Column& column, bool ours, std::string& note) {
  const auto own = std::find(names.begin(), names.end(), column.name);
  if (own != names.end()) return static_cast<std::size_t>(own - names.begin());
  if (ours) return std::nullopt;
  for (const auto other : column.others)
    for (std::size_t n = 0; n < names.size(); ++n) {
      if (plain(names[n]) != other) continue;
      note += (note.empty() ? "" : ", ") + serial::printable(names[n], 40) + " as " + std::string(column.name);
      return n;
    }
  return std::nullopt;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + serial::printable(name, 40);
  return serial::printable(text, 300);
}

}  // namespace

Result<ManifestColumns> manifestColumns(const std::vector<std::string>& names, const std::string& origin) {
  ManifestColumns found;
  std::vector<std::optional<std::size_t>> places;
  const bool ours = has(names, "path") && has(names, "labels");  // then other names mean nothing
  for (const auto& column : columns()) places.push_back(placeOf(names, column, ours, found.note));
  if (!places[0] || !places[1])
    return fail(ErrorCode::unsupported, origin + ": has no column for " + (places[0] ? "labels" : places[1] ? "path" : "path and labels") + " among " + listed(names) +
                                            "; a manifest begins with path,start,end,labels (file and class are understood too)");
  found.path = *places[0];
  found.labels = *places[1];
  found.start = places[2];
  found.end = places[3];
  found.split = places[4];
  found.lyrics = places[5];
  if (!found.note.empty()) found.note = origin + ": took the column " + found.note;
  return found;
}

}  // namespace chladni::datasets
