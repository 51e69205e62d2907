// useFastBlasKernels(): makes OpenBLAS use the kernels that this CPU can run. OpenBLAS chooses by a list of CPU models
// and falls back to SSE3 code ("Prescott") on models younger than itself: measured here on an Emerald Rapids with
// Debian 12's 0.3.21, 12-17 GFLOP/s a core instead of 75. When the choice is such a fallback although the CPU has AVX2
// or AVX-512, the library is asked to choose again with OPENBLAS_CORETYPE set. Does nothing for other BLAS libraries,
// or when the user has set OPENBLAS_CORETYPE. Call it before the first matrix product; any thread, once.
#pragma once

#include <string>

namespace chladni::nn {

void useFastBlasKernels();

// How many threads OpenBLAS multiplies with. Its builds with threads of their own (Debian's openblas-pthread) know nothing
// of torch's number: on a busy machine the caller then spins for helpers that have no core. Does nothing elsewhere.
void setBlasThreads(int threads);

// The kernels in use, for reports: "SkylakeX"; empty when the BLAS library does not say.
std::string blasKernelName();

}  // namespace chladni::nn
