#include "core/training/run_state.h"

namespace chladni::training {
namespace {

using serial::JsonValue;

struct WholeField {
  const char* name;
  std::int64_t RunState::*member;
};
constexpr WholeField kWhole[] = {{"step", &RunState::step},
                                 {"batches", &RunState::batches},
                                 {"epoch", &RunState::epoch},
                                 {"optimiser_steps", &RunState::optimiserSteps},
                                 {"bad_in_a_row", &RunState::badInARow},
                                 {"averaged_epochs", &RunState::averagedEpochs},
                                 {"epoch_steps", &RunState::epochSteps},
                                 {"best_step", &RunState::bestStep},
                                 {"without_progress", &RunState::withoutProgress}};
struct RealField {
  const char* name;
  double RunState::*member;
};
constexpr RealField kReal[] = {{"loss", &RunState::loss}, {"epoch_loss", &RunState::epochLoss}, {"seconds", &RunState::seconds}};

JsonValue orNull(const std::optional<double>& value) { return value ? JsonValue(*value) : JsonValue(); }

}  // namespace

JsonValue toJson(const RunState& state) {
  JsonValue json = JsonValue::object();
  for (const auto& field : kWhole) json.set(field.name, state.*field.member);
  for (const auto& field : kReal) json.set(field.name, state.*field.member);
  json.set("best", orNull(state.best)).set("plateau_rate", state.plateau.rate);
  return json.set("plateau_waited", state.plateau.waited).set("plateau_best", orNull(state.plateau.best));
}

Result<RunState> runStateFromJson(const JsonValue& json) {
  RunState state;
  const serial::JsonField root(json);
  const auto broken = [](const Error& error) { return fail(ErrorCode::corruptData, "checkpoint: " + error.message); };
  for (const auto& field : kWhole) {
    auto value = root[field.name].whole(0);
    if (!value) return broken(value.error());
    state.*field.member = *value;
  }
  for (const auto& field : kReal) {
    auto value = root[field.name].number();
    if (!value) return broken(value.error());
    state.*field.member = *value;
  }
  const auto optional = [&](const char* name) {
    auto value = root[name].number();
    return value ? std::optional<double>(*value) : std::nullopt;
  };
  state.best = optional("best");
  state.plateau.best = optional("plateau_best");
  auto rate = root["plateau_rate"].number();
  auto waited = root["plateau_waited"].whole(0);
  if (!rate || !waited) return broken(rate ? waited.error() : rate.error());
  state.plateau.rate = *rate;
  state.plateau.waited = *waited;
  return state;
}

}  // namespace chladni::training
