#include "core/training/data_report.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <set>
#include <thread>

#include "core/serial/sha256.h"

namespace chladni::training {
namespace {

using serial::JsonValue;

constexpr double kSilence = 1e-5;          // root mean square: 100 dB below full scale
constexpr std::size_t kNamed = 100;        // items of a kind that the report names
constexpr double kUneven = 20.0;           // largest class over smallest that is worth a word

struct Finding {
  std::optional<Error> error;
  double level = 0.0;
  double seconds = 0.0;
  std::string twin;  // content and stretch
  bool hears = true, sees = false;
};

// Only pictures: the sound is missing or cannot be read.
bool seesAlone(const SoundItem& item, const Error& soundProblem, const InspectOptions& options, Finding& found) {
  found.hears = false;
  if (!options.pictures) return false;
  auto picture = options.pictures->picture(item, item.start);
  found.sees = picture.has_value();
  if (!found.sees) return false;
  if (options.needsSound) found.error = Error{soundProblem.code, soundProblem.message, {"no usable sound, and the recipe learns from sound"}};
  found.level = 1.0;
  return true;
}

void lookForPicture(const SoundItem& item, const InspectOptions& options, Finding& found) {
  if (!options.pictures || found.error) return;
  auto picture = options.pictures->picture(item, item.start + found.seconds / 2.0);
  found.sees = picture.has_value();
  if (!found.sees && options.needsPicture) found.error = picture.error();
}

Finding look(const SoundItem& item, const SoundLoader& loader, const InspectOptions& options) {
  Finding found;
  auto sum = loader.contentSum(item.media);
  if (!sum) {
    found.error = sum.error();
    return found;
  }
  found.twin = *sum + "|" + std::to_string(item.start) + "|" + std::to_string(item.end.value_or(-1.0));
  auto sound = loader.sound(item, loader.clipSeconds());
  if (!sound) {
    if (!seesAlone(item, sound.error(), options, found)) found.error = sound.error();
    return found;
  }
  double energy = 0.0;
  for (const float value : *sound) energy += static_cast<double>(value) * value;
  found.level = std::sqrt(energy / static_cast<double>(sound->size()));
  found.seconds = static_cast<double>(sound->size()) / loader.frontend().spec().rate.hz();
  if (!std::isfinite(found.level)) found.error = Error{ErrorCode::corruptData, "samples that are not numbers", {}};
  lookForPicture(item, options, found);
  return found;
}

Result<std::vector<Finding>> lookAtAll(const SoundSet& set, const SoundLoader& loader, const InspectOptions& options,
                                       const ProgressSink& progress, const std::stop_token& stop) {
  std::vector<Finding> found(set.items.size());
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> workers;
    for (std::int64_t n = 0; n < std::max<std::int64_t>(options.threads, 1); ++n)
      workers.emplace_back([&, n] {
        for (std::size_t item = next++; item < found.size() && !stop.stop_requested(); item = next++) {
          found[item] = look(set.items[item], loader, options);
          if (n == 0 && progress) progress({"looking at the data", static_cast<std::int64_t>(item + 1), static_cast<std::int64_t>(found.size())});
        }
      });
  }
  if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped while looking at the data");
  return found;
}

void findDuplicates(const SoundSet& set, const std::vector<std::string>& twins, DataReport& report) {
  std::map<std::string, std::vector<std::size_t>> byTwin;
  for (std::size_t n = 0; n < set.items.size(); ++n) byTwin[twins[n]].push_back(n);
  for (const auto& [twin, items] : byTwin) {
    if (items.size() < 2) continue;
    std::vector<std::string> names;
    std::set<std::vector<std::int64_t>> labels;
    for (const auto n : items) {
      names.push_back(set.items[n].name);
      auto own = set.items[n].labels;
      std::sort(own.begin(), own.end());
      labels.insert(own);
    }
    if (labels.size() > 1) report.contradictions.push_back(names);
    report.duplicates.push_back(std::move(names));
  }
}

void findLeaks(const SoundSet& set, const std::vector<std::string>& twins, DataReport& report) {
  std::set<std::string> learned;
  for (std::size_t n = 0; n < set.items.size(); ++n)
    if (set.items[n].part == Part::train) learned.insert({"s" + set.items[n].source, "t" + twins[n].substr(0, 64)});
  for (std::size_t n = 0; n < set.items.size(); ++n) {
    const auto& item = set.items[n];
    if (item.part == Part::train) continue;
    if (learned.contains("s" + item.source) || learned.contains("t" + twins[n].substr(0, 64))) report.leaks.push_back(item.name);
  }
}

std::string signatureOf(const SoundSet& set, const std::vector<std::string>& twins) {
  std::string all;
  for (const auto& name : set.classes) all += name + "\n";
  for (std::size_t n = 0; n < set.items.size(); ++n) {
    all += twins[n] + "|" + std::to_string(static_cast<int>(set.items[n].part.value_or(Part::train)));
    for (const auto label : set.items[n].labels) all += "," + std::to_string(label);
    all += "\n";
  }
  return serial::sha256OfText(all);
}

void countClasses(const SoundSet& set, DataReport& report) {
  report.classes = set.classes;
  metrics::LabelTable labels(0, static_cast<std::int64_t>(set.classes.size()));
  for (const auto& item : set.items) {
    report.train += item.part == Part::train ? 1 : 0;
    report.validation += item.part == Part::validation ? 1 : 0;
    report.test += item.part == Part::test ? 1 : 0;
    if (item.part != Part::train) continue;
    ++labels.items;
    labels.values.resize(labels.values.size() + set.classes.size());
    for (const auto label : item.labels) labels.row(labels.items - 1)[static_cast<std::size_t>(label)] = 1;
  }
  if (labels.items > 0 && labels.classes > 0) report.balance = metrics::imbalance(labels);
}

std::string counted(std::size_t count, const std::string& one, const std::string& many, const std::string& example) {
  return std::to_string(count) + " " + (count == 1 ? one : many) + (count == 1 ? ": " : ", the first: ") + example;
}

template <class Items, class ToJson>
JsonValue firstOf(const Items& items, ToJson toJson) {
  JsonValue list = JsonValue::array();
  for (std::size_t n = 0; n < items.size() && n < kNamed; ++n) list.append(toJson(items[n]));
  return list;
}

}  // namespace

std::vector<std::string> DataReport::warnings() const {
  std::vector<std::string> lines = notes;
  if (!broken.empty())
    lines.push_back(counted(broken.size(), "item cannot be used and is left out", "items cannot be used and are left out", broken.front().item + " (" + broken.front().reason + ")"));
  if (!silent.empty())
    lines.push_back(counted(silent.size(), "item is silent and is left out", "items are silent and are left out", silent.front()));
  if (!soundOnly.empty())
    lines.push_back(counted(soundOnly.size(), "item has no pictures and is used for its sound alone", "items have no pictures and are used for their sound alone", soundOnly.front()));
  if (!pictureOnly.empty())
    lines.push_back(counted(pictureOnly.size(), "item has no usable sound and is used for its pictures alone", "items have no usable sound and are used for their pictures alone", pictureOnly.front()));
  if (!contradictions.empty())
    lines.push_back(counted(contradictions.size(), "recording is there twice with different labels", "recordings are there twice with different labels", contradictions.front().front()));
  else if (!duplicates.empty())
    lines.push_back(counted(duplicates.size(), "recording is there more than once", "recordings are there more than once", duplicates.front().front()));
  if (!leaks.empty())
    lines.push_back(counted(leaks.size(), "held-out item is also learned from, so its figures flatter", "held-out items are also learned from, so their figures flatter", leaks.front()));
  for (std::size_t n = 0; n < balance.clips.size(); ++n)
    if (balance.clips[n] == 0) {
      lines.push_back(std::to_string(balance.emptyClasses) + " of the classes have nothing to learn from, the first: " + classes[n]);
      break;
    }
  if (balance.largestToSmallest > kUneven)
    lines.push_back("the largest class has " + std::to_string(static_cast<std::int64_t>(balance.largestToSmallest)) + " times as many items as the smallest; balanced=true draws them evenly");
  return lines;
}

JsonValue DataReport::json() const {
  JsonValue report = JsonValue::object();
  report.set("signature", signature).set("items", items).set("seconds", seconds).set("train", train).set("validation", validation).set("test", test);
  const auto names = [](const std::vector<std::string>& group) { return JsonValue::arrayOf(group); };
  report.set("broken", firstOf(broken, [](const NamedReason& item) {
    return JsonValue::object().set("item", item.item).set("reason", item.reason);
  }));
  const auto plain = [](const std::string& item) { return JsonValue(item); };
  report.set("silent", firstOf(silent, plain)).set("sound_only", firstOf(soundOnly, plain)).set("picture_only", firstOf(pictureOnly, plain));
  report.set("duplicates", firstOf(duplicates, names)).set("contradictions", firstOf(contradictions, names));
  report.set("leaks", firstOf(leaks, plain));
  JsonValue counts = JsonValue::object();
  for (std::size_t n = 0; n < balance.clips.size(); ++n) counts.set(classes[n], balance.clips[n]);
  report.set("train_items_of_class", std::move(counts)).set("largest_to_smallest", balance.largestToSmallest);
  return report.set("evenness", balance.evenness).set("warnings", JsonValue::arrayOf(warnings()));
}

Result<DataReport> inspect(SoundSet& set, const SoundLoader& loader, const InspectOptions& options,
                           const ProgressSink& progress, std::stop_token stop) {
  auto found = lookAtAll(set, loader, options, progress, stop);
  if (!found) return fail(found.error());
  DataReport report;
  report.items = static_cast<std::int64_t>(set.items.size());
  report.notes = set.notes;
  std::vector<SoundItem> usable;
  std::vector<std::string> twins;
  for (std::size_t n = 0; n < set.items.size(); ++n) {
    const auto& finding = (*found)[n];
    if (finding.error) {
      report.broken.push_back({set.items[n].name, finding.error->describe()});
    } else if (finding.level < kSilence) {
      report.silent.push_back(set.items[n].name);
    } else {
      report.seconds += finding.seconds;
      usable.push_back(set.items[n]);
      usable.back().hears = finding.hears;
      usable.back().sees = finding.sees;
      if (options.pictures && !finding.sees) report.soundOnly.push_back(set.items[n].name);
      if (!finding.hears) report.pictureOnly.push_back(set.items[n].name);
      twins.push_back(finding.twin);
    }
  }
  if (usable.empty())
    return fail(ErrorCode::corruptData, "none of the " + std::to_string(report.items) + " items can be learned from; the first: " +
                                            (report.broken.empty() ? report.silent.front() + " is silent" : report.broken.front().reason));
  set.items = std::move(usable);
  // Twins are told apart by their whole content: one file under two names is one source.
  std::vector<std::string> contents;
  for (const auto& twin : twins) contents.push_back(twin.substr(0, 64));
  if (options.folds > 0) holdOutFold(set, options.folds, options.fold, options.seed, contents);
  else holdOut(set, options.validationShare, options.seed, contents);
  findDuplicates(set, twins, report);
  findLeaks(set, twins, report);
  countClasses(set, report);
  report.signature = signatureOf(set, twins);
  if (report.train == 0) return fail(ErrorCode::corruptData, "no item is left to learn from: all are held out");
  return report;
}

}  // namespace chladni::training
