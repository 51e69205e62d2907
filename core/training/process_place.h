// ProcessPlace: which process of a training over several this one is, and where they meet. Read from the variables that
// torchrun sets (RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR, MASTER_PORT), else from Slurm's of a step (SLURM_PROCID,
// SLURM_NTASKS, SLURM_LOCALID). Without either: one process, which needs no address. Plain values; any thread.
// Fails with invalidArgument naming the variable.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace chladni::training {

struct ProcessPlace {
  std::int64_t rank = 0, count = 1;
  std::int64_t local = 0;  // among the processes of this machine: the number of its CUDA device
  std::string address;     // where process 0 can be reached
  std::uint16_t port = 0;
  bool meetingServed = false;  // torchrun itself answers there, not process 0
  std::string meetingPrefix;   // of the keys there

  [[nodiscard]] bool leads() const { return rank == 0; }
  [[nodiscard]] bool alone() const { return count == 1; }
  // "process 1 of 2", counted from 0 as torchrun does.
  [[nodiscard]] std::string name() const;
};

using Environment = std::function<std::optional<std::string>(const char* name)>;
Result<ProcessPlace> processPlace(const Environment& environment);
// Of this process.
Result<ProcessPlace> processPlace();

}  // namespace chladni::training
