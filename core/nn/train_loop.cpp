#include "core/nn/train_loop.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <ATen/ATen.h>
#include <torch/types.h>

#include "core/nn/device.h"
#include "core/nn/recompute.h"
#include "core/nn/torch_compat.h"
#include "core/nn/train_average.h"
#include "core/nn/train_batches.h"
#include "core/nn/train_events.h"
#include "core/nn/train_guard.h"
#include "core/nn/train_keeper.h"
#include "core/nn/train_measure.h"
#include "core/nn/train_snapshot.h"
#include "core/nn/train_team.h"
#include "core/nn/translate.h"

namespace chladni::nn {
namespace {

using serial::JsonValue;
using training::makeEvent;
using Clock = std::chrono::steady_clock;

constexpr double kSmoothing = 0.98;  // of the loss that is shown
constexpr auto kPauseLook = std::chrono::milliseconds(200);

class TrainRun {
 public:
  TrainRun(Trainable& trainable, const training::TrainingJob& job, const LoopOptions& options, const Runtime& runtime,
           const TrainTeam& team)
      : trainable_(trainable), job_(job), recipe_(job.recipe()), runtime_(runtime), team_(team),
        rates_(recipe_), optimiser_(prepared(trainable, runtime), recipe_),
        keeper_(trainable, job, optimiser_, ema_, mean_, options.freeBytes) {
    if (recipe_.ema > 0.0) ema_.emplace(trainable.module(), "ema.");
    if (recipe_.averageFrom > 0) mean_.emplace(trainable.module(), "mean.");
    perEpoch_ = batchesPerEpoch(job.train->size(), recipe_.batch, recipe_.dropLast);
    stepsPerEpoch_ = (perEpoch_ + recipe_.accumulate - 1) / recipe_.accumulate;
    steps_ = recipe_.steps > 0 ? recipe_.steps : recipe_.epochs * stepsPerEpoch_;
    state_.plateau = rates_.plateau().state();
  }

  Result<void> go() {
    if (job_.resume && team_.leads())
      if (auto restored = restore(); !restored) return restored;
    if (auto begun = beginAlike(); !begun) return begun;
    sayStart();
    BatchQueue batches(*job_.train, plan(recipe_.loaders), state_.batches);
    start_ = Clock::now();
    before_ = state_.seconds;
    for (;;) {
      const auto word = agree();
      if (finished() || word.stop) break;
      if (word.pause) {
        if (auto waited = pause(); !waited) return waited;
        continue;
      }
      if (auto learned = learnTimed(batches); !learned) return learned;
      report(batches);
      if (state_.batches % perEpoch_ == 0) {
        if (auto ended = endEpoch(); !ended) return ended;
      } else if (recipe_.checkpointEvery > 0 && state_.step % recipe_.checkpointEvery == 0) {
        if (auto kept = keep(false, false); !kept) return kept;
      }
    }
    return end();
  }

 private:
  static Trainable& prepared(Trainable& trainable, const Runtime& runtime) {
    trainable.moveTo(runtime.device);
    trainable.module().train();
    return trainable;
  }

  [[nodiscard]] BatchPlan plan(std::int64_t threads) const {
    return {recipe_.batch, threads, static_cast<std::uint64_t>(recipe_.seed), true, true, recipe_.dropLast, team_.rank(), team_.count()};
  }
  [[nodiscard]] double secondsHere() const { return std::chrono::duration<double>(Clock::now() - start_).count() - keeper_.waited(); }
  [[nodiscard]] double shareByTime() const { return recipe_.minutes > 0.0 ? state_.seconds / (60.0 * recipe_.minutes) : 0.0; }
  [[nodiscard]] bool finished() const {
    const bool tired = recipe_.earlyStop > 0 && state_.withoutProgress >= recipe_.earlyStop;
    return tired || state_.step >= steps_ || shareByTime() >= 1.0;
  }
  [[nodiscard]] training::TrainPlace place() const {
    const double share = static_cast<double>(state_.step) / static_cast<double>(steps_);
    return {state_.step, steps_, state_.epoch, stepsPerEpoch_, std::max(share, shareByTime())};
  }
  void say(const JsonValue& event) const {
    if (team_.leads()) job_.say(event);
  }
  void warn(const std::string& message) const { say(makeEvent("warning").set("step", state_.step).set("message", message)); }

  void sayStart() const {
    say(startEvent(job_, state_, {optimiser_.learnedValues(), team_.count(), steps_, stepsPerEpoch_, runtime_.deviceName()}));
  }

  // ---- Together with the other processes.
  TrainTeam::Word agree() {
    const auto word = team_.agree({job_.control->stopRequested(), job_.control->paused(), state_.seconds});
    state_.seconds = word.seconds;
    return word;
  }

  // Process 0 has the start, or what a checkpoint holds; the others take it over.
  Result<void> beginAlike() {
    auto state = team_.beginAlike(state_, keeper_.everything(), generators_, static_cast<std::uint64_t>(recipe_.seed));
    if (!state) return fail(state.error());
    state_ = *state;
    rates_.restore(state_.plateau);
    optimiser_.setStepsDone(state_.optimiserSteps);
    measuredAt_ = std::stoll(team_.spread(std::to_string(measuredAt_)));
    return {};
  }

  Result<void> pause() {
    // A pause may last: what was learned so far is on disk before it begins.
    if (auto kept = keep(state_.batches % perEpoch_ == 0, false); !kept) return kept;
    say(makeEvent("paused").set("step", state_.step).set("reason", "asked for"));
    const auto from = Clock::now();
    if (team_.alone()) job_.control->waitWhilePaused();
    for (auto word = agree(); word.pause && !word.stop; word = agree()) job_.control->wait(kPauseLook);
    start_ += Clock::now() - from;
    say(makeEvent("resumed").set("step", state_.step));
    return {};
  }

  // ---- Learning.
  TrainLosses lossesOf(const TrainBatch& batch) {
    const AutocastGuard guard(runtime_.device.type(), recipe_.precision == "bf16");
    const GroupScope scope(team_.group());
    const RecomputeScope recompute(recipe_.recompute);
    return trainable_.losses(batch, place());
  }

  Result<void> passOver(const std::string& what) {
    const std::string message = "the loss is not a number at step " + std::to_string(state_.step) + ": " + what;
    if (++state_.badInARow > recipe_.badBatches)
      return fail(ErrorCode::internal, message + "; " + std::to_string(state_.badInARow) + " batches in a row; lower the rate, or take the sample out");
    warn(message + "; passed over");
    return {};
  }

  // Counts what learning itself takes, without measuring and keeping; the first step also makes room in memory.
  Result<void> learnTimed(BatchQueue& batches) {
    const auto from = Clock::now();
    auto learned = learn(batches);
    if (!learned || !warm_) {
      warm_ = true;
      return learned;
    }
    learnedSeconds_ += std::chrono::duration<double>(Clock::now() - from).count();
    ++learnedSteps_;
    return learned;
  }

  Result<void> learn(BatchQueue& batches) {
    const auto count = std::min(recipe_.accumulate, perEpoch_ - state_.batches % perEpoch_);
    optimiser_.zeroGradients();
    double sum = 0.0;
    std::int64_t good = 0;
    std::map<std::string, double> parts;
    for (std::int64_t n = 0; n < count; ++n) {
      auto taken = batches.next();
      if (!taken) return fail(taken.error());
      ++state_.batches;
      const auto batch = onDevice(std::move(*taken), runtime_);
      const auto losses = lossesOf(batch);
      const auto values = team_.join(losses);
      if (!std::isfinite(values.front())) {
        if (auto passed = passOver(diagnose(trainable_, batch, *job_.train, place(), team_)); !passed) return passed;
        continue;
      }
      (losses.total / static_cast<double>(count)).backward();
      sum += values.front();
      ++good;
      for (std::size_t p = 0; p < losses.parts.size(); ++p) parts[losses.parts[p].first] += values[p + 1];
      examples_ += batch.joinedSize();
    }
    if (auto stepped = good > 0 ? take() : Result<void>(); !stepped) return stepped;
    for (auto& [name, value] : parts) value /= static_cast<double>(good);
    parts_ = std::move(parts);
    if (good > 0) addLoss(sum / static_cast<double>(good));
    ++state_.step;
    state_.seconds = before_ + secondsHere();
    return {};
  }

  Result<void> take() {
    team_.joinGradients(trainable_.module().parameters());
    const auto gradients = optimiser_.gradients();
    norm_ = gradients.norm;
    if (!gradients.notFinite.empty()) return passOver("gradient of " + gradients.notFinite);
    state_.badInARow = 0;
    const auto scheduled = trainable_.placeOfRates(place());
    rate_ = rates_.rateAt(scheduled);
    optimiser_.step(rate_, rates_.decayAt(scheduled));
    state_.optimiserSteps = optimiser_.stepsDone();
    const GroupScope scope(team_.group());
    trainable_.stepped(place());
    if (ema_) ema_->follow(recipe_.ema, state_.step);
    return {};
  }

  void addLoss(double loss) {
    state_.loss = state_.optimiserSteps <= 1 ? loss : kSmoothing * state_.loss + (1.0 - kSmoothing) * loss;
    state_.epochLoss += loss;
    ++state_.epochSteps;
    lastLoss_ = loss;
  }

  void report(const BatchQueue& batches) const {
    if (state_.step % recipe_.reportEvery != 0 && state_.step != steps_) return;
    const double here = std::max(secondsHere(), 1e-9);
    const double samples = static_cast<double>(examples_) / here;
    say(stepEvent(state_, {steps_, lastLoss_, rate_, norm_, samples, batches.waited() / here, place().share}, parts_));
  }

  // ---- Ends of epochs.
  Result<void> endEpoch() {
    ++state_.epoch;
    const auto last = recipe_.averageTo > 0 ? recipe_.averageTo : std::numeric_limits<std::int64_t>::max();
    if (mean_ && state_.epoch >= recipe_.averageFrom && state_.epoch <= last) mean_->add(state_.averagedEpochs++);
    bool best = false;
    const bool measures = job_.held && state_.epoch % recipe_.evaluateEvery == 0;
    if (measures) {
      auto better = measureAndCompare();
      if (!better) return fail(better.error());
      best = *better;
    }
    sayEpoch(measures);
    state_.epochLoss = 0.0;
    state_.epochSteps = 0;
    return keep(true, best);
  }

  void sayEpoch(bool measured) const { say(epochEvent(state_, measured ? &figures_ : nullptr)); }

  // True when these weights are the best so far. Measured with the moving average where there is one.
  Result<bool> measureAndCompare() {
    if (ema_) ema_->exchange();
    auto figures = measure(trainable_, *job_.held, recipe_, runtime_, team_);
    if (ema_) ema_->exchange();
    if (!figures) return fail(figures.error());
    figures_ = *figures;
    measuredAt_ = state_.step;
    rates_.measured(figures_.main);
    state_.plateau = rates_.plateau().state();
    const bool better = !state_.best || figures_.main > *state_.best;
    if (better) {
      state_.best = figures_.main;
      state_.bestStep = state_.step;
    }
    state_.withoutProgress = better ? 0 : state_.withoutProgress + 1;
    return better;
  }

  // ---- Checkpoints.
  [[nodiscard]] JsonValue presentFigures() const { return measuredAt_ == state_.step ? figuresJson(figures_) : JsonValue(); }

  Result<void> keep(bool endsEpoch, bool best) {
    const auto generators = team_.gather(generatorState());
    return team_.leads() ? keeper_.keep(state_, endsEpoch, best, presentFigures(), generators) : Result<void>();
  }

  Result<void> restore() {
    auto restored = keeper_.restore();
    if (!restored) return fail(restored.error());
    if (!*restored) return {};
    state_ = (*restored)->state;
    generators_ = (*restored)->generators;
    rates_.restore(state_.plateau);
    if (const auto* figures = (*restored)->figures.members()) {
      for (const auto& [name, value] : *figures) figures_.values.emplace_back(name, value.number().value_or(0.0));
      measuredAt_ = state_.step;
    }
    return {};
  }

  // ---- The end.
  Result<void> end() {
    const bool stopped = !finished();
    bool best = false;
    const bool unmeasured = !stopped && job_.held && measuredAt_ != state_.step;
    if (unmeasured) {
      auto better = measureAndCompare();
      if (!better) return fail(better.error());
      best = *better;
      sayEpoch(true);
    }
    if (auto kept = keep(state_.batches % perEpoch_ == 0, best); !kept) return kept;
    if (auto delivered = team_.leads() ? deliver(stopped) : Result<void>(); !delivered) return delivered;
    if (stopped && job_.control->signalled()) return fail(ErrorCode::cancelled, "stopped after a checkpoint; --resume goes on");
    return {};
  }

  // Puts the weights that become the model into the module; returns their figures.
  Result<JsonValue> chooseWeights() {
    if (mean_ && state_.averagedEpochs > 0) {
      mean_->exchange();
      if (!job_.held) return JsonValue::object();
      auto figures = measureAlone(trainable_, *job_.held, recipe_, runtime_);
      return figures ? Result<JsonValue>(figuresJson(*figures)) : Result<JsonValue>(fail(figures.error()));
    }
    if (recipe_.select == "best" && state_.best && state_.bestStep != state_.step) {
      auto figures = keeper_.loadBest();
      if (!figures) return fail(figures.error());
      if (*figures) return **figures;
    }
    if (ema_) ema_->exchange();
    return measuredAt_ == state_.step ? figuresJson(figures_) : JsonValue::object();
  }

  Result<void> deliver(bool stopped) {
    auto figures = chooseWeights();
    if (!figures) return fail(figures.error());
    trainable_.module().eval();
    JsonValue metrics = JsonValue::object();
    metrics.set("validation", *figures).set("steps", state_.step).set("epochs", state_.epoch).set("training_seconds", std::round(state_.seconds));
    std::uintmax_t bytes = 1 << 20;
    for (const auto& parameter : trainable_.module().parameters()) bytes += static_cast<std::uintmax_t>(parameter.numel()) * 4;
    if (auto room = keeper_.waitForRoom(bytes, state_.step); !room) return room;
    if (auto written = trainable_.writeModel(job_.run->path(), metrics.text()); !written) return written;
    JsonValue event = makeEvent("done");
    event.set("step", state_.step).set("stopped", stopped).set("package", job_.run->path().string()).set("loss", state_.loss);
    if (learnedSteps_ > 0) event.set("seconds_per_epoch", learnedSeconds_ / static_cast<double>(learnedSteps_) * static_cast<double>(stepsPerEpoch_));
    if (state_.best) event.set("best", *state_.best).set("best_step", state_.bestStep);
    say(event.set("validation", *figures));
    return {};
  }

  Trainable& trainable_;
  const training::TrainingJob& job_;
  const training::Recipe& recipe_;
  const Runtime runtime_;
  const TrainTeam& team_;
  training::RatePlan rates_;
  Optimiser optimiser_;
  std::optional<WeightAverage> ema_, mean_;
  TrainKeeper keeper_;
  training::RunState state_;
  std::int64_t perEpoch_ = 1, stepsPerEpoch_ = 1, steps_ = 1;

  TrainFigures figures_;
  std::int64_t measuredAt_ = -1;
  double norm_ = 0.0, rate_ = 0.0, lastLoss_ = 0.0, before_ = 0.0;
  std::map<std::string, double> parts_;
  std::int64_t examples_ = 0;  // of this process
  Clock::time_point start_;
  bool warm_ = false;
  double learnedSeconds_ = 0.0;  // of so many steps of this process
  std::int64_t learnedSteps_ = 0;
  std::vector<at::Tensor> generators_;  // of a checkpoint, one a process
};

}  // namespace

Result<void> runTraining(Trainable& trainable, const training::TrainingJob& job, const LoopOptions& options) {
  const auto& recipe = job.recipe();
  if (job.train->size() < 1) return fail(ErrorCode::invalidArgument, "no examples to learn from");
  auto done = translated("training", [&]() -> Result<void> {
    auto team = TrainTeam::join(job);
    if (!team) return fail(team.error());
    auto runtime = resolveRuntime({deviceOf(recipe, job.place), inference::Precision::fp32, static_cast<int>(recipe.threads), {}});
    if (!runtime) return fail(runtime.error());
    takeThreads();
    try {
      TrainRun run(trainable, job, options, *runtime, *team);
      return run.go();
    } catch (const PeerLost& lost) {
      return fail(ErrorCode::io, job.place.name() + " lost another one, see what that one said; the run stands at its last checkpoint, --resume goes on (" + lost.what() + ")");
    }
  });
  if (!done && done.error().code == ErrorCode::outOfMemory)
    return fail(ErrorCode::outOfMemory, done.error().message + "; lower batch and raise accumulate by the same factor, or set precision=bf16, then --resume");
  return done;
}

}  // namespace chladni::nn
