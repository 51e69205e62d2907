#include "core/nn/train_measure.h"

#include <cstring>

#include <ATen/ATen.h>

#include "core/nn/torch_compat.h"
#include "core/nn/train_batches.h"

namespace chladni::nn {
namespace {

// Figures as text whose numbers keep every bit.
std::string packed(const TrainFigures& figures) {
  std::string text;
  const auto add = [&](const std::string& name, double value) {
    text += name + '\n';
    text.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  add(figures.mainName, figures.main);
  for (const auto& [name, value] : figures.values) add(name, value);
  return text;
}

TrainFigures unpacked(const std::string& text) {
  TrainFigures figures;
  for (std::size_t place = 0; place < text.size();) {
    const auto end = text.find('\n', place);
    double value = 0.0;
    std::memcpy(&value, text.data() + end + 1, sizeof value);
    if (place == 0) {
      figures.mainName = text.substr(0, end);
      figures.main = value;
    } else {
      figures.values.emplace_back(text.substr(place, end - place), value);
    }
    place = end + 1 + sizeof value;
  }
  return figures;
}

}  // namespace

TrainBatch onDevice(TrainBatch batch, const Runtime& runtime) {
  if (!runtime.device.is_cpu())
    for (auto& [name, values] : batch.fields) values = values.to(runtime.device);
  return batch;
}

Result<TrainFigures> measureAlone(Trainable& trainable, const training::Examples& held, const training::Recipe& recipe,
                                  const Runtime& runtime, const std::function<void()>& beforeBatch) {
  trainable.module().eval();
  BatchQueue queue(held, {recipe.batch, recipe.loaders, 0, false, false, false});
  std::int64_t left = queue.perEpoch();
  const AutocastGuard guard(runtime.device.type(), recipe.precision == "bf16");
  auto figures = trainable.evaluate([&]() -> Result<std::optional<TrainBatch>> {
    if (left-- <= 0) return std::optional<TrainBatch>();
    if (beforeBatch) beforeBatch();
    auto batch = queue.next();
    if (!batch) return fail(batch.error());
    return std::optional<TrainBatch>(onDevice(std::move(*batch), runtime));
  });
  trainable.module().train();
  return figures;
}

Result<TrainFigures> measure(Trainable& trainable, const training::Examples& held, const training::Recipe& recipe,
                             const Runtime& runtime, const TrainTeam& team) {
  if (team.alone()) return measureAlone(trainable, held, recipe, runtime);
  if (!team.leads()) {
    while (team.beat(false)) {}
    return unpacked(team.spread(std::string()));
  }
  auto figures = measureAlone(trainable, held, recipe, runtime, [&] { team.beat(true); });
  if (!figures) return figures;
  team.beat(false);
  static_cast<void>(team.spread(packed(*figures)));
  return figures;
}

}  // namespace chladni::nn
