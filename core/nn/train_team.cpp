#include "core/nn/train_team.h"

#include <algorithm>
#include <cmath>

#include <ATen/ATen.h>
#include <torch/cuda.h>
#include <torch/types.h>

#include "core/base/random.h"
#include "core/nn/train_snapshot.h"

namespace chladni::nn {
namespace {

constexpr std::int64_t kBucket = std::int64_t{8} << 20;  // values exchanged at once

// What must be the same in all processes: recipe (but for the machine) and data.
std::string signatureOf(const training::TrainingJob& job) {
  std::string text;
  const auto values = training::recipeJson(job.recipe());
  for (const auto& field : training::recipeFields()) {
    const bool ofMachine = field.group == "machine" || field.name == "data" || field.name == "media" || field.name == "start" ||
                           field.name == "classes" || field.name == "cache_folder" || field.name == "cache_mb" || field.name == "loaders";
    if (!ofMachine) text += std::string(field.name) + "=" + values.find(field.name)->text() + "\n";
  }
  text += "seed=" + std::to_string(job.recipe().seed) + "\nexamples=" + std::to_string(job.train->size());
  text += "\nheld out=" + std::to_string(job.held ? job.held->size() : 0) + "\nclasses=";
  for (const auto& name : job.classes) text += name + ";";
  return text + "\n";
}

std::string firstDifference(const std::string& a, const std::string& b) {
  const auto place = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  const auto line = a.rfind('\n', place == 0 ? 0 : place - 1);
  const auto from = line == std::string::npos ? 0 : line + 1;
  return a.substr(from, a.find('=', from) - from);
}

Result<void> suits(const training::TrainingJob& job, std::int64_t count) {
  const auto& recipe = job.recipe();
  const auto bad = [](const std::string& message) { return fail(ErrorCode::invalidArgument, message); };
  const auto processes = std::to_string(count) + " processes";
  if (recipe.batch % count != 0) return bad("batch: " + std::to_string(recipe.batch) + " examples cannot be shared by " + processes + "; make it a multiple");
  if (!recipe.dropLast) return bad("drop_last: " + processes + " share whole batches only; set drop_last=true");
  if (job.train->size() < recipe.batch)
    return bad("batch: " + std::to_string(recipe.batch) + " is more than the " + std::to_string(job.train->size()) + " examples there are; lower it");
  return {};
}

}  // namespace

std::string deviceOf(const training::Recipe& recipe, const training::ProcessPlace& place) {
  const bool any = recipe.device == "cuda" || (recipe.device == "auto" && torch::cuda::is_available());
  return any && !place.alone() ? "cuda:" + std::to_string(place.local) : recipe.device;
}

Result<TrainTeam> TrainTeam::join(const training::TrainingJob& job) {
  TrainTeam team(job.place);
  if (job.place.alone()) return team;
  if (auto suited = suits(job, job.place.count); !suited) return fail(suited.error());
  const auto patience = std::chrono::milliseconds(static_cast<std::int64_t>(job.recipe().processWait * 60'000.0));
  auto group = ProcessGroup::join(job.place, patience);
  if (!group) return fail(group.error());
  team.group_ = std::move(*group);
  const auto texts = team.gather(signatureOf(job));
  for (std::size_t n = 1; n < texts.size(); ++n)
    if (texts[n] != texts.front())
      return fail(ErrorCode::invalidArgument, "process " + std::to_string(n) + " was given another " + firstDifference(texts.front(), texts[n]) +
                                                  " than process 0; start all with one command and one set of data");
  return team;
}

TrainTeam::Word TrainTeam::agree(const Word& own) const {
  if (alone()) return own;
  const double first = leads() ? 1.0 : 0.0;
  auto values = at::tensor({own.stop ? 1.0 : 0.0, own.pause ? first : 0.0, own.seconds * first}, at::kDouble);
  group_->sum(values);
  const auto* sums = values.data_ptr<double>();
  return {sums[0] > 0.0, sums[1] > 0.0, sums[2]};
}

std::vector<double> TrainTeam::join(const TrainLosses& losses) const {
  std::vector<double> values{losses.total.item<double>()};
  for (const auto& [name, part] : losses.parts) values.push_back(part.item<double>());
  if (alone()) return values;
  auto sums = at::tensor(values, at::kDouble);
  group_->sum(sums);
  const auto* data = sums.data_ptr<double>();
  for (std::size_t n = 0; n < values.size(); ++n) values[n] = data[n] / static_cast<double>(count());
  return values;
}

void TrainTeam::joinGradients(const std::vector<at::Tensor>& parameters) const {
  if (alone()) return;
  at::NoGradGuard guard;
  // A parameter that only some batches use has a gradient in some processes only.
  auto used = at::zeros({static_cast<std::int64_t>(parameters.size())}, at::kFloat);
  for (std::size_t n = 0; n < parameters.size(); ++n) used[static_cast<std::int64_t>(n)] = parameters[n].grad().defined() ? 1.0F : 0.0F;
  group_->sum(used);
  std::vector<at::Tensor> gradients;
  for (std::size_t n = 0; n < parameters.size(); ++n) {
    if (used[static_cast<std::int64_t>(n)].item<float>() <= 0.0F) continue;
    auto parameter = parameters[n];
    if (!parameter.grad().defined()) parameter.mutable_grad() = at::zeros_like(parameter);
    gradients.push_back(parameter.grad());
  }
  for (std::size_t first = 0; first < gradients.size();) {
    std::vector<at::Tensor> flat;
    std::int64_t values = 0;
    auto last = first;
    for (; last < gradients.size() && (last == first || values + gradients[last].numel() <= kBucket); ++last) {
      flat.push_back(gradients[last].to(at::kFloat).reshape({-1}));
      values += gradients[last].numel();
    }
    auto bucket = at::cat(flat);
    group_->sum(bucket);
    bucket.div_(static_cast<double>(count()));
    std::int64_t from = 0;
    for (; first < last; ++first) {
      const auto size = gradients[first].numel();
      gradients[first].copy_(bucket.narrow(0, from, size).reshape(gradients[first].sizes()));
      from += size;
    }
  }
}

Result<training::RunState> TrainTeam::beginAlike(const training::RunState& state, const NamedTensors& tensors,
                                                  const std::vector<at::Tensor>& generators, std::uint64_t seed) const {
  if (alone()) return state;
  auto json = serial::parseJson(spread(training::toJson(state).text()), "the state of process 0");
  if (!json) return fail(json.error());
  auto read = training::runStateFromJson(*json);
  if (!read) return read;
  at::NoGradGuard guard;
  for (const auto& [name, tensor] : tensors) {
    auto values = tensor.detach();
    group_->spread(values);
  }
  const auto known = std::stoll(spread(std::to_string(generators.size())));
  at::Tensor own;
  for (std::int64_t n = 1; n < known; ++n) {
    const auto first = gather(leads() ? generators[static_cast<std::size_t>(n)] : at::zeros({0}, at::kByte)).front();
    if (n == rank()) own = first;
  }
  if (leads()) return read;
  if (own.defined()) setGeneratorState(own);
  else torch::manual_seed(Random::forItem(seed + static_cast<std::uint64_t>(read->step), static_cast<std::uint64_t>(rank())).bits());
  return read;
}

std::vector<std::string> TrainTeam::gather(const std::string& text) const {
  return alone() ? std::vector<std::string>{text} : group_->gatherTexts(text);
}

std::string TrainTeam::spread(const std::string& text) const { return gather(leads() ? text : std::string()).front(); }

std::vector<at::Tensor> TrainTeam::gather(const at::Tensor& rows) const {
  return alone() ? std::vector<at::Tensor>{rows} : group_->gatherRows(rows);
}

bool TrainTeam::beat(bool more) const { return agree({more && leads(), false, 0.0}).stop; }

}  // namespace chladni::nn
