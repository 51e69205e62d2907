// ProcessGroup: the processes of one training, joined by LibTorch's c10d: its TCP store to meet, Gloo to exchange tensors
// of the CPU, NCCL those of CUDA where LibTorch has it (else they travel over the CPU). Every process must call the same
// functions in the same order; all then hold the same bits. One thread. join() fails with unsupported when the build has
// no c10d, with io when the others do not come in time; everything else throws PeerLost once a process is gone.
#pragma once

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/result.h"
#include "core/training/process_place.h"

namespace chladni::nn {

struct PeerLost : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class ProcessGroup {
 public:
  // `patience`: how long one waits for the others, here and in every exchange.
  static Result<std::unique_ptr<ProcessGroup>> join(const training::ProcessPlace& place, std::chrono::milliseconds patience);
  ~ProcessGroup();
  ProcessGroup(const ProcessGroup&) = delete;
  ProcessGroup& operator=(const ProcessGroup&) = delete;

  [[nodiscard]] const training::ProcessPlace& place() const { return place_; }
  [[nodiscard]] std::int64_t rank() const { return place_.rank; }
  [[nodiscard]] std::int64_t count() const { return place_.count; }
  // Values become their sum over the processes; equal shapes everywhere.
  void sum(at::Tensor& values);
  // Values become those of process 0.
  void spread(at::Tensor& values);
  // The rows [row, ...] of every process, in their order; as many rows as each has, none included.
  std::vector<at::Tensor> gatherRows(const at::Tensor& rows);
  std::vector<std::string> gatherTexts(const std::string& text);

 private:
  struct Links;
  ProcessGroup(training::ProcessPlace place, std::unique_ptr<Links> links);
  const training::ProcessPlace place_;
  std::unique_ptr<Links> links_;
};

// The group that the losses being computed on this thread belong to; null: the process is on its own. What a loss says
// over a whole batch (negatives of a contrast, normalising counts) it exchanges through it.
ProcessGroup* currentGroup();
class GroupScope {
 public:
  explicit GroupScope(ProcessGroup* group);
  ~GroupScope();
  GroupScope(const GroupScope&) = delete;
  GroupScope& operator=(const GroupScope&) = delete;

 private:
  ProcessGroup* before_;
};

// Mean over the processes of the current group, without gradient; the values themselves without a group. A loss that is
// divided by such a count becomes, as the mean of the processes' losses, the loss of the joined batch.
at::Tensor meanOverProcesses(const at::Tensor& values);

}  // namespace chladni::nn
