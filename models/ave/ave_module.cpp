#include "models/ave/ave_module.h"

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"

namespace chladni::models::ave {

AveModule::AveModule(const AveModuleForm& form) : net(register_module("net", std::make_shared<AveNet>(form.config))) {
  const auto& config = form.config;
  net->initialise();
  if (form.small && config.hears())
    ear = register_module("ear", std::make_shared<EarNet>(form.columns, form.bands, config.soundWidth));
  if (form.small && config.sees()) eye = register_module("eye", std::make_shared<EyeNet>(config.pictureWidth));
  if (!form.auxiliary) return;
  if (config.hears()) ear_head = register_module("ear_head", std::make_shared<nn::Linear>(config.soundWidth, config.classes));
  if (config.sees()) eye_head = register_module("eye_head", std::make_shared<nn::Linear>(config.pictureWidth, config.classes));
}

AveModule::Inputs AveModule::inputsOf(const nn::TrainBatch& batch) const {
  const auto& config = net->config();
  Inputs inputs;
  if (config.hears())
    inputs.sound = ear ? ear->forward(batch.at("tables").flatten(0, 1)).reshape({batch.size(), config.segments, config.soundWidth}) : batch.at("sound");
  if (config.sees())
    inputs.picture = eye ? eye->forward(batch.at("planes").flatten(0, 1)).reshape({batch.size(), config.segments, config.regions(), config.pictureWidth})
                         : batch.at("picture").flatten(2, 3);
  return inputs;
}

AveModule::Outputs AveModule::forward(const nn::TrainBatch& batch) const {
  const auto inputs = inputsOf(batch);
  AveSeen seen;
  Outputs outputs{net->forward(inputs.sound, inputs.picture, {&seen, {}}), {}, {}};
  outputs.attentionLogits = seen.attentionLogits;
  if (ear_head) outputs.further.push_back(ear_head->forward(inputs.sound));
  if (eye_head) outputs.further.push_back(eye_head->forward(seen.attended));
  return outputs;
}

std::string AveModule::firstNotFinite(const nn::TrainBatch& batch) const {
  const auto inputs = inputsOf(batch);
  if (inputs.sound.defined() && !nn::allFinite(inputs.sound)) return ear ? "ear" : "sound";
  if (inputs.picture.defined() && !nn::allFinite(inputs.picture)) return eye ? "eye" : "picture";
  AveSeen seen;
  const auto logits = net->forward(inputs.sound, inputs.picture, {&seen, {}});
  if (seen.attended.defined() && !nn::allFinite(seen.attended)) return "net.affine_h";
  for (const auto& [tensor, name] : {std::pair{seen.recurrentSound, "net.lstm_audio"}, std::pair{seen.recurrentPicture, "net.lstm_video"}})
    if (tensor.defined() && !nn::allFinite(tensor)) return name;
  return nn::allFinite(logits) ? "" : "net.L2";
}

}  // namespace chladni::models::ave
