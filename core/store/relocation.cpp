#include "core/store/relocation.h"

#include <map>
#include <set>
#include <system_error>

#include "core/serial/content_hash.h"

namespace chladni::store {

namespace {

namespace fs = std::filesystem;

class Search {
 public:
  explicit Search(const std::vector<ProjectFile>& files) {
    std::error_code ignored;
    for (const ProjectFile& file : files) {
      if (fs::exists(file.path, ignored)) taken_.insert(file.path);
      else missing_.emplace(file.bytes, &file);
    }
  }

  [[nodiscard]] bool finished() const { return missing_.empty(); }

  void offer(const fs::path& path) {
    std::error_code error;
    const auto bytes = static_cast<std::int64_t>(fs::file_size(path, error));
    if (error || !missing_.contains(bytes)) return;
    const fs::path place = fs::weakly_canonical(path, error);
    if (error || taken_.contains(place)) return;
    const auto content = serial::contentHash(path);
    if (!content) return;
    // The same name first, then any with this content.
    for (const bool sameName : {true, false}) {
      const auto [begin, end] = missing_.equal_range(bytes);
      for (auto it = begin; it != end; ++it) {
        if (it->second->content != *content || (sameName && it->second->path.filename() != path.filename())) continue;
        found_.push_back({it->second, place});
        taken_.insert(place);
        missing_.erase(it);
        return;
      }
    }
  }

  [[nodiscard]] std::vector<Moved> takeFound() { return std::move(found_); }

 private:
  std::multimap<std::int64_t, const ProjectFile*> missing_;
  std::set<fs::path> taken_;
  std::vector<Moved> found_;
};

}  // namespace

Result<std::vector<Moved>> findMoved(const std::vector<ProjectFile>& files, const std::vector<fs::path>& folders, std::stop_token stop) {
  Search search(files);
  for (const fs::path& folder : folders) {
    std::error_code error;
    fs::recursive_directory_iterator walk(folder, fs::directory_options::skip_permission_denied, error);
    while (!error && walk != fs::recursive_directory_iterator() && !search.finished()) {
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "looking for moved files was cancelled");
      std::error_code ignored;
      if (walk->is_regular_file(ignored)) search.offer(walk->path());
      walk.increment(error);
    }
  }
  return search.takeFound();
}

}  // namespace chladni::store
