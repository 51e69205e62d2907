#include "core/analysis/corrections.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "core/analysis/class_lookup.h"
#include "core/analysis/project_tracks.h"
#include "core/base/utc_time.h"
#include "core/serial/csv.h"

namespace chladni::analysis {

namespace {

constexpr const char* kHeard = "heard";         // attribute of a label, column of a file
constexpr double kShortest = 0.02;              // of a cut stretch, seconds; shorter ones are slivers between edges

// To the nanosecond, so that a stretch is the same when it is read back.
std::string secondsText(MediaTime time) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t ns = std::max<std::int64_t>(0, time.nanoseconds());
  std::string fraction = std::to_string(kSecond + ns % kSecond);
  fraction.front() = '.';
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return std::to_string(ns / kSecond) + (fraction == "." ? "" : fraction);
}

bool inOrder(const Correction& a, const Correction& b) {
  if (a.media != b.media) return a.media < b.media;
  if (!(a.span.start == b.span.start)) return a.span.start < b.span.start;
  return a.span.end < b.span.end;
}

std::string attribute(const Label& label, const std::string& name) {
  for (const auto& [key, value] : label.attributes)
    if (key == name) return value;
  return {};
}

void takeTrack(const store::ProjectFile& file, const LabelTrack& track, std::vector<Correction>& list) {
  const bool own = track.name == kCorrectionTrack;
  for (const Label& label : track.labels) {
    if (label.state != LabelState::confirmed || label.isPoint() || label.text.empty() || label.band) continue;
    if (!own && label.origin.model.empty()) continue;
    list.push_back({file.path, label.span, label.text, attribute(label, kHeard), label.origin.model, own});
  }
}

std::optional<std::size_t> onTrack(const LabelTrack& track, const TimeRange& span) {
  for (std::size_t i = 0; i < track.labels.size(); ++i)
    if (track.labels[i].span == span) return i;
  return std::nullopt;
}

Label labelOf(const Correction& correction, const std::string& author) {
  Label label;
  label.span = correction.span;
  label.text = correction.label;
  label.author = author;
  label.origin.model = correction.model;
  label.attributes.emplace_back("corrected", utcNow());
  if (!correction.heard.empty()) label.attributes.emplace_back(kHeard, correction.heard);
  return label;
}

using Row = std::vector<std::string>;

Row rowOf(const Correction& correction) {
  return {correction.media.string(), secondsText(correction.span.start), secondsText(correction.span.end), correction.label,
          correction.heard, correction.model};
}

// One file's corrections cut at every edge: stretches of which each has all of its classes.
void cutInto(const std::vector<const Correction*>& list, std::vector<Row>& rows) {
  std::set<std::int64_t> edges;
  for (const Correction* one : list) edges.insert({one->span.start.nanoseconds(), one->span.end.nanoseconds()});
  for (auto from = edges.begin(), to = std::next(from); to != edges.end(); from = to++) {
    std::set<std::string> classes;
    for (const Correction* one : list)
      if (one->span.start.nanoseconds() <= *from && one->span.end.nanoseconds() >= *to) classes.insert(one->label);
    if (classes.empty() || static_cast<double>(*to - *from) * 1e-9 < kShortest) continue;
    std::string names;
    for (const auto& name : classes) names += (names.empty() ? "" : ";") + name;
    rows.push_back({list.front()->media.string(), secondsText(MediaTime::fromNanoseconds(*from)), secondsText(MediaTime::fromNanoseconds(*to)), names, {}, list.front()->model});
  }
}

Result<void> writeRows(const std::filesystem::path& file, const std::vector<Row>& rows) {
  std::error_code problem;
  std::filesystem::create_directories(file.parent_path(), problem);
  if (problem) return fail(ErrorCode::io, file.parent_path().string() + ": " + problem.message());
  std::vector<Row> all{{"path", "start", "end", "labels", kHeard, "model"}};
  all.insert(all.end(), rows.begin(), rows.end());
  return serial::writeCsv(file, all);
}

}  // namespace

Result<std::vector<Correction>> correctionsOf(store::Project& project) {
  auto files = project.files();
  if (!files) return fail(files.error());
  std::vector<Correction> list;
  for (const auto& file : *files) {
    if (file.labels == 0) continue;
    auto tracks = project.tracks(file.id);
    if (!tracks) return fail(tracks.error(), file.name);
    for (const auto& stored : *tracks) takeTrack(file, stored.track, list);
  }
  std::stable_sort(list.begin(), list.end(), inOrder);
  return list;
}

Result<store::StoredTrack> keepCorrection(store::Project& project, const Correction& correction, const std::string& author) {
  return editTrack(project, "correct to \"" + correction.label + "\"", correction.media, kCorrectionTrack, [&](const LabelTrack& track) {
    const auto there = onTrack(track, correction.span);
    Label label = labelOf(correction, author);
    return there ? changeLabel(track, *there, std::move(label)) : addLabel(track, std::move(label));
  });
}

Result<void> dropCorrection(store::Project& project, const Correction& correction) {
  auto id = project.idOf(correction.media);
  if (!id) return fail(id.error());
  if (!*id) return {};
  auto tracks = project.tracks(**id);
  if (!tracks) return fail(tracks.error());
  const auto* track = trackNamed(*tracks, kCorrectionTrack);
  const auto there = track != nullptr ? onTrack(track->track, correction.span) : std::nullopt;
  if (!there) return {};
  auto edit = removeLabels(track->track, {*there});
  if (!edit) return fail(edit.error());
  auto stored = project.apply("forget a correction", *track, *edit);
  if (!stored) return fail(stored.error());
  return {};
}

std::vector<Correction> withCorrection(std::vector<Correction> list, const Correction& correction) {
  std::erase_if(list, [&](const Correction& one) { return one.media == correction.media && one.span == correction.span; });
  list.push_back(correction);
  std::stable_sort(list.begin(), list.end(), inOrder);
  return list;
}

Result<std::vector<Correction>> readCorrections(const std::filesystem::path& file) {
  std::error_code problem;
  if (!std::filesystem::exists(file, problem)) {
    if (problem) return fail(ErrorCode::io, file.string() + ": cannot be looked at (" + problem.message() + ")");
    return std::vector<Correction>{};
  }
  auto table = serial::readCsv(file);
  if (!table) return fail(table.error());
  if (table->rows.size() < 2) return std::vector<Correction>{};
  auto examples = readManifestExamples(file);
  if (!examples) return fail(examples.error());
  const auto heard = table->column(kHeard), model = table->column("model"), end = table->column("end");
  const auto field = [](const serial::CsvRow& row, std::optional<std::size_t> column) {
    return column && *column < row.fields.size() ? row.fields[*column] : std::string();
  };
  std::vector<Correction> list;
  for (std::size_t i = 0; i < examples->size(); ++i) {
    const ManifestExample& example = (*examples)[i];
    const serial::CsvRow& row = table->rows[i + 1];
    if (!example.range || field(row, end).empty() || example.labels.size() != 1)
      return fail(ErrorCode::corruptData, file.string() + ": " + example.name + ": a correction has a start, an end and one label");
    list.push_back({example.media, *example.range, example.labels.front(), field(row, heard), field(row, model), true});
  }
  return list;
}

Result<void> writeCorrections(const std::filesystem::path& file, const std::vector<Correction>& list) {
  std::vector<Row> rows;
  for (const Correction& one : list) {
    if (one.label.find(';') != std::string::npos)
      return fail(ErrorCode::invalidArgument, "\"" + one.label + "\": a class whose name holds \";\" cannot be kept without a project; make one first");
    rows.push_back(rowOf(one));
  }
  return writeRows(file, rows);
}

Result<CorrectionManifest> writeManifestFor(const inference::ModelSpec& spec, const std::vector<Correction>& list,
                                            const std::filesystem::path& manifest) {
  const ClassLookup lookup(spec);
  CorrectionManifest written;
  std::map<std::filesystem::path, std::vector<const Correction*>> byFile;
  for (const Correction& one : list) {
    if (lookup.find(one.label) && one.label.find(';') == std::string::npos) byFile[one.media].push_back(&one);
    else written.leftOut.push_back({one.media.filename().string(), "the model has no class \"" + one.label + "\""});
  }
  std::vector<Row> rows;
  for (const auto& [media, ofFile] : byFile) {
    if (spec.multiLabel) {
      cutInto(ofFile, rows);
      continue;
    }
    for (const Correction* one : ofFile) rows.push_back(rowOf(*one));
  }
  if (rows.empty())
    return fail(ErrorCode::notFound, list.empty() ? "nothing was corrected yet; say of a few stretches what they really are"
                                                  : "none of the corrections names a class of " + spec.name + "; the first: " + written.leftOut.front().reason);
  if (auto ok = writeRows(manifest, rows); !ok) return fail(ok.error());
  written.lines = static_cast<std::int64_t>(rows.size());
  return written;
}

}  // namespace chladni::analysis
