#include "core/datasets/open_data_set.h"

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/datasets/ave_annotations.h"
#include "core/datasets/class_folders.h"
#include "core/datasets/json_list.h"
#include "core/datasets/manifest.h"
#include "core/datasets/music_table.h"
#include "core/datasets/text_fields.h"
#include "core/datasets/vggsound.h"

namespace chladni::datasets {

namespace {

namespace fs = std::filesystem;

bool there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

Result<DataSet> openAve(const fs::path& path, const OpenOptions& options) {
  const auto annotations = readAveAnnotations(path);
  if (!annotations) return fail(annotations.error());
  // The published archive and synth scenes have the clips in a folder of their own.
  const auto inside = path.parent_path() / "AVE";
  const auto usual = there(inside) ? inside : path.parent_path();
  return annotations->items(options.media.empty() ? usual : options.media);
}

Result<DataSet> openFolder(const fs::path& folder, const OpenOptions& options) {
  if (there(folder / "Annotations.txt")) return openAve(folder / "Annotations.txt", options);
  if (there(folder / "id_genres.csv")) {
    MusicTableOptions music;
    if (!there(folder / "id_lang.csv")) music.language.clear();
    return readMusicFolder(folder, music);
  }
  if (!there(folder / "manifest.csv")) return readClassFolders(folder);
  auto listed = readManifest(folder / "manifest.csv");
  if (listed || listed.error().code != ErrorCode::unsupported) return listed;
  // A table of something else; the folders may say what there is to know.
  auto set = readClassFolders(folder);
  if (!set) return listed;
  set->notes.push_back(listed.error().message + "; the folders were taken as classes instead");
  return set;
}

// The first line that is not empty, without a byte order mark.
std::string_view firstLine(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return trimmed(text.substr(0, text.find('\n')));
}

}  // namespace

Result<DataSet> openDataSet(const fs::path& path, const OpenOptions& options) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return openFolder(path, options);
  const auto text = readFile(path, kMaxTextBytes);
  if (!text) return fail(text.error());
  const std::string_view line = firstLine(*text);
  const fs::path media = options.media.empty() ? path.parent_path() : options.media;
  if (line.starts_with('{')) {
    if (path.extension() == ".json")
      return parseJsonList(*text, options.classes, path.parent_path(), path.string());
    return parseJsonLinesManifest(*text, path.parent_path(), path.string());
  }
  if (std::count(line.begin(), line.end(), '&') >= 4) return openAve(path, options);
  const auto columns = parts(line, ',');
  if (std::find(columns.begin(), columns.end(), "path") != columns.end())
    return parseCsvManifest(*text, path.parent_path(), path.string());
  if (columns.size() >= 4 && wholeOf(columns[1]))
    return parseVggSound(*text, {media, ".mp4"}, options.classes, path.string());
  if (columns.size() >= 2 || line.find_first_of("\t;") != std::string_view::npos) return parseCsvManifest(*text, path.parent_path(), path.string());
  return fail(ErrorCode::unsupported, path.string() + ": is no data set known here; give a manifest with the columns "
                                                      "path,start,end,labels, or one of the published lists");
}

}  // namespace chladni::datasets
