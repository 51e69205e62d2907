#include "core/analysis/improvement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/analysis/evaluation.h"
#include "core/analysis/probabilities.h"
#include "core/inference/head_package.h"
#include "core/reduction/linear_classifier.h"
#include "core/serial/sha256.h"

namespace chladni::analysis {

namespace {

using reduction::LinearClassifier;
using Stretches = std::vector<const CorrectedStretch*>;

constexpr std::size_t kFolds = 4;
constexpr std::int64_t kReminders = 400;      // of all classes that nobody corrected,
constexpr std::int64_t kMostReminders = 8;    // of each of them
constexpr double kMostStep = 10.0;           // back, in logits
constexpr double kSteady = 0.7;              // of the step that would give the other classes all of their share again
constexpr double kMostUntaught = 0.1;        // of the windows that were taught, may be lost by that step
constexpr int kHalvings = 30;
constexpr std::int64_t kReminderStride = 7;   // so that neighbouring windows go to different classes
constexpr double kTemperatureSpread = 0.35;  // deviation of log(new / old temperature) under the prior

struct Parts {
  Stretches learned;
  Stretches held;
  std::vector<std::string> learnedSources;  // in the order of their draws
  std::int64_t sources = 0;
};

// In 0..1, by what the file holds alone.
double drawOf(const std::string& source) {
  const std::string digits = serial::sha256OfText("held-out " + source).substr(0, 13);
  return static_cast<double>(std::stoull(digits, nullptr, 16)) * 0x1p-52;
}

bool namesHeldOut(const std::string& split) {
  static constexpr std::array<std::string_view, 6> kNames{"test", "validation", "valid", "val", "held-out", "held"};
  return std::find(kNames.begin(), kNames.end(), split) != kNames.end();
}

Result<Parts> partsOf(const CorrectionSet& corrections, double share) {
  const bool named = std::any_of(corrections.stretches.begin(), corrections.stretches.end(),
                                 [](const CorrectedStretch& stretch) { return namesHeldOut(stretch.split); });
  std::map<std::pair<double, std::string>, bool> sources;  // by draw; true: held out
  for (const CorrectedStretch& stretch : corrections.stretches) {
    const double draw = drawOf(stretch.source);
    sources[{draw, stretch.source}] |= named ? namesHeldOut(stretch.split) : draw < share;
  }
  if (sources.size() < 2)
    return fail(ErrorCode::corruptData, "corrections of one file only: some must be held out, and those of other files; correct more files");
  const auto held = std::count_if(sources.begin(), sources.end(), [](const auto& item) { return item.second; });
  if (held == 0) sources.begin()->second = true;
  if (held == static_cast<std::ptrdiff_t>(sources.size())) sources.rbegin()->second = false;
  Parts parts;
  parts.sources = static_cast<std::int64_t>(sources.size());
  for (const auto& [key, isHeld] : sources)
    if (!isHeld) parts.learnedSources.push_back(key.second);
  for (const CorrectedStretch& stretch : corrections.stretches)
    (sources[{drawOf(stretch.source), stretch.source}] ? parts.held : parts.learned).push_back(&stretch);
  return parts;
}

class HeadTeacher {
 public:
  HeadTeacher(const inference::LinearMap& head, const inference::ModelSpec& spec, const ImproveOptions& options)
      : old_{head.weight, head.bias}, spec_(spec), reach_(options.reach), keep_(options.keep),
        temperature_(spec.temperature > 0.0 ? spec.temperature : 1.0) {}

  [[nodiscard]] const LinearClassifier& old() const { return old_; }
  [[nodiscard]] double temperature() const { return temperature_; }

  // `near`: the result for nearly the same stretches, from which it is not far.
  [[nodiscard]] Result<LinearClassifier> teach(const Stretches& stretches, const LinearClassifier* near, const std::stop_token& stop) const {
    reduction::TaughtRows rows;
    const auto classes = static_cast<std::int64_t>(spec_.classes.size());
    rows.features.columns = old_.weight.columns;
    rows.targets.columns = classes;
    for (const CorrectedStretch* stretch : stretches) {
      const Matrix targets = targetsOf(*stretch);
      rows.features.values.insert(rows.features.values.end(), stretch->features.values.begin(), stretch->features.values.end());
      rows.targets.values.insert(rows.targets.values.end(), targets.values.begin(), targets.values.end());
      rows.features.rows = rows.targets.rows += targets.rows;
      rows.weights.insert(rows.weights.end(), static_cast<std::size_t>(targets.rows), 1.0 / static_cast<double>(targets.rows));
    }
    const std::int64_t heard = rows.features.rows;
    const std::vector<bool> corrected = addReminders(stretches, rows);
    reduction::TeachOptions options;
    options.multiLabel = spec_.multiLabel;
    options.temperature = temperature_;
    options.reach = reach_;
    auto taught = reduction::teach(old_, rows, options, near, stop);
    if (taught && !spec_.multiLabel && rows.features.rows > heard) balance(rows, heard, corrected, *taught);
    return taught;
  }

  // Probabilities of a whole stretch from the logits of its windows, as classify() makes them.
  [[nodiscard]] std::vector<float> predict(const Matrix& logits, double temperature, const CorrectedStretch& stretch) const {
    std::vector<double> sums(spec_.classes.size(), 0.0);
    std::vector<float> row(sums.size());
    double weight = 0.0;
    for (std::int64_t w = 0; w < logits.rows; ++w) {
      probabilities(logits.row(w), temperature, spec_.multiLabel, row);
      const double seconds = stretch.seconds[static_cast<std::size_t>(w)];
      weight += seconds;
      for (std::size_t k = 0; k < row.size(); ++k) sums[k] += seconds * row[k];
    }
    for (std::size_t k = 0; k < row.size(); ++k) row[k] = static_cast<float>(sums[k] / std::max(weight, 1e-9));
    return row;
  }

 private:
  // Of many labels, a class that nobody named keeps what the old head said, unless it would have been called or was heard
  // above all others: only that is known to be wrong.
  [[nodiscard]] Matrix targetsOf(const CorrectedStretch& stretch) const {
    Matrix targets(stretch.features.rows, static_cast<std::int64_t>(spec_.classes.size()));
    const Matrix logits = spec_.multiLabel ? reduction::apply(old_, stretch.features) : Matrix();
    for (std::int64_t w = 0; w < targets.rows; ++w) {
      const auto row = targets.row(w);
      if (spec_.multiLabel) probabilities(logits.row(w), temperature_, true, row);
      const float called = std::min(0.5F, *std::max_element(row.begin(), row.end()));
      for (std::size_t k = 0; k < row.size(); ++k)
        row[k] = stretch.truth[k] != 0 ? 1.0F : row[k] >= called ? 0.0F : row[k];
    }
    return targets;
  }

  // Reminders of classes that nobody corrected, so that learning the others does not push them aside: windows of the
  // corrections, mirrored at the border that the old head draws between what it hears in them and such a class. The old
  // head hears that class in the mirror image as clearly, and what it hears there is the target.
  // Which classes were corrected.
  std::vector<bool> addReminders(const Stretches& stretches, reduction::TaughtRows& rows) const {
    const auto classes = spec_.classes.size();
    std::vector<bool> corrected(classes, false);
    for (const CorrectedStretch* stretch : stretches)
      for (std::size_t k = 0; k < classes; ++k) corrected[k] = corrected[k] || stretch->truth[k] != 0;
    const auto forgotten = std::count(corrected.begin(), corrected.end(), false);
    if (forgotten == 0 || keep_ == 0.0) return corrected;
    const std::int64_t each = std::clamp<std::int64_t>(kReminders / forgotten, 1, kMostReminders);
    const std::int64_t count = rows.features.rows;
    const Matrix logits = reduction::apply(old_, rows.features);
    Matrix mirrored(0, rows.features.columns);
    std::int64_t next = 0;
    for (std::size_t k = 0; k < classes; ++k)
      for (std::int64_t i = 0; !corrected[k] && i < each; ++i, next += kReminderStride) {
        const auto heard = logits.row(next % count);
        const auto top = static_cast<std::size_t>(std::max_element(heard.begin(), heard.end()) - heard.begin());
        if (top != k) appendMirrored(rows.features.row(next % count), top, k, mirrored);
      }
    if (mirrored.rows == 0) return corrected;
    const Matrix recalled = reduction::apply(old_, mirrored);
    std::vector<float> target(classes);
    for (std::int64_t r = 0; r < mirrored.rows; ++r) {
      probabilities(recalled.row(r), temperature_, spec_.multiLabel, target);
      rows.targets.values.insert(rows.targets.values.end(), target.begin(), target.end());
      rows.weights.push_back(keep_ / static_cast<double>(each));
    }
    rows.features.values.insert(rows.features.values.end(), mirrored.values.begin(), mirrored.values.end());
    rows.features.rows = rows.targets.rows += mirrored.rows;
    return corrected;
  }

  // Corrections also teach that the corrected classes are likelier in general, which they are not elsewhere: all of them
  // step back by one amount: most of the way to where in the reminders the other classes together are as likely as the
  // old head has them, and no farther than what was taught allows.
  void balance(const reduction::TaughtRows& rows, std::int64_t from, const std::vector<bool>& corrected, LinearClassifier& taught) const {
    Matrix reminders(rows.features.rows - from, rows.features.columns);
    std::copy(rows.features.values.begin() + from * rows.features.columns, rows.features.values.end(), reminders.values.begin());
    double wanted = 0.0;
    for (std::int64_t r = from; r < rows.targets.rows; ++r)
      for (std::size_t k = 0; k < corrected.size(); ++k) wanted += corrected[k] ? 0.0 : double{rows.targets.row(r)[k]};
    const Matrix logits = reduction::apply(taught, reminders);
    std::vector<float> row(corrected.size()), p(corrected.size());
    const auto othersAt = [&](double step) {
      double sum = 0.0;
      for (std::int64_t r = 0; r < logits.rows; ++r) {
        for (std::size_t k = 0; k < row.size(); ++k) row[k] = logits.row(r)[k] - (corrected[k] ? static_cast<float>(step) : 0.0F);
        probabilities(row, temperature_, false, p);
        for (std::size_t k = 0; k < row.size(); ++k) sum += corrected[k] ? 0.0 : double{p[k]};
      }
      return sum;
    };
    double low = 0.0, high = kMostStep;
    for (int i = 0; i < kHalvings; ++i) (othersAt(0.5 * (low + high)) < wanted ? low : high) = 0.5 * (low + high);
    const double step = std::min(kSteady * low, roomOf(rows, from, corrected, taught));
    for (std::size_t k = 0; k < corrected.size(); ++k)
      if (corrected[k]) taught.bias[k] -= static_cast<float>(step);
  }

  // The step at which a tenth of the taught windows that are heard as they should be would no longer be.
  double roomOf(const reduction::TaughtRows& rows, std::int64_t count, const std::vector<bool>& corrected, const LinearClassifier& taught) const {
    const Matrix logits = reduction::apply(taught, rows.features);
    std::vector<double> margins;
    for (std::int64_t r = 0; r < count; ++r) {
      const auto row = logits.row(r);
      const auto target = rows.targets.row(r);
      double mine = -1e30, other = -1e30;
      for (std::size_t k = 0; k < corrected.size(); ++k) {
        if (!corrected[k]) other = std::max<double>(other, row[k]);
        else if (target[k] >= 0.5F) mine = std::max<double>(mine, row[k]);
      }
      if (mine > other) margins.push_back(mine - other);
    }
    if (margins.empty()) return 0.0;
    const auto place = margins.begin() + static_cast<std::ptrdiff_t>(kMostUntaught * static_cast<double>(margins.size()));
    std::nth_element(margins.begin(), place, margins.end());
    return *place;
  }

  void appendMirrored(std::span<const float> feature, std::size_t from, std::size_t to, Matrix& mirrored) const {
    const auto a = old_.weight.row(static_cast<std::int64_t>(from)), b = old_.weight.row(static_cast<std::int64_t>(to));
    double distance = double{old_.bias[to]} - old_.bias[from], length = 1e-12;
    for (std::size_t j = 0; j < feature.size(); ++j) {
      distance += feature[j] * (double{b[j]} - a[j]);
      length += std::pow(double{b[j]} - a[j], 2);
    }
    for (std::size_t j = 0; j < feature.size(); ++j)
      mirrored.values.push_back(static_cast<float>(feature[j] - 2.0 * distance / length * (double{b[j]} - a[j])));
    ++mirrored.rows;
  }

  LinearClassifier old_;
  const inference::ModelSpec& spec_;
  double reach_;
  double keep_;
  double temperature_;
};

double lossOf(std::span<const float> p, const std::vector<std::uint8_t>& truth, bool multiLabel) {
  constexpr double kLeast = 1e-7;
  double loss = 0.0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    if (truth[k] != 0) loss -= std::log(std::max<double>(p[k], kLeast));
    else if (multiLabel) loss -= std::log(std::max(1.0 - p[k], kLeast));
  }
  return loss;
}

// The temperature that suits heads which have not heard the source that they are asked about.
Result<double> fitTemperature(const HeadTeacher& teacher, const LinearClassifier& taught, const Parts& parts, bool multiLabel,
                              const std::stop_token& stop) {
  constexpr int kSteps = 24;
  const std::size_t folds = std::min(kFolds, parts.learnedSources.size());
  if (folds < 2) return teacher.temperature();
  std::map<std::string, std::size_t> foldOf;
  for (std::size_t i = 0; i < parts.learnedSources.size(); ++i) foldOf[parts.learnedSources[i]] = i % folds;
  std::vector<double> loss(2 * kSteps + 1, 0.0);
  const auto factor = [](std::size_t step) { return std::exp2((static_cast<double>(step) - kSteps) / 12.0); };  // 1/4 to 4
  for (std::size_t fold = 0; fold < folds; ++fold) {
    Stretches others;
    for (const CorrectedStretch* stretch : parts.learned)
      if (foldOf[stretch->source] != fold) others.push_back(stretch);
    auto head = teacher.teach(others, &taught, stop);
    if (!head) return fail(head.error());
    for (const CorrectedStretch* stretch : parts.learned)
      if (foldOf[stretch->source] == fold) {
        const Matrix logits = reduction::apply(*head, stretch->features);
        for (std::size_t step = 0; step < loss.size(); ++step)
          loss[step] += lossOf(teacher.predict(logits, teacher.temperature() * factor(step), *stretch), stretch->truth, multiLabel);
      }
  }
  for (std::size_t step = 0; step < loss.size(); ++step)
    loss[step] += 0.5 * std::pow(std::log(factor(step)) / kTemperatureSpread, 2);
  const auto best = static_cast<std::size_t>(std::min_element(loss.begin(), loss.end()) - loss.begin());
  return teacher.temperature() * factor(best);
}

Result<HeadFigures> figuresOf(const HeadTeacher& teacher, const LinearClassifier& head, double temperature,
                              const Stretches& held, const inference::ModelSpec& spec) {
  ScoredItems items;
  items.task = spec.multiLabel ? EvaluationTask::multiLabel : EvaluationTask::multiClass;
  items.classes = spec.classes;
  items.scores.classes = items.labels.classes = static_cast<std::int64_t>(spec.classes.size());
  for (const CorrectedStretch* stretch : held) {
    const auto scores = teacher.predict(reduction::apply(head, stretch->features), temperature, *stretch);
    items.items.push_back(stretch->name);
    items.scores.values.insert(items.scores.values.end(), scores.begin(), scores.end());
    items.labels.values.insert(items.labels.values.end(), stretch->truth.begin(), stretch->truth.end());
    items.scores.items = ++items.labels.items;
  }
  auto evaluation = evaluationOf(items);
  if (!evaluation) return fail(evaluation.error());
  const auto& strongest = evaluation->strongest;
  return HeadFigures{strongest ? strongest->report.accuracy : evaluation->accuracy,
                     strongest ? strongest->calibration.expectedError : evaluation->calibration.expectedError, evaluation->temperature.lossBefore};
}

std::vector<std::string> namesOf(const Stretches& stretches) {
  std::vector<std::string> names;
  for (const CorrectedStretch* stretch : stretches) names.push_back(stretch->name);
  return names;
}

}  // namespace

Result<Improvement> improveHead(const CorrectionSet& corrections, const inference::LinearMap& head,
                                const inference::ModelSpec& spec, const ImproveOptions& options, std::stop_token stop) {
  if (!(options.heldOutShare > 0.0) || options.heldOutShare > 0.9 || !(options.reach > 0.0))
    return fail(ErrorCode::invalidArgument, "the held-out share must lie between 0 and 0.9, and the reach above 0");
  auto parts = partsOf(corrections, options.heldOutShare);
  if (!parts) return fail(parts.error());
  const HeadTeacher teacher(head, spec, options);
  auto taught = teacher.teach(parts->learned, nullptr, stop);
  if (!taught) return fail(taught.error());
  auto temperature = fitTemperature(teacher, *taught, *parts, spec.multiLabel, stop);
  if (!temperature) return fail(temperature.error());
  Improvement found;
  found.head = inference::asStored({std::move(taught->weight), std::move(taught->bias), head.weightName, head.biasName}, spec.weights.dtype);
  found.temperature = *temperature;
  auto before = figuresOf(teacher, teacher.old(), teacher.temperature(), parts->held, spec);
  if (!before) return fail(before.error());
  auto after = figuresOf(teacher, {found.head.weight, found.head.bias}, found.temperature, parts->held, spec);
  if (!after) return fail(after.error());
  found.before = *before;
  found.after = *after;
  found.sources = parts->sources;
  found.learned = namesOf(parts->learned);
  found.held = namesOf(parts->held);
  return found;
}

}  // namespace chladni::analysis
