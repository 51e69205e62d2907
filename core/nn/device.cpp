#include "core/nn/device.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <thread>

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#endif

#include <ATen/Parallel.h>
#include <torch/cuda.h>

#include "core/nn/blas_kernels.h"
#include "core/nn/short_waits.h"

namespace chladni::nn {
namespace {

Result<c10::Device> cudaDevice(std::string_view text) {
  int index = 0;
  if (text != "cuda") {
    const auto digits = text.substr(5);
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (problem != std::errc{} || end != digits.data() + digits.size() || index < 0 || index > 127)
      return fail(ErrorCode::invalidArgument, "'" + std::string(text) + "' is no device; use auto, cpu, cuda or cuda:N");
  }
  const auto count = torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
  if (index >= count)
    return fail(ErrorCode::deviceUnavailable, "device '" + std::string(text) + "' is not there: " + std::to_string(count) +
                                                  " CUDA devices can be used; use auto or cpu");
  return c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(index));
}

Result<c10::Device> resolveDevice(const std::string& text) {
  if (text == "cpu") return c10::Device(c10::kCPU);
  if (text == "auto" || text.empty())
    return torch::cuda::is_available() ? c10::Device(c10::kCUDA, 0) : c10::Device(c10::kCPU);
  if (text == "cuda" || text.starts_with("cuda:")) return cudaDevice(text);
  return fail(ErrorCode::invalidArgument, "'" + text + "' is no device; use auto, cpu, cuda or cuda:N");
}

}  // namespace

bool cpuHasFastBf16() {
#if defined(__x86_64__) && defined(__GNUC__)
  constexpr unsigned kAmxBf16 = 1U << 22;    // leaf 7.0, edx
  constexpr unsigned kAvx512Bf16 = 1U << 5;  // leaf 7.1, eax
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (d & kAmxBf16) != 0) return true;
  return __builtin_cpu_is("amd") != 0 && __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a & kAvx512Bf16) != 0;
#else
  return false;
#endif
}

void setThreads(int threads) {
  useFastBlasKernels();
  useShortWaits();
  const bool automatic = threads <= 0;
  if (automatic && std::getenv("OMP_NUM_THREADS") != nullptr) return;
  const int wanted = automatic ? static_cast<int>(std::max(1U, std::thread::hardware_concurrency())) : threads;
  if (at::get_num_threads() != wanted) at::set_num_threads(wanted);
  // The large products go to oneDNN, attention shares heads out to the cores: threads of OpenBLAS's own would only take the
  // cores from those, as they wait by spinning.
  if (std::getenv("OPENBLAS_NUM_THREADS") == nullptr) setBlasThreads(1);
}

void takeThreads() { at::get_num_threads(); }

std::string Runtime::deviceName() const {
  return device.is_cpu() ? "cpu" : "cuda:" + std::to_string(static_cast<int>(device.index()));
}

std::string Runtime::precisionName() const { return type == c10::ScalarType::BFloat16 ? "bf16" : "fp32"; }

Result<Runtime> resolveRuntime(const inference::RuntimeOptions& options) {
  setThreads(options.threads);
  auto device = resolveDevice(options.device);
  if (!device) return fail(std::move(device).error());
  Runtime runtime;
  runtime.device = *device;
  const bool automatic = options.precision == inference::Precision::automatic;
  const bool fast = !device->is_cpu() || cpuHasFastBf16();
  const bool bf16 = options.precision == inference::Precision::bf16 || (automatic && fast);
  runtime.type = bf16 ? c10::ScalarType::BFloat16 : c10::ScalarType::Float;
  return runtime;
}

}  // namespace chladni::nn
