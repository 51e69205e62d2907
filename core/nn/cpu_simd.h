// Vector pieces for the kernels: exponential, rounding to bf16. Included by them only.
#pragma once

#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__)
#define CHLADNI_X86_KERNELS 1
#include <immintrin.h>
#define CHLADNI_AVX512 __attribute__((target("avx512f")))

namespace chladni::nn::kernels {

// e^x for x <= 88, within a few units in the last place; 0 far below.
CHLADNI_AVX512 inline __m512 exponential(__m512 x) {
  x = _mm512_max_ps(x, _mm512_set1_ps(-104.0F));
  const __m512 whole = _mm512_roundscale_ps(_mm512_mul_ps(x, _mm512_set1_ps(1.44269504F)), 8);
  __m512 rest = _mm512_fnmadd_ps(whole, _mm512_set1_ps(0.693359375F), x);
  rest = _mm512_fnmadd_ps(whole, _mm512_set1_ps(-2.12194440e-4F), rest);
  // Taylor's series up to the sixth power; |rest| <= ln(2)/2.
  __m512 sum = _mm512_set1_ps(1.0F / 720.0F);
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(1.0F / 120.0F));
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(1.0F / 24.0F));
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(1.0F / 6.0F));
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(0.5F));
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(1.0F));
  sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(1.0F));
  return _mm512_scalef_ps(sum, whole);
}

// Sixteen floats to bf16, to nearest, ties to even.
CHLADNI_AVX512 inline __m256i toHalf(__m512 x) {
  const __m512i bits = _mm512_castps_si512(x);
  const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
  const __m512i rounded = _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF)));
  return _mm512_cvtepi32_epi16(_mm512_srli_epi32(rounded, 16));
}

CHLADNI_AVX512 inline void storeHalf(std::uint16_t* to, __m512 x) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), toHalf(x));
}

}  // namespace chladni::nn::kernels
#else
#define CHLADNI_X86_KERNELS 0
#endif
