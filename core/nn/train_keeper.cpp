#include "core/nn/train_keeper.h"

#include <algorithm>
#include <chrono>

#include "core/nn/tensor_exchange.h"
#include "core/nn/train_snapshot.h"

namespace chladni::nn {
namespace {

using training::makeEvent;

constexpr auto kDiskPatience = std::chrono::milliseconds(1000);

// "generator" of process 0, "generator.1" of the next.
std::string generatorName(std::size_t process) { return process == 0 ? "generator" : "generator." + std::to_string(process); }

// Takes the generators out of a checkpoint, in the order of the processes.
Result<std::vector<at::Tensor>> takeGenerators(std::vector<TensorBlob>& blobs) {
  std::vector<at::Tensor> generators;
  for (;;) {
    const auto name = generatorName(generators.size());
    const auto found = std::find_if(blobs.begin(), blobs.end(), [&](const TensorBlob& blob) { return blob.name == name; });
    if (found == blobs.end()) break;
    auto bytes = toTensor(*found);
    if (!bytes) return fail(bytes.error());
    generators.push_back(*bytes);
    blobs.erase(found);
  }
  if (generators.empty()) return fail(ErrorCode::corruptData, "the checkpoint lacks the state of the generator");
  return generators;
}

}  // namespace

TrainKeeper::TrainKeeper(Trainable& trainable, const training::TrainingJob& job, Optimiser& optimiser,
                         std::optional<WeightAverage>& ema, std::optional<WeightAverage>& mean,
                         training::CheckpointStore::FreeBytes freeBytes)
    : trainable_(trainable), job_(job), optimiser_(optimiser), ema_(ema), mean_(mean),
      store_(job.run->checkpoints(), {job.recipe().keepLast, job.recipe().keepEvery}, std::move(freeBytes)) {}

NamedTensors TrainKeeper::everything() {
  NamedTensors all = moduleState(trainable_.module());
  all.merge(optimiser_.state());
  if (ema_) all.merge(ema_->state());
  if (mean_) all.merge(mean_->state());
  for (const auto& [name, tensor] : trainable_.state()) all["own." + name] = tensor;
  return all;
}

void TrainKeeper::warn(const std::vector<std::string>& notes) const {
  for (const auto& note : notes) job_.say(makeEvent("warning").set("message", note));
}

Result<void> TrainKeeper::waitForRoom(std::uintmax_t bytes, std::int64_t step) {
  bool told = false;
  while (const auto lack = store_.lacksRoom(bytes)) {
    if (job_.control->stopRequested()) return fail(ErrorCode::io, *lack);
    if (!told) job_.say(makeEvent("paused").set("step", step).set("reason", "disk full").set("message", *lack));
    told = true;
    const auto from = std::chrono::steady_clock::now();
    job_.control->wait(kDiskPatience);
    waited_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
  }
  if (told) job_.say(makeEvent("resumed").set("step", step));
  return {};
}

Result<void> TrainKeeper::keep(const training::RunState& state, bool endsEpoch, bool best, const serial::JsonValue& figures,
                               const std::vector<at::Tensor>& generators) {
  if (keptAt_ == state.step && !best) return {};
  training::Checkpoint checkpoint;
  checkpoint.mark = {state.step, state.epoch, endsEpoch, best};
  checkpoint.state = training::toJson(state);
  if (!figures.isNull()) checkpoint.state.set("figures", figures);
  checkpoint.tensors = copyOut(everything());
  for (std::size_t n = 0; n < generators.size(); ++n) checkpoint.tensors.push_back(toBlob(generatorName(n), generators[n]));
  for (;;) {
    if (auto room = waitForRoom(bytesOf(checkpoint), state.step); !room) return room;
    auto written = store_.write(checkpoint);
    if (written) {
      keptAt_ = state.step;
      job_.say(makeEvent("checkpoint").set("step", state.step).set("path", written->string()).set("best", best));
      return {};
    }
    if (!store_.lacksRoom(bytesOf(checkpoint))) return fail(written.error(), "writing a checkpoint");
  }
}

Result<std::optional<TrainKeeper::Restored>> TrainKeeper::restore() {
  std::vector<std::string> notes;
  auto found = store_.newest(notes);
  warn(notes);
  if (!found) return fail(found.error());
  if (!*found) {
    // Killed before the first checkpoint: the same run from its start.
    if (auto rewound = job_.run->goOnFrom(-1); !rewound) return fail(rewound.error());
    return std::optional<Restored>();
  }
  auto state = training::runStateFromJson((*found)->state);
  if (!state) return fail(state.error());
  auto& blobs = (*found)->tensors;
  auto generators = takeGenerators(blobs);
  if (!generators) return fail(generators.error());
  if (auto copied = copyBack(everything(), blobs); !copied) return fail(copied.error());
  setGeneratorState(generators->front());
  optimiser_.setStepsDone(state->optimiserSteps);
  keptAt_ = state->step;
  if (auto rewound = job_.run->goOnFrom(state->step); !rewound) return fail(rewound.error());
  const auto* figures = (*found)->state.find("figures");
  return std::optional<Restored>(Restored{*state, figures ? *figures : serial::JsonValue(), std::move(*generators)});
}

Result<std::optional<serial::JsonValue>> TrainKeeper::loadBest() {
  std::vector<std::string> notes;
  auto best = store_.best(notes);
  warn(notes);
  if (!best || !*best) return std::optional<serial::JsonValue>();
  std::map<std::string, const TensorBlob*> byName;
  for (const auto& blob : (*best)->tensors) byName.emplace(blob.name, &blob);
  // The module's parameters (their moving averages when there are some), its buffers, and the family's own state.
  auto wanted = moduleState(trainable_.module());
  for (const auto& [name, tensor] : trainable_.state()) wanted["own." + name] = tensor;
  std::vector<TensorBlob> chosen;
  for (const auto& [name, tensor] : wanted) {
    const auto averaged = ema_ && name.starts_with("weights.") ? byName.find("ema." + name.substr(8)) : byName.end();
    const auto found = averaged != byName.end() ? averaged : byName.find(name);
    if (found == byName.end()) return fail(ErrorCode::incompatibleModel, "the best checkpoint lacks " + name);
    chosen.push_back(*found->second);
    chosen.back().name = name;
  }
  if (auto copied = copyBack(wanted, chosen); !copied) return fail(copied.error());
  const auto* figures = (*best)->state.find("figures");
  return std::optional<serial::JsonValue>(figures ? *figures : serial::JsonValue::object());
}

}  // namespace chladni::nn
