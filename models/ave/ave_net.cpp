#include "models/ave/ave_net.h"

#include <torch/types.h>

#include "core/base/assert.h"
#include "core/nn/initialise.h"

namespace chladni::models::ave {

AveNet::AveNet(const AveConfig& config) : config_(config) {
  CHLADNI_ASSERT(check(config));
  const auto recurrent = [&](const char* name, std::int64_t in) {
    return register_module(name, std::make_shared<Recurrent>(config.cell, in, config.hidden));
  };
  if (config.fuses()) {
    lstm_audio = recurrent("lstm_audio", config.soundWidth);
    lstm_video = recurrent("lstm_video", config.pictureWidth);
    affine_audio = register_module("affine_audio", std::make_shared<nn::Linear>(config.soundWidth, config.attentionWidth));
    affine_g = register_module("affine_g", std::make_shared<Projection>(config.attentionWidth, config.regions()));
  } else {
    rnn = recurrent("rnn", config.hears() ? config.soundWidth : config.pictureWidth);
  }
  if (config.attends()) {
    affine_video = register_module("affine_video", std::make_shared<nn::Linear>(config.pictureWidth, config.attentionWidth));
    affine_v = register_module("affine_v", std::make_shared<Projection>(config.attentionWidth, config.regions()));
    affine_h = register_module("affine_h", std::make_shared<Projection>(config.regions(), 1));
  }
  const auto width = 2 * config.hidden;
  if (config.kind == AveKind::dmrn) {
    U_v = register_module("U_v", std::make_shared<FusionTransform>(width));
    U_a = register_module("U_a", std::make_shared<FusionTransform>(width));
    L2 = register_module("L2", std::make_shared<nn::Linear>(width, config.classes));
  } else {
    L1 = register_module("L1", std::make_shared<nn::Linear>(config.fuses() ? 2 * width : width, config.headWidth));
    L2 = register_module("L2", std::make_shared<nn::Linear>(config.headWidth, config.classes));
  }
}

// P[n, r, k] of each region r and hidden unit k, plus the sound's g[n]; there are as many hidden units as regions, and the
// two readings differ in which of the two axes g runs along.
at::Tensor AveNet::attentionLogits(const at::Tensor& sound, const at::Tensor& regions, const AveForward& options) const {
  const auto rows = regions.flatten(0, 1);  // [batch * segment * region, width]
  const auto projected = options.pictureTerm ? options.pictureTerm(rows) : affine_v->forward(affine_video->forward(rows).relu());
  auto sum = projected.view({regions.size(0), regions.size(1), -1});  // [batch * segment, region, hidden]
  if (affine_g) {
    const auto g = affine_g->forward(affine_audio->forward(sound).relu());  // [batch * segment, region or hidden]
    sum = sum + g.unsqueeze(config_.attention == AttentionReading::published ? 2 : 1);
  }
  return affine_h->forward(sum.tanh()).squeeze(2);
}

at::Tensor AveNet::attend(const at::Tensor& sound, const at::Tensor& picture, const AveForward& options) const {
  if (!config_.sees()) return {};
  at::Tensor attended;
  if (config_.attends()) {
    const auto regions = picture.flatten(0, 1);  // [batch * segment, region, width]
    const auto logits = attentionLogits(config_.hears() ? sound.flatten(0, 1) : at::Tensor(), regions, options);
    const auto weights = at::softmax(logits, -1);
    attended = at::bmm(weights.unsqueeze(1), regions).view({picture.size(0), picture.size(1), -1});
    if (options.seen != nullptr) options.seen->attentionLogits = logits, options.seen->attention = weights;
  } else {
    attended = picture.mean(2);
  }
  if (options.seen != nullptr) options.seen->attended = attended;
  return attended;
}

// The residual paths cross: the updated picture carries the old sound, and the other way round.
at::Tensor AveNet::fused(at::Tensor sound, at::Tensor picture) const {
  for (std::int64_t block = 0; block < config_.fusionBlocks; ++block) {
    const auto shared = (U_v->forward(picture) + U_a->forward(sound)) * 0.5;
    const auto nextPicture = (sound + shared).tanh();
    sound = (picture + shared).tanh();
    picture = nextPicture;
  }
  return (picture + sound) * 0.5;
}

at::Tensor AveNet::localise(const at::Tensor& sound, const at::Tensor& attended, AveSeen* seen) const {
  if (!config_.fuses()) {
    const auto rows = rnn->forward(config_.hears() ? sound : attended);
    if (seen != nullptr) (config_.hears() ? seen->recurrentSound : seen->recurrentPicture) = rows;
    return L2->forward(L1->forward(rows.relu()).relu());
  }
  const auto heard = lstm_audio->forward(sound);
  const auto viewed = lstm_video->forward(attended);
  if (seen != nullptr) seen->recurrentSound = heard, seen->recurrentPicture = viewed;
  if (config_.kind == AveKind::dmrn) return L2->forward(fused(heard, viewed));
  return L2->forward(L1->forward(at::cat({heard, viewed}, -1).relu()).relu());
}

at::Tensor AveNet::forward(const at::Tensor& sound, const at::Tensor& picture, const AveForward& options) const {
  return localise(sound, attend(sound, picture, options), options.seen);
}

void AveNet::initialise() {
  for (const auto& item : named_parameters()) {
    const auto& name = item.key();
    const bool matrix = name.ends_with(".weight") && (name.starts_with("affine_") || name.starts_with("L"));
    if (matrix) nn::xavierUniform(item.value());
  }
}

}  // namespace chladni::models::ave
