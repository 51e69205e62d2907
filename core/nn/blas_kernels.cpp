#include "core/nn/blas_kernels.h"

#include <dlfcn.h>

#include <cstdlib>
#include <mutex>

namespace chladni::nn {

namespace {

template <class Function>
Function symbol(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

bool hasLongVectors() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512bw");
#else
  return false;
#endif
}

// What OpenBLAS takes for CPUs that are younger than it is: without any vectors to speak of, or with half as long ones.
bool isFallback(const std::string& core) {
  return core == "Prescott" || core == "Core2" || core == "Generic" || ((core == "Haswell" || core == "Zen") && hasLongVectors());
}

const char* bestCore() {
#if defined(__x86_64__)
  if (hasLongVectors()) return "SkylakeX";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
#endif
  return nullptr;
}

void chooseAgain() {
  const auto quit = symbol<void (*)()>("gotoblas_dynamic_quit");
  const auto init = symbol<void (*)()>("gotoblas_dynamic_init");
  const char* core = bestCore();
  if (!quit || !init || !core || std::getenv("OPENBLAS_CORETYPE") || !isFallback(blasKernelName())) return;
  ::setenv("OPENBLAS_CORETYPE", core, 1);
  quit();
  init();
}

}  // namespace

std::string blasKernelName() {
  const auto name = symbol<const char* (*)()>("openblas_get_corename");
  return name ? name() : "";
}

void setBlasThreads(int threads) {
  if (const auto set = symbol<void (*)(int)>("openblas_set_num_threads")) set(threads);
}

void useFastBlasKernels() {
  static std::once_flag once;
  std::call_once(once, chooseAgain);
}

}  // namespace chladni::nn
