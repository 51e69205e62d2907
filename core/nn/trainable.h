// Trainable: what a family brings to the training loop: a module whose parameters have their published names, the loss
// of a batch by parts, what is measured on held-out data, and how the result becomes a model package. The loop brings
// everything else: data order, optimiser, schedules, averages, checkpoints, events. One thread. May throw c10::Error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <torch/nn/module.h>

#include "core/base/result.h"
#include "core/nn/weights.h"
#include "core/training/rate_plan.h"

namespace chladni::nn {

struct TrainBatch {
  NamedTensors fields;              // by the names of the examples' fields, [batch, ...]
  std::vector<std::int64_t> items;  // which they are
  // Of several processes each has some rows of a joined batch: how many there are, its own first one, the first item.
  std::int64_t joined = 0, firstRow = 0, joinedItem = 0;
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(items.size()); }
  [[nodiscard]] std::int64_t joinedSize() const { return joined > 0 ? joined : size(); }
  [[nodiscard]] std::int64_t firstItem() const { return joined > 0 ? joinedItem : items.front(); }
  [[nodiscard]] const at::Tensor& at(const std::string& name) const { return fields.at(name); }
};

struct TrainLosses {
  at::Tensor total;                                       // a scalar with gradient
  std::vector<std::pair<std::string, at::Tensor>> parts;  // told beside it; scalars
};

struct ParameterRole {
  std::int64_t layersAbove = 0;  // for layer decay: 0 at the top
  bool head = false;             // learns with the head's factor, and alone when the base is frozen
  bool decays = true;            // with AdamW
  bool blockMatrix = false;      // may follow orthogonalised momentum
};

// Measured on held-out data. `main` decides which weights are best; larger is better.
struct TrainFigures {
  std::vector<std::pair<std::string, double>> values;
  std::string mainName;
  double main = 0.0;
};

// The next held-out batch, nothing at the end.
using BatchStream = std::function<Result<std::optional<TrainBatch>>()>;

class Trainable {
 public:
  virtual ~Trainable() = default;
  [[nodiscard]] virtual torch::nn::Module& module() = 0;
  [[nodiscard]] virtual ParameterRole roleOf(const std::string& name, const at::Tensor& parameter) const = 0;
  // The place by which rate and decay are read off their schedules: stages of a run may each begin theirs anew.
  [[nodiscard]] virtual training::TrainPlace placeOfRates(const training::TrainPlace& place) const { return place; }
  // Of several processes each computes the loss of its rows; the mean over them should be that of the joined batch, which
  // it is for a mean over rows. What normalises otherwise asks currentGroup() (core/nn/process_group.h).
  virtual TrainLosses losses(const TrainBatch& batch, const training::TrainPlace& place) = 0;
  // After the optimiser's step: teachers follow, centres move.
  virtual void stepped(const training::TrainPlace&) {}
  // What a checkpoint must keep beside the parameters, restored in place: teachers, centres.
  virtual NamedTensors state() { return {}; }
  // Brings the module, and with it whatever else takes part in the losses, to where it learns. Called once, before anything else.
  virtual void moveTo(const at::Device& device) { module().to(device); }
  virtual Result<TrainFigures> evaluate(const BatchStream& batches) = 0;
  // Name of the first place in a forward pass whose values are not finite; empty when all are.
  virtual std::string firstNotFinite(const TrainBatch&) { return {}; }
  // The module's present parameters as a package in the folder. `metricsJson` is an object.
  virtual Result<void> writeModel(const std::filesystem::path& folder, const std::string& metricsJson) = 0;
};

}  // namespace chladni::nn
