#include "models/ast/ast_start.h"

#include <algorithm>

#include <torch/types.h>

#include "core/base/random.h"
#include "core/inference/model_package.h"
#include "core/nn/load_package.h"
#include "core/nn/weights.h"
#include "models/ast/ast_adapt.h"
#include "models/ast/ast_names.h"

namespace chladni::models::ast {
namespace {

constexpr std::int64_t kWhiteningExamples = 256;
// Whitened patches have a size of about 0.6 a value: positions must be of that size to be seen from the first step on.
constexpr double kPositionScale = 0.7;

// A patch kernel whose outputs are uncorrelated on real spectrograms: principal components, each brought to the same
// variance, then rotated at random so that no output is special.
void whitenPatches(AstNet& net, const at::Tensor& spectrograms) {
  const auto& config = net.config();
  const auto size = config.patch * config.patch;
  auto patches = spectrograms.transpose(1, 2)
                     .unfold(1, config.patch, config.patch)
                     .unfold(2, config.patch, config.patch)
                     .reshape({-1, size});
  patches = patches - patches.mean(0, true);
  const auto covariance = patches.t().mm(patches) / patches.size(0);
  const auto [variance, vectors] = at::linalg_eigh(covariance, "L");
  const auto kept = std::min(config.width, size);
  const auto components = vectors.flip(1).narrow(1, 0, kept);
  const auto scale = (variance.flip(0).narrow(0, 0, kept) + variance.mean() * 0.02 + 1e-8).rsqrt();
  auto whitening = (components * scale.unsqueeze(0)).t();
  if (kept < config.width) whitening = torch::cat({whitening, torch::zeros({config.width - kept, size})});
  const auto rotation = std::get<0>(at::linalg_qr(torch::randn({config.width, config.width}), "reduced"));
  net.v->patch_embed->proj->weight.copy_((rotation.mm(whitening) * 0.6).view_as(net.v->patch_embed->proj->weight));
  net.v->patch_embed->proj->bias.zero_();
}

// Half of the width says the row (frequency), half the column (time), in sines of falling wavelength.
void layOutPositions(AstNet& net) {
  const auto& config = net.config();
  const auto quarter = config.width / 4;
  const auto frequencies = torch::pow(100.0, -torch::arange(quarter).to(at::kFloat) / static_cast<double>(quarter));
  const auto waves = [&](std::int64_t count) {
    const auto angles = torch::arange(count).to(at::kFloat).unsqueeze(1) * frequencies.unsqueeze(0) * 1.5;
    return torch::cat({angles.sin(), angles.cos()}, 1);
  };
  const auto rows = waves(config.rows()).unsqueeze(1).expand({-1, config.columns(), -1});
  const auto columns = (0.5 * waves(config.columns())).unsqueeze(0).expand({config.rows(), -1, -1});
  const auto grid = torch::cat({rows, columns}, 2).reshape({1, config.rows() * config.columns(), 4 * quarter});
  net.v->pos_embed.zero_();
  net.v->pos_embed.narrow(1, config.leadingTokens(), grid.size(1)).narrow(2, 0, 4 * quarter).copy_(grid * kPositionScale);
}

Result<at::Tensor> someSpectrograms(const training::Examples& examples, std::uint64_t seed) {
  const auto& fields = examples.fields();
  const auto count = std::min(kWhiteningExamples, std::max<std::int64_t>(examples.size(), 1));
  auto spectrograms = torch::empty({count, fields[0].shape[0], fields[0].shape[1]});
  std::vector<std::vector<float>> others;
  for (std::size_t n = 1; n < fields.size(); ++n) others.emplace_back(static_cast<std::size_t>(fields[n].values()));
  const auto size = static_cast<std::size_t>(fields[0].values());
  for (std::int64_t n = 0; n < count; ++n) {
    std::vector<std::span<float>> spans{{spectrograms.data_ptr<float>() + static_cast<std::size_t>(n) * size, size}};
    spans.insert(spans.end(), others.begin(), others.end());
    const auto item = n * examples.size() / count;
    const auto draw = Random::forItem(~seed, static_cast<std::uint64_t>(n)).bits();  // as training never draws
    if (auto made = examples.make({item, draw, true}, spans); !made) return fail(made.error());
  }
  return spectrograms;
}

void fitPositions(nn::NamedTensors& tensors, const AstConfig& from, const AstConfig& to, std::vector<std::string>& lines) {
  const GridSize source{from.rows(), from.columns()}, target{to.rows(), to.columns()};
  if (source == target) return;
  auto& table = tensors["v.pos_embed"];
  table = adaptPositions(table, from.leadingTokens(), source, target);
  lines.push_back("positions fitted from " + std::to_string(source.rows) + " x " + std::to_string(source.columns) + " patches to " +
                  std::to_string(target.rows) + " x " + std::to_string(target.columns));
}

}  // namespace

Result<void> startFromNothing(AstNet& net, const training::Examples& examples, std::uint64_t seed) {
  at::NoGradGuard guard;
  net.initialise(AstStart::truncatedNormal);
  layOutPositions(net);
  auto spectrograms = someSpectrograms(examples, seed);
  if (!spectrograms) return fail(spectrograms.error());
  whitenPatches(net, *spectrograms);
  return {};
}

Result<AstStartWeights> readStart(const std::filesystem::path& package) {
  auto spec = inference::readModelPackage(package);
  if (!spec) return fail(spec.error());
  if (spec->family != "ast")
    return fail(ErrorCode::incompatibleModel, package.string() + ": a model of the family " + spec->family + "; start from an AST");
  auto config = configFromSpec(*spec);
  if (!config) return fail(config.error());
  return AstStartWeights{std::move(*spec), *config};
}

Result<std::vector<std::string>> startFromPackage(AstNet& net, const AstStartWeights& start, const std::vector<std::string>& classes) {
  auto published = nn::weightsOfPackage(start.spec);
  if (!published) return fail(std::move(published).error());
  auto weights = canonicalise(*published);
  if (!weights) return fail(weights.error());
  std::vector<std::string> lines;
  at::NoGradGuard guard;
  if (!weights->tensors.contains("v.pos_embed")) return fail(ErrorCode::incompatibleModel, "the start lacks v.pos_embed");
  fitPositions(weights->tensors, start.config, net.config(), lines);
  if (start.spec.classes != classes) {
    net.initialise(AstStart::truncatedNormal);
    for (const auto& item : net.mlp_head->named_parameters()) weights->tensors["mlp_head." + item.key()] = item.value().detach().clone();
    lines.push_back("a fresh head for " + std::to_string(classes.size()) + " classes instead of " + std::to_string(start.spec.classes.size()));
  }
  if (net.v->stem && start.config.stemChannels == 0) {
    net.v->stem->initialise();
    for (const auto& item : net.v->stem->named_parameters()) weights->tensors["v.stem." + item.key()] = item.value().detach().clone();
    lines.push_back("convolutions beside its patches, which begin without a say");
  }
  if (auto loaded = nn::loadWeights(net, weights->tensors); !loaded) return fail(loaded.error());
  return lines;
}

}  // namespace chladni::models::ast
