#include "core/nn/train_classifier.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <utility>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/nn/train_batches.h"
#include "core/nn/train_optimiser.h"
#include "core/nn/translate.h"

namespace chladni::nn {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// The moving average of a module's parameters, which can change places with them.
class Average {
 public:
  explicit Average(const torch::nn::Module& module) : parameters_(module.parameters()) {
    at::NoGradGuard guard;
    for (const auto& parameter : parameters_) means_.push_back(parameter.detach().clone());
  }
  void add(double keep, std::int64_t step) {
    at::NoGradGuard guard;
    // Young averages forget faster, so that the random start is soon gone.
    const double early = (1.0 + static_cast<double>(step)) / (10.0 + static_cast<double>(step));
    const double share = 1.0 - std::min(keep, early);
    for (std::size_t n = 0; n < means_.size(); ++n) means_[n].lerp_(parameters_[n].detach(), share);
  }
  void exchange() {
    at::NoGradGuard guard;
    for (std::size_t n = 0; n < means_.size(); ++n) {
      const auto current = parameters_[n].detach().clone();
      parameters_[n].copy_(means_[n]);
      means_[n].copy_(current);
    }
  }

 private:
  std::vector<at::Tensor> parameters_, means_;
};

at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& target) {
  return -(target * logits.log_softmax(-1)).sum(1).mean();
}

class Run {
 public:
  Run(const training::TrainConfig& config, const ClassifierTraining& training)
      : config_(config), training_(training), optimiser_(*training.module, config.matrixRate > 0.0), average_(*training.module) {}

  Result<training::TrainProgress> go(BatchQueue& batches, std::stop_token stop) {
    start_ = Clock::now();
    while (share() < 1.0) {
      auto batch = batches.next();
      if (!batch) return fail(batch.error());
      if (auto learned = learn(*batch); !learned) return fail(learned.error());
      if (due(config_.reportEvery) && training_.report) training_.report(progress_);
      if (due(config_.evaluateEvery))
        if (auto done = averaged(training_.evaluate); !done) return fail(done.error());
      if (due(config_.checkpointEvery))
        if (auto done = averaged(training_.checkpoint); !done) return fail(done.error());
      if (stop.stop_requested()) {
        if (auto done = averaged(training_.checkpoint); !done) return fail(done.error());
        return fail(ErrorCode::cancelled, "stopped after a checkpoint");
      }
    }
    average_.exchange();
    return progress_;
  }

 private:
  [[nodiscard]] bool due(std::int64_t every) const { return every > 0 && progress_.step % every == 0; }
  // How much of the schedule has passed, by steps or by time, whichever is further.
  [[nodiscard]] double share() const {
    const double bySteps = static_cast<double>(progress_.step) / static_cast<double>(config_.steps);
    const double byTime = config_.minutes > 0.0 ? secondsSince(start_) / (60.0 * config_.minutes) : 0.0;
    return std::max(bySteps, byTime);
  }

  Result<void> averaged(const std::function<Result<void>(const training::TrainProgress&)>& action) {
    if (!action) return {};
    average_.exchange();
    at::NoGradGuard guard;
    auto done = action(progress_);
    average_.exchange();
    return done;
  }

  Result<void> learn(const Batch& batch) {
    const double warm = std::min(1.0, static_cast<double>(progress_.step + 1) / static_cast<double>(std::max<std::int64_t>(config_.warmup, 1)));
    const double factor = warm * (0.5 + 0.5 * std::cos(std::numbers::pi * std::min(1.0, share()))) + 1e-3;
    const auto target = batch.target * (1.0 - config_.labelSmoothing) +
                        config_.labelSmoothing / static_cast<double>(batch.target.size(1));
    const auto heads = training_.logits(batch.input);
    const auto own = crossEntropy(heads.front(), target);
    auto loss = own;
    for (std::size_t n = 1; n < heads.size(); ++n) loss = loss + config_.auxiliaryLoss * crossEntropy(heads[n], target);
    const double value = own.item<double>();
    if (!std::isfinite(value))
      return fail(ErrorCode::internal, "the loss is no longer finite at step " + std::to_string(progress_.step) + "; lower the rates");
    optimiser_.zeroGradients();
    loss.backward();
    progress_.gradientNorm = optimiser_.limitGradients(config_.gradientLimit);
    optimiser_.step({config_.rate * factor, config_.matrixRate * factor, config_.weightDecay});
    average_.add(config_.averaging, progress_.step);
    advance(value, config_.rate * factor);
    return {};
  }

  void advance(double loss, double rate) {
    ++progress_.step;
    progress_.steps = config_.steps;
    progress_.loss = progress_.step == 1 ? loss : 0.98 * progress_.loss + 0.02 * loss;
    progress_.rate = rate;
    const double elapsed = secondsSince(start_);
    progress_.examplesPerSecond = static_cast<double>(progress_.step * config_.batch) / std::max(elapsed, 1e-9);
    const double passed = share();
    progress_.secondsLeft = passed > 0.0 ? elapsed * (1.0 - passed) / passed : 0.0;
  }

  const training::TrainConfig& config_;
  const ClassifierTraining& training_;
  Optimiser optimiser_;
  Average average_;
  training::TrainProgress progress_;
  Clock::time_point start_;
};

}  // namespace

Result<training::TrainProgress> trainClassifier(const training::TrainConfig& config, const training::ExampleSource& source,
                                      const ClassifierTraining& training, std::stop_token stop) {
  if (auto ok = training::check(config); !ok) return fail(ok.error());
  return translated("training", [&]() -> Result<training::TrainProgress> {
    at::set_num_threads(static_cast<int>(config.threads));
    BatchQueue batches(source, config.batch, config.loaders, static_cast<std::uint64_t>(config.seed), 0);
    Run run(config, training);
    return run.go(batches, stop);
  });
}

}  // namespace chladni::nn
