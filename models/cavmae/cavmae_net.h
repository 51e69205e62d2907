// CavmaeNet: the parameters of a CAV-MAE, for pretraining (with decoder) or classifying (with head), named as published
// (without "module."), and the parts of the forward pass outside the transformer blocks. The blocks run through a
// StackRunner, so that learning and prepared inference share everything else (cavmae_forward.h).
// Spectrograms [batch, frames, bands] time first, pictures [batch, 3, size, size], both normalised; tokens [batch, token,
// width]. No run state. Throws c10::Error.
#pragma once

#include <functional>
#include <memory>

#include "core/nn/modal_blocks.h"
#include "models/cavmae/cavmae_config.h"

namespace chladni::models::cavmae {

enum class Branch { sound, picture };
enum class Stack { sound, picture, unified, decoder };

// What the caller wants to see of a run of a stack; null: nothing.
using TapFor = std::function<const nn::Tap*(Stack, nn::Norms)>;

struct StackRun {
  Stack stack = Stack::sound;
  nn::Norms norms = nn::Norms::plain;
  bool lastOnly = false;
};

class StackRunner {
 public:
  virtual ~StackRunner() = default;
  virtual at::Tensor run(const StackRun& run, const at::Tensor& tokens) const = 0;
};

class CavmaeHead : public torch::nn::Module {
 public:
  CavmaeHead(std::int64_t width, std::int64_t classes, double epsilon);
  at::Tensor forward(const at::Tensor& pooled) const;

 private:
  std::shared_ptr<nn::LayerNorm> norm_;
  std::shared_ptr<nn::Linear> linear_;
};

class CavmaeNet : public torch::nn::Module {
 public:
  enum class Blocks { all, none };
  explicit CavmaeNet(const CavmaeConfig& config, Blocks blocks = Blocks::all);

  [[nodiscard]] const CavmaeConfig& config() const { return config_; }
  [[nodiscard]] const nn::ModalStack& stack(Stack which) const;
  [[nodiscard]] const nn::LayerNorm& finalNorm(nn::Norms norms) const;
  // Patches of a sound or picture with positions and the modality's vector: [batch, patch, width].
  [[nodiscard]] at::Tensor embed(Branch branch, const at::Tensor& input) const;
  // Values for training from scratch, from torch's default generator; positions are computed.
  void initialise();

  at::Tensor modality_a, modality_v, pos_embed_a, pos_embed_v;
  at::Tensor mask_token, decoder_modality_a, decoder_modality_v, decoder_pos_embed_a, decoder_pos_embed_v;
  std::shared_ptr<nn::PatchEmbed> patch_embed_a, patch_embed_v;
  std::shared_ptr<nn::ModalStack> blocks_a, blocks_v, blocks_u, decoder_blocks;
  std::shared_ptr<nn::LayerNorm> norm_a, norm_v, norm, decoder_norm;
  std::shared_ptr<nn::Linear> decoder_embed, decoder_pred_a, decoder_pred_v;
  std::shared_ptr<CavmaeHead> mlp_head;

 private:
  void addPicture(Blocks blocks);
  void addDecoder(Blocks blocks);
  at::Tensor addVector(const char* name, std::int64_t width);
  at::Tensor addPositions(const char* name, std::int64_t rows, std::int64_t columns, std::int64_t width);
  std::shared_ptr<nn::ModalStack> addBlocks(const char* name, std::int64_t depth, std::int64_t width, std::int64_t heads);
  std::shared_ptr<nn::LayerNorm> addNorm(const char* name, std::int64_t width);

  CavmaeConfig config_;
};

// Runs the net's own blocks; differentiable.
class NetStacks final : public StackRunner {
 public:
  explicit NetStacks(const CavmaeNet& net, TapFor tapFor = {}) : net_(&net), tapFor_(std::move(tapFor)) {}
  at::Tensor run(const StackRun& run, const at::Tensor& tokens) const override;

 private:
  const CavmaeNet* net_;
  TapFor tapFor_;
};

}  // namespace chladni::models::cavmae
