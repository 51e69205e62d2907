#include "core/training/train_config.h"

namespace chladni::training {
namespace {

Unexpected bad(const std::string& field, const std::string& rule) {
  return fail(ErrorCode::invalidArgument, field + " must be " + rule);
}

}  // namespace

Result<void> check(const TrainConfig& config) {
  if (config.batch < 1) return bad("batch", "1 or more");
  if (config.steps < 1) return bad("steps", "1 or more");
  if (!(config.minutes >= 0.0)) return bad("minutes", "0 or more");
  if (!(config.rate > 0.0)) return bad("rate", "above 0");
  if (!(config.matrixRate >= 0.0)) return bad("matrixRate", "0 or more");
  if (config.warmup < 0) return bad("warmup", "0 or more");
  if (!(config.weightDecay >= 0.0)) return bad("weightDecay", "0 or more");
  if (!(config.labelSmoothing >= 0.0 && config.labelSmoothing < 1.0)) return bad("labelSmoothing", "in [0, 1)");
  if (!(config.auxiliaryLoss >= 0.0)) return bad("auxiliaryLoss", "0 or more");
  if (!(config.gradientLimit > 0.0)) return bad("gradientLimit", "above 0");
  if (!(config.averaging >= 0.0 && config.averaging < 1.0)) return bad("averaging", "in [0, 1)");
  if (config.threads < 1 || config.loaders < 1) return bad("threads and loaders", "1 or more");
  return {};
}

}  // namespace chladni::training
