#include "core/nn/published_weights.h"

#include <algorithm>
#include <array>

#include <ATen/core/Tensor.h>

#include "core/serial/checkpoint_reader.h"

namespace chladni::nn {

void CanonicalWeights::tellChoice(const std::map<std::string, std::string>& metadata) {
  const auto under = metadata.find(serial::kCheckpointUnder), beside = metadata.find(serial::kCheckpointBeside);
  if (under == metadata.end()) return;
  lines.insert(lines.begin(), "took the weights under '" + under->second + "'" +
                                  (beside == metadata.end() ? "" : "; left out what lies beside them: " + beside->second));
}

Result<void> CanonicalWeights::take(const std::string& original, const std::string& name, const at::Tensor& tensor) {
  if (!tensors.emplace(name, tensor).second)
    return fail(ErrorCode::incompatibleModel, "two tensors of the file both mean '" + name + "'");
  if (name != original) lines.push_back("renamed '" + original + "' to '" + name + "'");
  return {};
}

std::string withoutWrappers(std::string_view name) {
  constexpr std::array<std::string_view, 4> kWrappers{"state_dict.", "model.", "module.", "_orig_mod."};
  for (auto wrapper = kWrappers.begin(); wrapper != kWrappers.end();) {
    wrapper = std::find_if(kWrappers.begin(), kWrappers.end(), [&](std::string_view one) { return name.starts_with(one); });
    if (wrapper != kWrappers.end()) name.remove_prefix(wrapper->size());
  }
  return std::string(name);
}

Result<CanonicalWeights> renamedWeights(const NamedTensors& published, const std::function<std::string(const std::string&)>& rename) {
  CanonicalWeights out;
  for (const auto& [original, tensor] : published)
    if (auto taken = out.take(original, rename(original), tensor); !taken) return fail(std::move(taken).error());
  return out;
}

std::int64_t countBlocks(const NamedTensors& tensors, const std::string& stack) {
  std::int64_t depth = 0;
  while (tensors.contains(stack + "." + std::to_string(depth) + ".norm1.weight")) ++depth;
  return depth;
}

std::int64_t ShapeReader::size(const std::string& name, std::int64_t dimensions, std::int64_t axis) {
  if (failure_) return 1;
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) {
    failure_ = Error{ErrorCode::incompatibleModel, "no tensor '" + name + "': " + otherwise_, {}};
    return 1;
  }
  if (found->second.dim() != dimensions || found->second.numel() == 0) {
    failure_ = Error{ErrorCode::incompatibleModel, "tensor '" + name + "' has the impossible shape " + shapeText(found->second), {}};
    return 1;
  }
  return found->second.size(axis);
}

}  // namespace chladni::nn
