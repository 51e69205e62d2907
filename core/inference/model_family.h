// ModelFamily, LoadedModel and its capabilities: the wall between torch and everything else. Nothing here shows a
// tensor. A LoadedModel is immutable once loaded and may be shared; run state is local to each call. Calls may come
// from any one thread at a time per call; they never touch GUI state. Failures: incompatibleModel (weights do not fit),
// outOfMemory, deviceUnavailable, cancelled (stop was requested; looked at between clips and between blocks).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/data/attention_map.h"
#include "core/data/matrix.h"
#include "core/data/prediction.h"
#include "core/inference/model_input.h"
#include "core/inference/model_spec.h"

namespace chladni::inference {

enum class Precision { automatic, fp32, bf16 };

struct RuntimeOptions {
  std::string device = "auto";  // auto, cpu, cuda, cuda:N
  Precision precision = Precision::automatic;
  int threads = 0;  // for computing on the CPU, of the whole process; 0: every core
  // SHA-256 (64 hexadecimal digits) of the scripts that the user agreed to run; a TorchScript package whose module is not
  // among them is refused.
  std::vector<std::string> trustedScripts = {};
};

class Classifier {
 public:
  virtual ~Classifier() = default;
  // Raw logits [input, class]. Batches internally. A modality that the model was not built for is ignored; one that it
  // needs and lacks is invalidArgument, naming it, unless the model has a mode for its absence.
  virtual Result<Matrix> logitsOf(std::span<const ModelInput> inputs, std::stop_token stop) const = 0;
  // Sound alone.
  Result<Matrix> logits(std::span<const Clip> clips, std::stop_token stop) const {
    return logitsOf(std::vector<ModelInput>(clips.begin(), clips.end()), std::move(stop));
  }
};

enum class HeadReduction { single, mean, rollout };

struct AttentionRequest {
  int layer = -1;  // -1: last
  HeadReduction reduction = HeadReduction::mean;
  int head = 0;  // for `single`
  // The query: the class token (mean of leading tokens when there are several) or one patch of the grid.
  bool classToken = true;
  int patchRow = 0;     // frequency, or y of the picture
  int patchColumn = 0;  // time, or x of the picture
  bool pictureQuery = false;  // the patch is one of the picture's
};

class AttentionSource {
 public:
  virtual ~AttentionSource() = default;
  [[nodiscard]] virtual int layers() const = 0;
  [[nodiscard]] virtual int heads() const = 0;
  [[nodiscard]] virtual PatchGrid grid() const = 0;
  // One row over all keys; `span` of the result is left for the caller to fill.
  virtual Result<AttentionMap> attention(const ModelInput& input, const AttentionRequest& request, std::stop_token stop) const = 0;
  // The class-token row of every head of every layer: rows are layer * heads() + head.
  virtual Result<AttentionMap> attentionOverview(const ModelInput& input, std::stop_token stop) const = 0;
};

class Reconstructor;
class Localiser;
class Matcher;
class FeatureExtractor;
class Embedder;

class LoadedModel {
 public:
  virtual ~LoadedModel() = default;
  [[nodiscard]] virtual const ModelSpec& spec() const = 0;
  [[nodiscard]] virtual std::string device() const = 0;     // "cpu", "cuda:0"
  [[nodiscard]] virtual std::string precision() const = 0;  // "fp32", "bf16"
  [[nodiscard]] virtual std::int64_t parameters() const = 0;
  [[nodiscard]] virtual const Classifier* classifier() const { return nullptr; }
  [[nodiscard]] virtual const AttentionSource* attentionSource() const { return nullptr; }
  [[nodiscard]] virtual const Reconstructor* reconstructor() const { return nullptr; }
  [[nodiscard]] virtual const Localiser* localiser() const { return nullptr; }
  [[nodiscard]] virtual const Matcher* matcher() const { return nullptr; }
  [[nodiscard]] virtual const FeatureExtractor* featureExtractor() const { return nullptr; }
  [[nodiscard]] virtual const Embedder* embedder() const { return nullptr; }
};

// What an import did with each tensor; printed by `models import`, which fails unless `accepted`.
struct ImportReport {
  bool accepted = false;
  std::vector<std::string> lines;  // one per missing, unexpected, renamed or reshaped tensor, with its reason
  ModelSpec spec;                  // of the package that was written
};

struct ImportOptions {
  std::filesystem::path source;
  std::filesystem::path destination;  // package folder to create
  std::string title;
  std::vector<std::string> classes;  // empty: numbered
  // What the checkpoint cannot tell ("variant" -> "dualmae-as-run", "heads" -> "12"), by the family's own names.
  std::map<std::string, std::string> settings;
};

// One implementation may serve several names of model.json ("av-att", "dmrn"): it is registered once for each.
class ModelFamily {
 public:
  virtual ~ModelFamily() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;  // "ast"
  virtual Result<std::shared_ptr<const LoadedModel>> load(const ModelSpec& spec,
                                                          const RuntimeOptions& options) const = 0;
  virtual Result<ImportReport> importCheckpoint(const ImportOptions& options) const = 0;
};

}  // namespace chladni::inference
