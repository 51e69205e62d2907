#include "models/cavmae/cavmae_vision_start.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include <torch/types.h>

namespace chladni::models::cavmae {
namespace {

constexpr std::array<const char*, 12> kBlockParts{"norm1.weight",     "norm1.bias",       "norm2.weight",   "norm2.bias",
                                                  "attn.qkv.weight",  "attn.qkv.bias",    "attn.proj.weight", "attn.proj.bias",
                                                  "mlp.fc1.weight",   "mlp.fc1.bias",     "mlp.fc2.weight", "mlp.fc2.bias"};

using Moves = std::vector<VisionMove>;

void addBlock(Moves& moves, const std::string& from, const std::string& to, bool everyNorm) {
  for (const std::string part : kBlockParts) {
    moves.push_back({from + part, to + part});
    if (!everyNorm || !part.starts_with("norm")) continue;
    const auto dot = part.find('.');
    for (const char* pair : {"_a", "_v"}) moves.push_back({from + part, to + part.substr(0, dot) + pair + part.substr(dot)});
  }
}

std::string numbered(const std::string& stack, std::int64_t layer) { return stack + "." + std::to_string(layer) + "."; }

void addAround(Moves& moves) {
  for (const std::string kind : {"weight", "bias"}) {
    for (const std::string norm : {"norm.", "norm_a.", "norm_v."}) moves.push_back({"norm." + kind, norm + kind});
    moves.push_back({"patch_embed.proj." + kind, "patch_embed_v.proj." + kind});
    moves.push_back({"patch_embed.proj." + kind, "patch_embed_a.proj." + kind,
                     kind == "weight" ? VisionRule::sumOfColours : VisionRule::copy});
    for (const std::string part : {"decoder_embed.", "decoder_norm."}) moves.push_back({part + kind, part + kind});
    moves.push_back({"decoder_pred." + kind, "decoder_pred_v." + kind});
    moves.push_back({"decoder_pred." + kind, "decoder_pred_a." + kind, VisionRule::firstRows});
  }
  moves.push_back({"mask_token", "mask_token"});
  moves.push_back({"pos_embed", "pos_embed_v", VisionRule::withoutClassToken});
  moves.push_back({"decoder_pos_embed", "decoder_pos_embed_v", VisionRule::withoutClassToken});
}

at::Tensor moved(const at::Tensor& from, const VisionMove& move, at::IntArrayRef wanted) {
  switch (move.rule) {
    case VisionRule::sumOfColours: return from.dim() == 4 ? from.sum(1, /*keepdim=*/true) : from;
    case VisionRule::withoutClassToken: return from.dim() == 3 && from.size(1) > 1 ? from.narrow(1, 1, from.size(1) - 1) : from;
    case VisionRule::firstRows: return from.dim() > 0 && from.size(0) >= wanted[0] ? from.narrow(0, 0, wanted[0]) : from;
    case VisionRule::copy: break;
  }
  return from;
}

const char* reasonOf(VisionRule rule) {
  switch (rule) {
    case VisionRule::sumOfColours: return " (summed over colours)";
    case VisionRule::withoutClassToken: return " (without the class token)";
    case VisionRule::firstRows: return " (its first rows)";
    case VisionRule::copy: break;
  }
  return "";
}

Unexpected missing(const std::string& name) {
  return fail(ErrorCode::incompatibleModel,
              "no tensor '" + name + "' of the right shape: these are not the weights of a vision masked autoencoder with decoder");
}

}  // namespace

std::vector<VisionMove> visionMoves(const CavmaeConfig& config) {
  Moves moves;
  for (std::int64_t layer = 0; layer < config.audioDepth; ++layer)
    for (const char* stack : {"blocks_a", "blocks_v"}) addBlock(moves, numbered("blocks", layer), numbered(stack, layer), false);
  for (std::int64_t layer = 0; layer < config.unifiedDepth; ++layer)
    addBlock(moves, numbered("blocks", config.audioDepth + layer), numbered("blocks_u", layer), true);
  for (std::int64_t layer = 0; layer < config.decoderDepth; ++layer)
    addBlock(moves, numbered("decoder_blocks", layer), numbered("decoder_blocks", layer), false);
  addAround(moves);
  std::sort(moves.begin(), moves.end(), [](const auto& a, const auto& b) { return a.to < b.to; });
  return moves;
}

bool isVisionMae(const nn::NamedTensors& canonical) {
  return canonical.contains("patch_embed.proj.weight") && canonical.contains("blocks.0.norm1.weight") &&
         canonical.contains("decoder_pred.weight");
}

Result<CavmaeConfig> configFromVision(const nn::NamedTensors& canonical, const DetectHints& hints) {
  const auto shaped = [&](const char* name, std::int64_t dimensions) -> const at::Tensor* {
    const auto found = canonical.find(name);
    return found != canonical.end() && found->second.dim() == dimensions && found->second.numel() > 0 ? &found->second : nullptr;
  };
  const auto* kernel = shaped("patch_embed.proj.weight", 4);
  if (!kernel) return missing("patch_embed.proj.weight");
  const auto* positions = shaped("pos_embed", 3);
  if (!positions || positions->size(1) < 2) return missing("pos_embed");
  const auto* embed = shaped("decoder_embed.weight", 2);
  if (!embed) return missing("decoder_embed.weight");
  const auto* hidden = shaped("blocks.0.mlp.fc1.weight", 2);
  if (!hidden) return missing("blocks.0.mlp.fc1.weight");
  const auto depthOf = [&](const std::string& stack) {
    std::int64_t depth = 0;
    while (canonical.contains(numbered(stack, depth) + "norm1.weight")) ++depth;
    return depth;
  };
  CavmaeConfig config;
  config.width = kernel->size(0);
  config.patch = kernel->size(3);
  config.melBands = hints.melBands;
  config.imageSize = std::llround(std::sqrt(static_cast<double>(positions->size(1) - 1))) * config.patch;
  config.unifiedDepth = 1;
  config.audioDepth = config.imageDepth = depthOf("blocks") - 1;
  config.decoderDepth = depthOf("decoder_blocks");
  config.decoderWidth = embed->size(0);
  config.mlpRatio = static_cast<double>(hidden->size(0)) / static_cast<double>(config.width);
  config.heads = hints.heads.value_or(std::max<std::int64_t>(1, config.width / 64));
  config.decoderHeads = hints.decoderHeads.value_or(std::max<std::int64_t>(1, config.decoderWidth / 32));
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

Result<nn::CanonicalWeights> startFromVision(const CavmaeNet& fresh, const nn::NamedTensors& vision) {
  const auto parameters = fresh.named_parameters();
  std::map<std::string, VisionMove> moves;
  std::set<std::string> used;
  for (const auto& move : visionMoves(fresh.config())) moves.emplace(move.to, move);
  nn::CanonicalWeights out;
  for (const auto& item : parameters) {
    const auto move = moves.find(item.key());
    if (move == moves.end()) {
      out.tensors.emplace(item.key(), item.value().detach());
      out.lines.push_back("fresh: '" + item.key() + "'");
      continue;
    }
    const auto source = vision.find(move->second.from);
    if (source == vision.end()) return missing(move->second.from);
    const auto made = moved(source->second, move->second, item.value().sizes());
    if (made.sizes() != item.value().sizes())
      return fail(ErrorCode::incompatibleModel, "tensor '" + move->second.from + "' has the shape " +
                                                    nn::shapeText(source->second) + ", which does not make '" + item.key() + "' " +
                                                    nn::shapeText(item.value()));
    used.insert(source->first);
    out.tensors.emplace(item.key(), made);
    out.lines.push_back("'" + item.key() + "' from '" + source->first + "'" + reasonOf(move->second.rule));
  }
  for (const auto& [name, tensor] : vision)
    if (!used.contains(name)) out.lines.push_back("not needed: '" + name + "'");
  return out;
}

}  // namespace chladni::models::cavmae
