#include "core/nn/train_events.h"

#include <fstream>
#include <unistd.h>

namespace chladni::nn {

using serial::JsonValue;
using training::makeEvent;

namespace {

double memoryMegabytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0.0, resident = 0.0;
  file >> pages >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

}  // namespace

JsonValue figuresJson(const TrainFigures& figures) {
  JsonValue json = JsonValue::object();
  for (const auto& [name, value] : figures.values) json.set(name, value);
  return json;
}

JsonValue startEvent(const training::TrainingJob& job, const training::RunState& state, const StartFacts& facts) {
  JsonValue event = makeEvent("start");
  event.set("config", training::recipeJson(job.recipe())).set("parameters", facts.parameters).set("device", facts.device);
  event.set("precision", job.recipe().precision).set("world_size", facts.processes).set("samples", job.train->size());
  event.set("held_out", job.held ? job.held->size() : std::int64_t{0}).set("classes", static_cast<std::int64_t>(job.classes.size()));
  return event.set("steps", facts.steps).set("steps_per_epoch", facts.stepsPerEpoch).set("from_step", state.step);
}

JsonValue stepEvent(const training::RunState& state, const StepFacts& facts, const std::map<std::string, double>& parts) {
  JsonValue losses = JsonValue::object();
  for (const auto& [name, value] : parts) losses.set(name, value);
  JsonValue event = makeEvent("step");
  event.set("epoch", state.epoch + 1).set("step", state.step).set("steps", facts.steps);
  event.set("loss", facts.loss).set("loss_smoothed", state.loss).set("losses", std::move(losses)).set("lr", facts.rate);
  event.set("grad_norm", facts.gradientNorm).set("samples_per_s", facts.samplesPerSecond);
  event.set("input_wait", facts.inputWait).set("memory_mb", memoryMegabytes());
  return event.set("eta_s", facts.done > 0.0 ? state.seconds * (1.0 - facts.done) / facts.done : 0.0);
}

JsonValue epochEvent(const training::RunState& state, const TrainFigures* measured) {
  JsonValue train = JsonValue::object();
  train.set("loss", state.epochSteps > 0 ? state.epochLoss / static_cast<double>(state.epochSteps) : 0.0);
  JsonValue event = makeEvent("epoch");
  event.set("epoch", state.epoch).set("step", state.step).set("train", std::move(train));
  if (measured == nullptr) return event;
  event.set("validation", figuresJson(*measured)).set("metric", measured->mainName).set("value", measured->main);
  return event.set("best", state.best.value_or(measured->main)).set("best_step", state.bestStep);
}

}  // namespace chladni::nn
