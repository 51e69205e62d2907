#include "models/ast/ast_names.h"

#include <array>
#include <string_view>
#include <utility>

#include <torch/types.h>

namespace chladni::models::ast {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Outside the blocks: whole prefixes, the rest (".weight") follows.
constexpr std::array<Pair, 7> kOuterNames{{{"embeddings.cls_token", "v.cls_token"},
                                           {"embeddings.distillation_token", "v.dist_token"},
                                           {"embeddings.position_embeddings", "v.pos_embed"},
                                           {"embeddings.patch_embeddings.projection", "v.patch_embed.proj"},
                                           {"layernorm", "v.norm"},
                                           {"classifier.layernorm", "mlp_head.0"},
                                           {"classifier.dense", "mlp_head.1"}}};
constexpr std::array<Pair, 5> kBlockNames{{{"layernorm_before", "norm1"},
                                           {"layernorm_after", "norm2"},
                                           {"attention.output.dense", "attn.proj"},
                                           {"intermediate.dense", "mlp.fc1"},
                                           {"output.dense", "mlp.fc2"}}};
constexpr std::array<std::string_view, 3> kParts{"attention.attention.query", "attention.attention.key",
                                                 "attention.attention.value"};

// "prefix" or "prefix.rest" to "replacement" or "replacement.rest".
bool replacePrefix(std::string_view name, const Pair& pair, std::string& out) {
  if (!name.starts_with(pair.first)) return false;
  const auto rest = name.substr(pair.first.size());
  if (!rest.empty() && rest.front() != '.') return false;
  out = std::string(pair.second) + std::string(rest);
  return true;
}

PortName blockName(std::string_view index, std::string_view inner) {
  const std::string block = "v.blocks." + std::string(index) + ".";
  std::string renamed;
  for (const auto& pair : kBlockNames)
    if (replacePrefix(inner, pair, renamed)) return {block + renamed, -1};
  for (std::size_t part = 0; part < kParts.size(); ++part)
    if (replacePrefix(inner, {kParts[part], "attn.qkv"}, renamed)) return {block + renamed, static_cast<int>(part)};
  return {};
}

bool isUnusedHead(std::string_view name) { return name.starts_with("v.head.") || name.starts_with("v.head_dist."); }

using Thirds = std::map<std::string, std::array<at::Tensor, 3>>;

Result<void> joinThirds(const Thirds& thirds, AstWeights& out) {
  for (const auto& [name, parts] : thirds) {
    for (const auto& part : parts)
      if (!part.defined() || part.dim() == 0 || part.sizes() != parts[0].sizes())
        return fail(ErrorCode::incompatibleModel,
                    "query, key and value for '" + name + "' are not all there with one shape; the file is incomplete");
    out.tensors[name] = torch::cat({parts[0], parts[1], parts[2]}, 0);
    out.lines.push_back("joined query, key and value into '" + name + "'");
  }
  return {};
}

}  // namespace

PortName fromPort(const std::string& name) {
  std::string_view text = name;
  constexpr std::string_view kWrapper = "audio_spectrogram_transformer.";
  if (text.starts_with(kWrapper)) text.remove_prefix(kWrapper.size());
  std::string renamed;
  for (const auto& pair : kOuterNames)
    if (replacePrefix(text, pair, renamed)) return {renamed, -1};
  constexpr std::string_view kLayer = "encoder.layer.";
  if (!text.starts_with(kLayer)) return {};
  text.remove_prefix(kLayer.size());
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const auto index = text.substr(0, dot);
  if (index.find_first_not_of("0123456789") != std::string_view::npos) return {};
  return blockName(index, text.substr(dot + 1));
}

Result<AstWeights> canonicalise(const nn::NamedTensors& published) {
  AstWeights out;
  Thirds thirds;
  for (const auto& [original, tensor] : published) {
    auto name = nn::withoutWrappers(original);
    const auto port = fromPort(name);
    if (!port.name.empty()) {
      out.huggingFace = true;
      name = port.name;
    }
    if (port.part >= 0) {
      thirds[name][static_cast<std::size_t>(port.part)] = tensor;
      continue;
    }
    if (isUnusedHead(name)) {
      out.lines.push_back("dropped '" + original + "': a head left over from ImageNet that the model never uses");
      continue;
    }
    if (auto taken = out.take(original, name, tensor); !taken) return fail(std::move(taken).error());
  }
  if (auto joined = joinThirds(thirds, out); !joined) return fail(std::move(joined).error());
  return out;
}

}  // namespace chladni::models::ast
