// InferenceService: the one inference thread (KeyedWorker). The newest request of a slot wins; slots take turns.
// Models are loaded on the worker at first use and kept. Callbacks run on the worker thread: the window posts them to
// its own (ui/bridge). Each answer carries the generation of its request; accept it if it is newer than the one on show.
// Destruction cancels what runs and joins.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/analysis/classification.h"
#include "core/analysis/reconstruction.h"
#include "core/data/region_attention.h"
#include "core/inference/model_registry.h"

namespace chladni::analysis {

struct ServiceCallbacks {
  std::function<void(std::uint64_t generation, const Progress&)> progress;
  std::function<void(std::uint64_t generation, std::shared_ptr<const Prediction>, bool complete)> prediction;
  // Of a localiser, just before its prediction: where it looked; not called when it attends to no regions.
  std::function<void(std::uint64_t generation, std::shared_ptr<const RegionAttention>)> regions;
  std::function<void(std::uint64_t generation, Attention)> attention;
  std::function<void(std::uint64_t generation, std::shared_ptr<const ReconstructedClip>)> reconstruction;
  std::function<void(std::uint64_t generation, const Error&)> failed;  // never `cancelled`
};

class InferenceService {
 public:
  InferenceService(std::shared_ptr<const inference::ModelRegistry> registry, inference::RuntimeOptions runtime);
  ~InferenceService();

  // Whole-file classification, or localisation by a model that does that instead: a newer one for the slot cancels the running one.
  std::uint64_t classify(const std::string& slot, std::shared_ptr<const Recording> recording, std::string model,
                         ClassifyOptions options, ServiceCallbacks callbacks);
  // Cursor-following: the running one finishes, only the waiting one is replaced.
  std::uint64_t attend(const std::string& slot, std::shared_ptr<const Recording> recording, std::string model,
                       MediaTime at, inference::AttentionRequest request, ServiceCallbacks callbacks);
  std::uint64_t attendOverview(const std::string& slot, std::shared_ptr<const Recording> recording, std::string model,
                               MediaTime at, ServiceCallbacks callbacks);
  std::uint64_t reconstruct(const std::string& slot, std::shared_ptr<const Recording> recording, std::string model,
                            MediaTime at, inference::MaskRequest request, PatchStatistics statistics,
                            ServiceCallbacks callbacks);
  // Any other work with a model, in turn with the requests above; what it makes it delivers itself, from the worker thread.
  using Work = std::function<Result<void>(const Recording&, const inference::LoadedModel&, std::stop_token)>;
  std::uint64_t work(const std::string& slot, std::shared_ptr<const Recording> recording, std::string model, Work work,
                     ServiceCallbacks callbacks);
  // The same with a file that nobody has open: the worker opens it when its turn comes, and lets go of it afterwards.
  std::uint64_t workOnFile(const std::string& slot, std::filesystem::path file, std::string model, Work work,
                           ServiceCallbacks callbacks);
  void cancel(const std::string& slot);
  void cancelAll();
  [[nodiscard]] int waiting() const;  // requests not finished yet
  // "cpu · bf16" of the last loaded model; empty before the first.
  [[nodiscard]] std::string deviceDescription() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace chladni::analysis
