#include "core/datasets/class_folders.h"

#include <algorithm>
#include <system_error>

#include "core/datasets/media_files.h"

namespace chladni::datasets {

namespace {

namespace fs = std::filesystem;

bool isHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

std::vector<fs::path> foldersIn(const fs::path& root, std::error_code& error) {
  std::vector<fs::path> folders;
  for (fs::directory_iterator at(root, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (at->is_directory(ignored) && !isHidden(at->path())) folders.push_back(at->path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

void addClass(const fs::path& folder, const std::string& split, DataSet& set, std::error_code& error) {
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (isHidden(at->path())) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file(ignored) && hasMediaName(at->path())) {
      files.push_back(at->path());
    }
  }
  std::sort(files.begin(), files.end());
  for (fs::path& file : files) {
    DataItem item;
    item.id = (file.parent_path() / file.stem()).string();  // recordings in different folders may have one name
    item.media = std::move(file);
    item.labels.push_back(folder.filename().string());
    item.split = split;
    set.items.push_back(std::move(item));
  }
}

bool isSplit(const fs::path& folder) {
  const std::string split = splitName(folder.filename().string());
  return split == "train" || split == "validation" || split == "test";
}

}  // namespace

Result<DataSet> readClassFolders(const fs::path& root) {
  std::error_code error;
  if (!fs::is_directory(root, error)) return fail(ErrorCode::notFound, root.string() + ": there is no such folder");
  DataSet set;
  const std::vector<fs::path> folders = foldersIn(root, error);
  const bool splits = !folders.empty() && std::all_of(folders.begin(), folders.end(), isSplit);
  for (const fs::path& folder : folders) {
    if (!splits) {
      addClass(folder, "", set, error);
      continue;
    }
    for (const fs::path& inner : foldersIn(folder, error))
      addClass(inner, splitName(folder.filename().string()), set, error);
  }
  if (error) return fail(ErrorCode::io, root.string() + ": cannot be read (" + error.message() + ")");
  if (set.items.empty())
    return fail(ErrorCode::corruptData, root.string() + ": no folder in it holds sound or video; one for each class is needed");
  set.classes = classesOf(set.items);
  return set;
}

}  // namespace chladni::datasets
