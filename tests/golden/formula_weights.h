// Weights that any language can make again: element k of the tensor called `name` is a hash of CRC-32(name) and k,
// spread by kind: "weight" for a He-uniform kernel, "scale", "var", "bias", and "sig" for inputs. Evaluated in double.
// See the golden README, feature_nets_formula.
#pragma once

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <torch/types.h>

namespace chladni::test {

inline std::uint32_t crc32(std::string_view text) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : text) {
    crc ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

inline double formulaUniform(std::uint32_t hash, std::uint64_t k) {
  auto x = static_cast<std::uint32_t>(hash + k * 2654435761ULL);
  x ^= x >> 16;
  x *= 0x85EBCA6BU;
  x ^= x >> 13;
  x *= 0xC2B2AE35U;
  x ^= x >> 16;
  return static_cast<double>(x) / 4294967296.0;
}

inline at::Tensor formulaTensor(const std::string& name, const std::vector<std::int64_t>& shape, const std::string& kind) {
  auto tensor = torch::empty(shape, at::kFloat);
  double fan = 1.0;
  for (std::size_t i = 1; i < shape.size(); ++i) fan *= static_cast<double>(shape[i]);
  double centre = 0.0;
  double reach = 1.0;  // the value is centre + reach * (2u - 1)
  if (kind == "weight") reach = std::sqrt(6.0 / fan);
  else if (kind == "scale") centre = 1.0, reach = 0.2;
  else if (kind == "var") centre = 1.0, reach = 0.5;
  else if (kind == "bias") reach = 0.1;
  else if (kind != "sig") throw std::runtime_error("formula of an unknown kind: " + kind);
  const auto hash = crc32(name);
  float* out = tensor.data_ptr<float>();
  for (std::int64_t k = 0; k < tensor.numel(); ++k)
    out[k] = static_cast<float>(centre + reach * (2.0 * formulaUniform(hash, static_cast<std::uint64_t>(k)) - 1.0));
  return tensor;
}

}  // namespace chladni::test
