#include "core/analysis/correction_set.h"

#include <algorithm>
#include <map>

#include "core/analysis/class_lookup.h"
#include "core/analysis/window_stream.h"
#include "core/inference/linear_head.h"
#include "core/serial/content_hash.h"

namespace chladni::analysis {

namespace {

Result<void> addFeatures(const ManifestExample& example, const inference::LoadedModel& model, ClassifyOptions windows,
                         CorrectedStretch& stretch, const std::stop_token& stop) {
  auto recording = Recording::open(example.media);
  if (!recording) return fail(recording.error());
  windows.range = example.range;
  const inference::LinearHead& head = *inference::linearHeadOf(model);
  auto done = eachWindow(**recording, model.spec(), windows, [&](const std::vector<ModelClip>& batch) -> Result<void> {
    std::vector<inference::ModelInput> inputs;
    for (const ModelClip& clip : batch)
      if (!isSilent(clip)) {
        inputs.push_back(clip.input());
        stretch.seconds.push_back(clip.span.length().seconds());
      }
    if (inputs.empty()) return {};
    auto rows = head.headInputs(inputs, stop);
    if (!rows) return fail(rows.error());
    stretch.features.columns = rows->columns;
    stretch.features.rows += rows->rows;
    stretch.features.values.insert(stretch.features.values.end(), rows->values.begin(), rows->values.end());
    return {};
  }, stop);
  if (done && stretch.features.rows == 0)
    return fail(ErrorCode::corruptData, example.name + ": nothing is heard there; leave the line out");
  return done;
}

class Gathering {
 public:
  Gathering(const inference::LoadedModel& model, const ClassifyOptions& windows, FeatureMemory* memory, std::stop_token stop)
      : model_(model), windows_(windows), memory_(memory), stop_(std::move(stop)), lookup_(model.spec()) {}

  // Fails only with what concerns more than this one example.
  Result<void> add(const ManifestExample& example) {
    auto truth = lookup_.truthOf(example);
    if (!truth) return fail(truth.error());
    const auto labels = std::count(truth->begin(), truth->end(), 1);
    if (!model_.spec().multiLabel && labels != 1) {
      leaveOut(example, std::to_string(labels) + " labels, but the model gives one class a clip");
      return {};
    }
    CorrectedStretch stretch{example.name, {}, example.split, std::move(*truth), {}, {}};
    auto done = identify(example, stretch);
    if (done) done = listen(example, stretch);
    if (!done && !concernsTheFile(done.error().code)) return done;
    if (done)
      set_.stretches.push_back(std::move(stretch));
    else
      leaveOut(example, done.error().describe());
    return {};
  }

  Result<CorrectionSet> take() {
    if (!set_.stretches.empty()) return std::move(set_);
    return fail(ErrorCode::corruptData, set_.leftOut.empty() ? std::string("the manifest lists no corrections")
                                                             : "no correction could be used; the first: " + set_.leftOut.front().item +
                                                                   ": " + set_.leftOut.front().reason);
  }

 private:
  void leaveOut(const ManifestExample& example, std::string reason) { set_.leftOut.push_back({example.name, std::move(reason)}); }

  Result<void> listen(const ManifestExample& example, CorrectedStretch& stretch) {
    const std::string key = memory_ != nullptr ? keyOf(example, stretch) : std::string();
    if (const HeardStretch* heard = memory_ != nullptr ? memory_->find(key) : nullptr) {
      stretch.features = heard->features;
      stretch.seconds = heard->seconds;
      return {};
    }
    auto done = addFeatures(example, model_, windows_, stretch, stop_);
    if (done && memory_ != nullptr) memory_->keep(key, {stretch.features, stretch.seconds});
    return done;
  }

  // All that the features depend on; the head is no part of it, but its weights are of the same file.
  [[nodiscard]] std::string keyOf(const ManifestExample& example, const CorrectedStretch& stretch) const {
    const std::string range = example.range ? std::to_string(example.range->start.nanoseconds()) + "-" + std::to_string(example.range->end.nanoseconds()) : "all";
    return model_.spec().weights.sha256 + " " + model_.spec().name + " " + model_.device() + " " + model_.precision() + " " + std::to_string(windows_.windowSeconds) +
           " " + std::to_string(windows_.hopSeconds) + " " + stretch.source + " " + range;
  }

  Result<void> identify(const ManifestExample& example, CorrectedStretch& stretch) {
    auto [known, isNew] = sources_.try_emplace(example.media);
    if (isNew) {
      auto hash = serial::contentHash(example.media);
      if (!hash) {
        sources_.erase(known);
        return fail(hash.error());
      }
      known->second = *hash;
    }
    stretch.source = known->second;
    return {};
  }

  const inference::LoadedModel& model_;
  const ClassifyOptions& windows_;
  FeatureMemory* const memory_;
  const std::stop_token stop_;
  const ClassLookup lookup_;
  std::map<std::filesystem::path, std::string> sources_;
  CorrectionSet set_;
};

}  // namespace

Result<CorrectionSet> gatherCorrections(std::span<const ManifestExample> examples, const inference::LoadedModel& model,
                                        const ClassifyOptions& windows, const ProgressSink& progress, std::stop_token stop,
                                        FeatureMemory* memory) {
  if (!inference::linearHeadOf(model))
    return fail(ErrorCode::unsupported, model.spec().name + ": models of the family " + model.spec().family +
                                            " have no head that can be taught; choose a classifier of another family");
  if (auto known = ClassLookup(model.spec()).knowsAll(examples); !known) return fail(known.error());
  Gathering gathering(model, windows, memory, stop);
  const auto total = static_cast<std::int64_t>(examples.size());
  for (std::int64_t i = 0; i < total; ++i) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    if (progress) progress({"listening to corrections", i, total});
    if (auto added = gathering.add(examples[static_cast<std::size_t>(i)]); !added) return fail(added.error());
  }
  if (progress) progress({"listening to corrections", total, total});
  return gathering.take();
}

}  // namespace chladni::analysis
