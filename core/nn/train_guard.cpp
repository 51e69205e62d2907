#include "core/nn/train_guard.h"

#include <ATen/ATen.h>

#include "core/nn/tensor_exchange.h"

namespace chladni::nn {

std::string Diagnosis::text() const {
  if (!parameter.empty()) return "parameter " + parameter;
  if (sample.empty()) return "no single sample";
  return "sample " + sample + (layer.empty() ? "" : ", layer " + layer);
}

Diagnosis diagnose(Trainable& trainable, const TrainBatch& batch, const training::Examples& examples,
                   const training::TrainPlace& place) {
  at::NoGradGuard guard;
  Diagnosis found;
  for (const auto& item : trainable.module().named_parameters())
    if (!allFinite(item.value())) {
      found.parameter = item.key();
      return found;
    }
  for (std::int64_t n = 0; n < batch.size(); ++n) {
    TrainBatch single;
    single.items = {batch.items[static_cast<std::size_t>(n)]};
    bool finiteFields = true;
    for (const auto& [name, values] : batch.fields) {
      single.fields.emplace(name, values.narrow(0, n, 1));
      finiteFields = finiteFields && allFinite(values.narrow(0, n, 1));
    }
    if (finiteFields && allFinite(trainable.losses(single, place).total)) continue;
    found.sample = examples.nameOf(single.items.front());
    found.layer = finiteFields ? trainable.firstNotFinite(single) : "input";
    if (found.layer.empty()) found.layer = "loss";
    return found;
  }
  return found;
}

std::string diagnose(Trainable& trainable, const TrainBatch& batch, const training::Examples& examples,
                     const training::TrainPlace& place, const TrainTeam& team) {
  const std::string none = Diagnosis{}.text();
  std::string text = none;
  for (const auto& found : team.gather(diagnose(trainable, batch, examples, place).text()))
    if (text == none) text = found;
  return text;
}

}  // namespace chladni::nn
