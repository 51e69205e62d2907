// CHLADNI_REDUCTION_CLONES before a hot function: compiled for several x86 generations, the best one chosen when loaded.
// Sanitizers and other processors get the plain function. Private to core/reduction.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__SANITIZE_ADDRESS__)
#define CHLADNI_REDUCTION_CLONES __attribute__((target_clones("avx512f", "arch=haswell", "default")))
#else
#define CHLADNI_REDUCTION_CLONES
#endif
