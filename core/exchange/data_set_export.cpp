#include "core/exchange/data_set_export.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <system_error>

#include "core/datasets/ave_writer.h"
#include "core/serial/csv.h"
#include "core/serial/sha256.h"

namespace chladni::exchange {
namespace {

namespace fs = std::filesystem;
using datasets::DataItem;
using datasets::kAveSegments;

constexpr double kMostlyIn = 0.5;
constexpr double kClip = kAveSegments;  // seconds
constexpr std::size_t kMostClips = 1'000'000;  // of one recording
const char* const kSplits[] = {"train", "validation", "test"};

struct Source {
  store::ProjectFile file;
  std::vector<Label> labels;  // that count, by start
  std::vector<TimeRange> open;  // that nobody has decided about
};

struct LeftOut {
  std::int64_t points = 0;
  std::int64_t undecided = 0;
  std::int64_t unnamed = 0;
  std::int64_t without = 0;  // files

  [[nodiscard]] std::vector<std::string> notes() const {
    std::vector<std::string> notes;
    const auto add = [&](std::int64_t count, const std::string& what) {
      if (count > 0) notes.push_back(what + ": " + std::to_string(count));
    };
    add(undecided, "proposed or rejected labels left out");
    add(points, "points left out, since they have no length");
    add(unnamed, "labels without a class left out");
    add(without, "recordings without confirmed labels left out");
    return notes;
  }
};

Result<void> checkChoice(const DataSetChoice& choice) {
  const auto share = [](double value) { return std::isfinite(value) && value >= 0.0 && value <= 1.0; };
  if (!share(choice.trainShare) || !share(choice.validationShare) || choice.trainShare + choice.validationShare > 1.0 + 1e-9)
    return fail(ErrorCode::invalidArgument, "the shares for training and validation lie between 0 and 1 and add up to 1 at most");
  if (!std::isfinite(choice.clipSeconds) || choice.clipSeconds < 0.0 || (choice.clipSeconds > 0.0 && choice.clipSeconds < 0.01))
    return fail(ErrorCode::invalidArgument, "clips are at least 0.01 s long");
  return {};
}

Result<std::vector<Source>> sourcesOf(store::Project& project, const std::vector<store::FileId>& files, const DataSetChoice& choice, LeftOut& left) {
  std::vector<Source> sources;
  bool named = choice.track.empty();
  for (const store::FileId id : files) {
    auto file = project.file(id);
    if (!file) return fail(file.error());
    auto tracks = project.tracks(id);
    if (!tracks) return fail(tracks.error());
    Source source{std::move(*file), {}, {}};
    for (const store::StoredTrack& stored : *tracks) {
      if (!choice.track.empty() && stored.track.name != choice.track) continue;
      named = true;
      for (const Label& label : stored.track.labels) {
        if (label.state == LabelState::proposed) source.open.push_back(label.span);
        if (label.state != LabelState::confirmed) ++left.undecided;
        else if (label.isPoint()) ++left.points;
        else if (label.text.empty()) ++left.unnamed;
        else source.labels.push_back(label);
      }
    }
    if (source.labels.empty()) ++left.without;
    std::stable_sort(source.labels.begin(), source.labels.end(), [](const Label& a, const Label& b) { return a.span.start < b.span.start; });
    sources.push_back(std::move(source));
  }
  if (!named) return fail(ErrorCode::notFound, "no recording has a track \"" + choice.track + "\"; look at the name");
  return sources;
}

std::string groupOf(const store::ProjectFile& file, SplitSource source) {
  return source == SplitSource::file ? file.name : fs::path(file.name).parent_path().generic_string();
}

std::string taggedSplit(const store::ProjectFile& file) {
  for (const char* split : kSplits)
    if (std::find(file.tags.begin(), file.tags.end(), split) != file.tags.end()) return split;
  return {};
}

// Groups in an order drawn from the seed go where most is missing.
std::map<std::string, std::string> splitsOf(const std::map<std::string, std::int64_t>& sizes, const std::map<std::string, std::string>& given,
                                            const DataSetChoice& choice) {
  const double shares[] = {choice.trainShare, choice.validationShare, std::max(0.0, 1.0 - choice.trainShare - choice.validationShare)};
  std::int64_t total = 0;
  std::int64_t filled[3] = {};
  std::map<std::string, std::string> drawn;  // hash to group
  std::map<std::string, std::string> splits;
  for (const auto& [group, size] : sizes) {
    total += size;
    if (const auto fixed = given.find(group); fixed != given.end()) {
      splits[group] = fixed->second;
      for (int i = 0; i < 3; ++i)
        if (fixed->second == kSplits[i]) filled[i] += size;
    } else {
      drawn.emplace(serial::sha256OfText(std::to_string(choice.seed) + "/" + group), group);
    }
  }
  for (const auto& [hash, group] : drawn) {
    int most = 0;
    double missing = -1e300;
    for (int i = 0; i < 3; ++i) {
      const double lacks = shares[i] * static_cast<double>(total) - static_cast<double>(filled[i]);
      if (shares[i] > 0.0 && lacks > missing) {
        missing = lacks;
        most = i;
      }
    }
    splits[group] = kSplits[most];
    filled[most] += sizes.at(group);
  }
  return splits;
}

// The split of each item, whose sources are `groups`.
void assignSplits(std::vector<DataItem>& items, const std::vector<std::string>& groups, const std::map<std::string, std::string>& given,
                  const DataSetChoice& choice) {
  std::map<std::string, std::int64_t> sizes;
  for (const std::string& group : groups) ++sizes[group];
  const auto splits = splitsOf(sizes, given, choice);
  for (std::size_t i = 0; i < items.size(); ++i) items[i].split = splits.at(groups[i]);
}

Result<std::map<std::string, std::string>> givenSplits(const std::vector<Source>& sources, const DataSetChoice& choice) {
  std::map<std::string, std::string> given;
  for (const Source& source : sources) {
    const std::string split = taggedSplit(source.file);
    if (split.empty()) continue;
    const std::string group = groupOf(source.file, choice.source);
    const auto [before, fresh] = given.emplace(group, split);
    if (!fresh && before->second != split)
      return fail(ErrorCode::invalidArgument, source.file.name + ": is tagged " + split + ", another recording of \"" + group + "\" " + before->second +
                                                  "; tag them alike, or split by file");
  }
  return given;
}

// Silence is learned from where somebody has listened.
bool maybeSilent(const Source& source) { return !source.labels.empty() || source.file.status == store::FileStatus::done; }

bool undecided(const Source& source, double start, double end) {
  return std::any_of(source.open.begin(), source.open.end(),
                     [&](const TimeRange& span) { return span.start.seconds() < end && span.end.seconds() >= start; });
}

bool belongs(const Label& label, double start, double end) {
  const double shared = std::min(label.span.end.seconds(), end) - std::max(label.span.start.seconds(), start);
  return shared > 0.0 && (shared >= kMostlyIn * (end - start) - 1e-9 || shared >= kMostlyIn * label.span.length().seconds() - 1e-9);
}

std::vector<DataItem> stretchesOf(const Source& source) {
  std::map<std::pair<MediaTime, MediaTime>, std::vector<std::string>> stretches;
  for (const Label& label : source.labels) {
    auto& texts = stretches[{label.span.start, label.span.end}];
    if (std::find(texts.begin(), texts.end(), label.text) == texts.end()) texts.push_back(label.text);
  }
  std::vector<DataItem> items;
  for (const auto& [span, texts] : stretches) {
    DataItem item;
    item.media = source.file.path;
    item.start = std::max(0.0, span.first.seconds());
    item.end = span.second.seconds();
    item.labels = texts;
    if (*item.end > item.start) items.push_back(std::move(item));
  }
  return items;
}

double endOf(const Source& source) {
  double last = 0.0;
  for (const Label& label : source.labels) last = std::max(last, label.span.end.seconds());
  return last;
}

// Numbers of the clips before `end` that labels touch, in order; `all`: of those between them, too. A single label at a time that
// cannot be meant would otherwise be written as years of silence.
Result<std::vector<std::int64_t>> clipNumbers(const Source& source, double clipSeconds, double end, bool all) {
  std::vector<std::int64_t> numbers;
  std::int64_t next = 0;
  const auto add = [&](double from, double to) {
    next = std::max(next, static_cast<std::int64_t>(std::max(0.0, from) / clipSeconds));
    for (; static_cast<double>(next) * clipSeconds < std::min(to, end) - 1e-6 && numbers.size() <= kMostClips; ++next) numbers.push_back(next);
  };
  if (all) add(0.0, end);
  else
    for (const Label& label : source.labels) add(label.span.start.seconds(), label.span.end.seconds());
  if (numbers.size() <= kMostClips) return numbers;
  return fail(ErrorCode::invalidArgument, source.file.path.string() + ": more than " + std::to_string(kMostClips) +
                                              " clips; mend the times of its labels, or choose longer clips");
}

Result<std::vector<DataItem>> clipsOf(const Source& source, const DataSetChoice& choice, double length) {
  auto numbers = clipNumbers(source, choice.clipSeconds, length > 0.0 ? length : endOf(source), choice.background && maybeSilent(source));
  if (!numbers) return fail(numbers.error());
  std::vector<DataItem> items;
  for (const std::int64_t i : *numbers) {
    DataItem item;
    item.media = source.file.path;
    item.start = static_cast<double>(i) * choice.clipSeconds;
    item.end = std::min(item.start + choice.clipSeconds, length > 0.0 ? length : item.start + choice.clipSeconds);
    for (const Label& label : source.labels) {
      const bool known = std::find(item.labels.begin(), item.labels.end(), label.text) != item.labels.end();
      if (!known && belongs(label, item.start, *item.end)) item.labels.push_back(label.text);
    }
    if (!item.labels.empty() || (choice.background && !undecided(source, item.start, *item.end))) items.push_back(std::move(item));
  }
  return items;
}

Unexpected nothingToWrite(const store::Project& project) {
  return fail(ErrorCode::notFound, project.path().string() + ": no confirmed labels with a length and a class; accept proposals or make labels first");
}

std::string unusedId(std::set<std::string>& used, const std::string& wanted) {
  std::string id = wanted;
  for (int n = 2; !used.insert(id).second; ++n) id = wanted + "-" + std::to_string(n);
  return id;
}

// No "&" and no line ends, which the format cannot hold.
std::string aveName(std::string text) {
  for (char& c : text)
    if (c == '&' || c == '\n' || c == '\r') c = '_';
  return text;
}

datasets::AveSplits splitsOf(const std::vector<DataItem>& clips) {
  datasets::AveSplits splits;
  for (std::size_t row = 0; row < clips.size(); ++row)
    (clips[row].split == "train" ? splits.train : clips[row].split == "validation" ? splits.validation : splits.test).push_back(static_cast<std::int64_t>(row));
  return splits;
}

}  // namespace

Result<DataSetDraft> draftManifest(store::Project& project, const std::vector<store::FileId>& files, const DataSetChoice& choice,
                                   const std::vector<double>& lengths) {
  if (auto ok = checkChoice(choice); !ok) return fail(ok.error());
  LeftOut left;
  auto sources = sourcesOf(project, files, choice, left);
  if (!sources) return fail(sources.error());
  DataSetDraft draft;
  std::vector<std::string> groups;
  for (std::size_t i = 0; i < sources->size(); ++i) {
    const Source& source = (*sources)[i];
    auto items = choice.clipSeconds > 0.0 ? clipsOf(source, choice, i < lengths.size() ? lengths[i] : 0.0) : Result<std::vector<DataItem>>(stretchesOf(source));
    if (!items) return fail(items.error());
    groups.insert(groups.end(), items->size(), groupOf(source.file, choice.source));
    std::move(items->begin(), items->end(), std::back_inserter(draft.items));
  }
  if (draft.items.empty()) return nothingToWrite(project);
  const auto given = givenSplits(*sources, choice);
  if (!given) return fail(given.error());
  assignSplits(draft.items, groups, *given, choice);
  draft.notes = left.notes();
  return draft;
}

Result<AveDraft> draftAve(store::Project& project, const std::vector<store::FileId>& files, const DataSetChoice& choice) {
  if (auto ok = checkChoice(choice); !ok) return fail(ok.error());
  LeftOut left;
  auto sources = sourcesOf(project, files, choice, left);
  if (!sources) return fail(sources.error());
  AveDraft draft;
  std::vector<std::string> groups;
  std::set<std::string> stems, ids;
  for (const Source& source : *sources) {
    if (source.labels.empty()) continue;
    const auto first = static_cast<std::ptrdiff_t>(draft.rows.size());
    const std::string stem = unusedId(stems, aveName(fs::path(source.file.name).stem().string()));
    const double last = endOf(source);
    const bool one = last <= kClip + 1e-6;
    const auto numbers = clipNumbers(source, kClip, last, false);
    if (!numbers) return fail(numbers.error());
    for (const std::int64_t clip : *numbers) {
      const double start = static_cast<double>(clip) * kClip;
      std::string id;  // once there is a row; another recording may be called as a clip of this one is
      for (const Label& label : source.labels) {
        const double from = std::max(label.span.start.seconds() - start, 0.0);
        const double to = std::min(label.span.end.seconds() - start, kClip);
        if (to - from <= 1e-6) continue;
        datasets::AveRow row;
        row.category = aveName(label.text);
        if (id.empty()) id = unusedId(ids, one ? stem : stem + "_" + std::to_string(static_cast<std::int64_t>(start)));
        row.id = id;
        row.quality = "good";
        row.start = static_cast<int>(std::floor(from + 1e-6));
        row.end = static_cast<int>(std::ceil(to - 1e-6));
        // Two tracks that say the same say it once.
        if (std::find(draft.rows.begin() + first, draft.rows.end(), row) != draft.rows.end()) continue;
        draft.rows.push_back(std::move(row));
        DataItem item;
        item.id = draft.rows.back().id;
        item.media = source.file.path;
        item.start = start;
        item.end = start + kClip;
        draft.clips.push_back(std::move(item));
        groups.push_back(groupOf(source.file, choice.source));
      }
    }
  }
  if (draft.rows.empty()) return nothingToWrite(project);
  const auto given = givenSplits(*sources, choice);
  if (!given) return fail(given.error());
  assignSplits(draft.clips, groups, *given, choice);
  draft.notes = left.notes();
  draft.notes.emplace_back("edges are widened to whole seconds, which is all that the format holds");
  return draft;
}

Result<void> writeAve(const AveDraft& draft, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(ErrorCode::io, folder.string() + ": the folder cannot be made (" + error.message() + ")");
  if (auto ok = datasets::writeAveTables(folder, draft.rows, splitsOf(draft.clips)); !ok) return ok;
  std::vector<std::vector<std::string>> clips{{"id", "path", "start", "end", "split"}};
  std::set<std::string> written;
  for (const DataItem& clip : draft.clips) {
    if (!written.insert(clip.id).second) continue;
    clips.push_back({clip.id, clip.media.string(), std::to_string(static_cast<std::int64_t>(clip.start)),
                     std::to_string(static_cast<std::int64_t>(*clip.end)), clip.split});
  }
  return serial::writeCsv(folder / "clips.csv", clips);
}

}  // namespace chladni::exchange
