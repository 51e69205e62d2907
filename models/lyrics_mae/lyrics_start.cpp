#include "models/lyrics_mae/lyrics_start.h"

#include <array>
#include <set>
#include <string_view>
#include <utility>

#include <torch/types.h>

#include "models/lyrics_mae/lyrics_net.h"

namespace chladni::models::lyrics_mae {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Parts of one BERT layer and of ours. BERT's norm after the attention is our second norm when norms come first.
constexpr std::array<Pair, 6> kLayerParts{{{"attention.output.dense", "attn.proj"},
                                           {"intermediate.dense", "mlp.fc1"},
                                           {"output.dense", "mlp.fc2"},
                                           {"attention.output.LayerNorm", "norm1"},
                                           {"output.LayerNorm", "norm2"},
                                           {"attention.self", "attn.qkv"}}};

class Builder {
 public:
  Builder(const LyricsConfig& config, const LyricsSources& sources) : sources_(sources), net_(config) { net_.initialise(); }

  Result<nn::CanonicalWeights> build() {
    for (const auto& item : net_.named_parameters()) weights_.tensors[item.key()] = item.value().detach();
    takeCavMae();
    takeBert();
    if (failure_) return fail(*failure_);
    for (const auto& [name, tensor] : weights_.tensors)
      if (!taken_.contains(name)) weights_.lines.push_back("fresh: '" + name + "'" + reason(name));
    for (const auto& [name, tensor] : sources_.cavMae)
      if (!used_.contains(name)) weights_.lines.push_back("not needed from CAV-MAE: '" + name + "'");
    for (const auto& [name, tensor] : sources_.bert)
      if (!used_.contains(name)) weights_.lines.push_back("not needed from BERT: '" + name + "'");
    return std::move(weights_);
  }

 private:
  static std::string reason(const std::string& name) {
    return name.find("pos_embed") != std::string::npos ? " (made anew for this grid)" : "";
  }

  // The picture's half of CAV-MAE has the names that the text takes over: those of the joint layer's norms fit, the
  // others do not.
  static bool isPictures(const std::string& name) {
    return name.starts_with("blocks_v.") || name.starts_with("patch_embed_v.") || name.starts_with("decoder_pred_v.") ||
           name.find("pos_embed") != std::string::npos;
  }

  void takeCavMae() {
    for (const auto& [name, tensor] : sources_.cavMae) {
      if (isPictures(name)) continue;
      auto ours = canonicalise({{name, tensor}});
      if (!ours) continue;
      const auto& target = ours->tensors.begin()->first;
      if (weights_.tensors.contains(target)) take(target, tensor, name);
    }
  }

  void takeBert() {
    take("word_embed.weight", "embeddings.word_embeddings.weight");
    const bool exact = net_.config().textLayout == TextLayout::bert;
    if (exact)
      for (const char* part : {"weight", "bias"})
        take(std::string("norm_embed_t.") + part, std::string("embeddings.LayerNorm.") + part);
    for (std::int64_t layer = 0; layer < net_.config().textDepth; ++layer) takeLayer(std::to_string(layer));
    if (!exact)
      weights_.lines.push_back("the text encoder is only near to BERT: its norms stand before attention and MLP, BERT's after");
  }

  void takeLayer(const std::string& layer) {
    const auto from = "encoder.layer." + layer + ".";
    const auto to = "blocks_t." + layer + ".";
    for (const auto& [theirs, ours] : kLayerParts) {
      for (const std::string part : {".weight", ".bias"}) {
        const auto target = to + std::string(ours) + part;
        if (ours != "attn.qkv") {
          take(target, from + std::string(theirs) + part);
          continue;
        }
        std::vector<at::Tensor> thirds;
        for (const char* third : {".query", ".key", ".value"}) thirds.push_back(bert(from + std::string(theirs) + third + part));
        if (!failure_) take(target, torch::cat(thirds, 0), from + std::string(theirs));
      }
    }
  }

  at::Tensor bert(const std::string& name) {
    for (const auto& full : {name, "bert." + name, old(name), "bert." + old(name)}) {
      const auto found = sources_.bert.find(full);
      if (found == sources_.bert.end()) continue;
      used_.insert(full);
      return found->second;
    }
    refuse("BERT's tensor '" + name + "' is missing");
    return {};
  }
  // Files from the first programs call a norm's gain and offset gamma and beta.
  static std::string old(const std::string& name) {
    const auto rename = [&](std::string_view end, std::string_view other) {
      return name.substr(0, name.size() - end.size()) + std::string(other);
    };
    if (name.ends_with("LayerNorm.weight")) return rename("weight", "gamma");
    if (name.ends_with("LayerNorm.bias")) return rename("bias", "beta");
    return name;
  }

  void take(const std::string& target, const std::string& bertName) {
    const auto tensor = bert(bertName);
    if (!failure_) take(target, tensor, bertName);
  }
  void take(const std::string& target, const at::Tensor& tensor, const std::string& from) {
    auto& ours = weights_.tensors.at(target);
    if (ours.sizes() != tensor.sizes())
      return refuse("tensor '" + from + "' has shape " + nn::shapeText(tensor) + ", '" + target + "' needs " + nn::shapeText(ours));
    ours = tensor.to(at::kFloat);
    taken_.insert(target);
    used_.insert(from);
    weights_.lines.push_back("'" + target + "' from '" + from + "'");
  }
  void refuse(const std::string& why) {
    if (!failure_) failure_ = fail(ErrorCode::incompatibleModel, why + "; the sources do not fit the preset").error;
  }

  const LyricsSources& sources_;
  LyricsNet net_;
  nn::CanonicalWeights weights_;
  std::set<std::string> taken_, used_;
  std::optional<Error> failure_;
};

}  // namespace

bool isCavMae(const nn::NamedTensors& canonical) {
  return canonical.contains("patch_embed_v.proj.weight") && !canonical.contains("word_embed.weight");
}

Result<nn::CanonicalWeights> startingPoint(const LyricsConfig& config, const LyricsSources& sources) {
  if (!config.decoder || config.classes != 0)
    return fail(ErrorCode::invalidArgument, "a starting point is a lyrics-mae model; import it as that");
  return Builder(config, sources).build();
}

}  // namespace chladni::models::lyrics_mae
