// Which device and number format a model runs on. "auto" takes the first CUDA device when there is one, else the CPU.
// Precision::automatic is bf16 on CUDA, on CPUs with AMX tiles, and on AMD's with AVX512-BF16 (measured: 1.6 to 2.1 times
// fp32), else fp32: on Intel's without tiles bf16 products are slower than fp32 ones through oneDNN (82 and 116 GFLOP/s a core).
// Fails with invalidArgument (not a device) or deviceUnavailable (not on this machine).
#pragma once

#include <string>

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include "core/base/result.h"
#include "core/inference/model_family.h"

namespace chladni::nn {

struct Runtime {
  c10::Device device{c10::kCPU};
  c10::ScalarType type = c10::ScalarType::Float;  // of the matrix products
  [[nodiscard]] std::string deviceName() const;     // "cpu", "cuda:0"
  [[nodiscard]] std::string precisionName() const;  // "fp32", "bf16"
};

Result<Runtime> resolveRuntime(const inference::RuntimeOptions& options);
bool cpuHasFastBf16();
// Sets how many threads torch computes with; 0: every core this process may run on, unless OMP_NUM_THREADS says
// otherwise (Debian's LibTorch starts with one thread on some machines). resolveRuntime calls it.
void setThreads(int threads);
// Makes the calling thread take that number over. Called at the start of each inference call: OpenMP keeps the count
// per thread.
void takeThreads();

}  // namespace chladni::nn
