#include "core/exchange/label_exchange.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

#include "core/serial/json_value.h"

namespace chladni::exchange {
namespace {

namespace fs = std::filesystem;
using store::Project;

LabelSet chosen(const std::vector<store::StoredTrack>& tracks, const ExportChoice& choice, const std::string& media) {
  LabelSet set;
  set.media = media;
  for (const store::StoredTrack& stored : tracks) {
    if (!choice.track.empty() && stored.track.name != choice.track) continue;
    LabelTrack track = stored.track;
    if (choice.confirmedOnly) std::erase_if(track.labels, [](const Label& label) { return label.state != LabelState::confirmed; });
    if (!track.labels.empty()) set.tracks.push_back(std::move(track));
  }
  return set;
}

Result<PlannedFile> planned(Project& project, const store::ProjectFile& file, const ExportChoice& choice) {
  auto tracks = project.tracks(file.id);
  if (!tracks) return fail(tracks.error());
  PlannedFile plan{file.name, {}, chosen(*tracks, choice, fs::path(file.name).filename().string()), {}};
  // The file is named after the recording: that a format cannot hold the name as well is no loss.
  if (annotation::keptOf(plan.set, choice.format, choice.writing).media.empty()) plan.set.media.clear();
  plan.losses = annotation::lossesOf(plan.set, choice.format, choice.writing);
  return plan;
}

// Below the folder also when the recording lies elsewhere than the project.
fs::path placeOf(const std::string& name) {
  fs::path place;
  for (const fs::path& part : fs::path(name).relative_path())
    if (part != ".." && part != ".") place /= part;
  return place;
}

// Without the longest ending that a format of labels has: "dawn" of "dawn.labels.json".
std::string nameWithoutEnding(const fs::path& labels) {
  const std::string name = labels.filename().string();
  std::string lower = name;
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  std::size_t longest = labels.extension().string().size();
  for (const auto& info : annotation::labelFormats())
    for (const std::string_view ending : info.extensions)
      if (lower.size() > ending.size() && lower.ends_with(ending)) longest = std::max(longest, ending.size());
  return name.substr(0, name.size() - longest);
}

bool sameTrack(const store::StoredTrack& one, const std::string& name) { return one.track.name == name; }

std::string freeName(const std::vector<store::StoredTrack>& tracks, const std::string& name) {
  std::string free = name;
  for (int n = 2; std::any_of(tracks.begin(), tracks.end(), [&](const auto& one) { return sameTrack(one, free); }); ++n)
    free = name + " " + std::to_string(n);
  return free;
}

// Recordings by the names that files of labels give them.
class Names {
 public:
  explicit Names(const std::vector<store::ProjectFile>& files) {
    for (const store::ProjectFile& file : files) {
      const fs::path name(file.name);
      whole_.emplace(name.filename().string(), file.id);
      stems_.emplace(name.stem().string(), file.id);
    }
  }
  // "a.wav" before "a".
  [[nodiscard]] std::vector<store::FileId> called(const std::string& name) const {
    auto found = in(whole_, name);
    return found.empty() ? in(stems_, name) : found;
  }

 private:
  using Index = std::multimap<std::string, store::FileId>;
  static std::vector<store::FileId> in(const Index& index, const std::string& name) {
    std::vector<store::FileId> found;
    for (auto [at, end] = index.equal_range(name); at != end; ++at) found.push_back(at->second);
    return found;
  }
  Index whole_, stems_;
};

[[nodiscard]] Unexpected ambiguous(const fs::path& labels, std::size_t count, const std::string& name) {
  return fail(ErrorCode::invalidArgument,
              labels.string() + ": " + std::to_string(count) + " recordings of the project have " + name + "; name the one it belongs to");
}

bool namesSeveral(const annotation::ReadLabelFile& read) {
  using annotation::LabelFormat;
  return (read.format == LabelFormat::rttm || read.format == LabelFormat::ave) && read.set.media.empty() && read.set.tracks.size() > 1;
}

Result<ImportPlan> sharedOut(const Names& names, const fs::path& labels, const LabelSet& set) {
  ImportPlan plan;
  for (const LabelTrack& track : set.tracks) {
    const auto found = names.called(fs::path(track.name).filename().string());
    if (found.size() > 1) return ambiguous(labels, found.size(), "the name " + serial::printable(track.name));
    if (found.empty()) plan.strangers.push_back(track.name);
    else plan.pairs.push_back({labels, found.front(), track.name});
  }
  if (plan.pairs.empty())
    return fail(ErrorCode::invalidArgument, labels.string() + ": none of the " + std::to_string(set.tracks.size()) +
                                                " recordings that it names is in the project; add them, or name the one it belongs to");
  return plan;
}

}  // namespace

Result<std::vector<PlannedFile>> planFolder(Project& project, const std::vector<store::FileId>& files, const ExportChoice& choice,
                                            const fs::path& folder) {
  const std::string extension(annotation::infoOf(choice.format).extensions.front());
  std::vector<PlannedFile> plans;
  std::map<fs::path, int> names;
  for (const store::FileId id : files) {
    auto file = project.file(id);
    if (!file) return fail(file.error());
    auto plan = planned(project, *file, choice);
    if (!plan) return fail(plan.error());
    if (plan->set.tracks.empty()) continue;
    plan->path = placeOf(file->name);
    ++names[fs::path(plan->path).replace_extension(extension)];
    plans.push_back(std::move(*plan));
  }
  std::set<fs::path> taken;
  for (PlannedFile& plan : plans) {
    const bool alone = names[fs::path(plan.path).replace_extension(extension)] == 1;
    const std::string name = (alone ? fs::path(plan.path).replace_extension() : plan.path).string();
    // Recordings beside the project and above it may have the same place below the folder.
    fs::path place = name + extension;
    for (int n = 2; !taken.insert(place).second; ++n) place = name + "-" + std::to_string(n) + extension;
    plan.path = folder / place;
  }
  return plans;
}

Result<PlannedFile> planFile(Project& project, store::FileId id, const ExportChoice& choice, const fs::path& path) {
  auto file = project.file(id);
  if (!file) return fail(file.error());
  auto plan = planned(project, *file, choice);
  if (plan) plan->path = path;
  return plan;
}

Result<void> writePlanned(const std::vector<PlannedFile>& files, const ExportChoice& choice) {
  for (const PlannedFile& file : files) {
    std::error_code error;
    if (file.path.has_parent_path()) fs::create_directories(file.path.parent_path(), error);
    if (error) return fail(ErrorCode::io, file.path.parent_path().string() + ": the folder cannot be made (" + error.message() + ")");
    if (auto ok = annotation::writeLabelFile(file.path, file.set, choice.format, choice.writing); !ok) return fail(ok.error(), file.name);
  }
  return {};
}

Result<ImportPlan> planImport(Project& project, const fs::path& labels, std::optional<annotation::LabelFormat> format) {
  auto read = annotation::readLabelFile(labels, format);
  if (!read) return fail(read.error());
  auto files = project.files();
  if (!files) return fail(files.error());
  const Names names(*files);
  if (namesSeveral(*read)) return sharedOut(names, labels, read->set);
  const std::string named = fs::path(read->set.media).filename().string();
  auto found = named.empty() ? std::vector<store::FileId>() : names.called(named);
  if (found.empty()) found = names.called(nameWithoutEnding(labels));
  if (found.empty())
    return fail(ErrorCode::notFound, labels.string() + ": no recording of the project has this name; name the recording it belongs to");
  if (found.size() > 1) return ambiguous(labels, found.size(), "this name");
  return ImportPlan{{{labels, found.front(), {}}}, {}};
}

Result<Imported> importLabels(Project& project, const std::vector<ImportPair>& files, std::optional<annotation::LabelFormat> format, bool replace) {
  // What is slow, and what may be refused, before the project is held.
  std::map<fs::path, LabelSet> sets;
  for (const ImportPair& pair : files) {
    if (sets.contains(pair.labels)) continue;
    auto read = annotation::readLabelFile(pair.labels, format);
    if (!read) return fail(read.error());
    sets.emplace(pair.labels, std::move(read->set));
  }
  Imported imported;
  const std::string step = sets.size() == 1 ? "import \"" + files.front().labels.filename().string() + "\""
                                            : "import " + std::to_string(sets.size()) + " files of labels";
  auto done = project.together(step, [&]() -> Result<void> {
    std::set<store::TrackId> own;  // what came with this import is not replaced by more of it
    for (const ImportPair& pair : files) {
      for (LabelTrack track : sets.at(pair.labels).tracks) {
        if (!pair.track.empty() && track.name != pair.track) continue;
        auto there = project.tracks(pair.recording);
        if (!there) return fail(there.error());
        if (track.name.empty() || !pair.track.empty()) track.name = "labels";
        const auto same = std::find_if(there->begin(), there->end(), [&](const auto& one) { return sameTrack(one, track.name); });
        if (same != there->end() && replace && !own.contains(same->id)) {
          if (auto ok = project.removeTrack(same->id); !ok) return ok;
        } else {
          track.name = freeName(*there, track.name);
        }
        auto stored = project.addTrack(pair.recording, track);
        if (!stored) return fail(stored.error(), pair.labels.string());
        own.insert(stored->id);
        ++imported.tracks;
        imported.labels += static_cast<std::int64_t>(track.labels.size());
      }
    }
    return {};
  });
  if (!done) return fail(done.error());
  return imported;
}

}  // namespace chladni::exchange
