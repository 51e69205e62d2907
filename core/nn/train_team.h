// TrainTeam: what the training loop asks of the processes that learn together; with one process every question has its
// own answer and costs nothing. Each process takes its rows of a joined batch; losses are the mean over the processes,
// gradients likewise, so that every process steps alike and a run of several learns as one with the joined batch does.
// All processes call the same functions in the same order. One thread. Throws PeerLost when a process is gone.
#pragma once

#include <memory>
#include <optional>

#include "core/nn/process_group.h"
#include "core/nn/trainable.h"
#include "core/training/run_state.h"
#include "core/training/training_job.h"

namespace chladni::nn {

class TrainTeam {
 public:
  // Fails as ProcessGroup::join, and with invalidArgument when recipe and data do not suit several processes or are not
  // the same in all.
  static Result<TrainTeam> join(const training::TrainingJob& job);

  [[nodiscard]] bool leads() const { return place_.leads(); }
  [[nodiscard]] bool alone() const { return group_ == nullptr; }
  [[nodiscard]] std::int64_t rank() const { return place_.rank; }
  [[nodiscard]] std::int64_t count() const { return place_.count; }
  [[nodiscard]] ProcessGroup* group() const { return group_.get(); }

  // What all do next: stop when any was asked to, pause when process 0 was, the clock of process 0.
  struct Word {
    bool stop = false, pause = false;
    double seconds = 0.0;
  };
  [[nodiscard]] Word agree(const Word& own) const;

  // Process 0 has the start, or what a checkpoint holds: all take over its state and tensors, and each its generator. One
  // that has none begins a stream of its own, so that no two draw the same noise.
  [[nodiscard]] Result<training::RunState> beginAlike(const training::RunState& state, const NamedTensors& tensors,
                                                      const std::vector<at::Tensor>& generators, std::uint64_t seed) const;

  // The loss of the joined batch, then its parts: means over the processes, not a number as soon as one is not.
  [[nodiscard]] std::vector<double> join(const TrainLosses& losses) const;
  void joinGradients(const std::vector<at::Tensor>& parameters) const;
  // What process 0 has.
  [[nodiscard]] std::string spread(const std::string& text) const;
  [[nodiscard]] std::vector<std::string> gather(const std::string& text) const;
  [[nodiscard]] std::vector<at::Tensor> gather(const at::Tensor& rows) const;

  // While process 0 measures alone, the others follow: it calls beat(true) for each batch and beat(false) in the end;
  // they call beat() until it is false.
  bool beat(bool more) const;

 private:
  explicit TrainTeam(training::ProcessPlace place) : place_(std::move(place)) {}
  training::ProcessPlace place_;
  std::unique_ptr<ProcessGroup> group_;
};

// The device that a process takes: of several on a machine with CUDA each its own.
std::string deviceOf(const training::Recipe& recipe, const training::ProcessPlace& place);

}  // namespace chladni::nn
