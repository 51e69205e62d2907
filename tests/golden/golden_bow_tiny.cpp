// golden.bow_tiny: patches, both bicubic kernels, auto-encoders, indices, counts, code masking, head, Huber's loss and the
// clip average, through the trainable net and through what inference runs.
#include <memory>
#include <numeric>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"
#include "models/bag_of_codes/bag_detect.h"
#include "models/bag_of_codes/bag_inference.h"
#include "models/bag_of_codes/bag_patches.h"
#include "models/bag_of_codes/bag_training.h"
#include "tests/golden/golden_ledger.h"

using namespace chladni;
using namespace chladni::models::bag;
using test::GoldenLedger;

namespace {

constexpr double kRelative = 1e-4;
constexpr double kAbsolute = 1e-5;

at::Tensor tensor(GoldenLedger& file, const std::string& name) {
  auto made = nn::toTensor(file.blob(name));
  REQUIRE(made);
  return *made;
}

void requireClose(const at::Tensor& actual, const at::Tensor& expected, const std::string& what) {
  INFO(what);
  REQUIRE(actual.numel() == expected.numel());
  const auto a = actual.to(at::kDouble).reshape(expected.sizes()), b = expected.to(at::kDouble);
  CHECK(at::isfinite(a).all().item<bool>());
  CHECK(((a - b).abs() - kRelative * b.abs()).max().item<double>() <= kAbsolute);
}

struct Reference {
  GoldenLedger file{"bow_tiny"};
  at::Tensor pictures;
  BagConfig config;
  std::unique_ptr<BagNet> net;
  Codebook codebook;

  Reference() {
    pictures = tensor(file, "in.log_mel");  // [second, bin, frame]
    nn::NamedTensors weights, everything;
    std::vector<TensorBlob> centres;
    for (const auto& name : file.names()) {
      const bool isCentre = name.starts_with("kmeans.") && name.ends_with(".centers");
      const bool isWeight = (name.starts_with("ae.") && name.find(".out.") == std::string::npos) || name.starts_with("mlp.");
      if (isWeight) everything[name] = weights[name] = tensor(file, name);
      if (isCentre) centres.push_back(file.blob(name)), everything[name] = tensor(file, name);
    }
    // The reference coded the picture that PyTorch shrank.
    const auto found = detectConfig(everything, {{"bins", std::to_string(pictures.size(1))},
                                                 {"frames", std::to_string(pictures.size(2))},
                                                 {"bicubic", "pytorch"}});
    if (!found) FAIL(found.error().describe());
    config = *found;
    net = std::make_unique<BagNet>(config);
    const auto loaded = nn::loadWeights(*net, weights);
    if (!loaded) FAIL(loaded.error().describe());
    auto read = codebookFromBlobs(centres, config);
    if (!read) FAIL(read.error().describe());
    codebook = *std::move(read);
  }
};

void requireShapes(Reference& reference) {
  // In the order of the study's table.
  const PatchKind table[] = {PatchKind::patch, PatchKind::bandEnvelope, PatchKind::spectralEnvelope, PatchKind::whole};
  std::vector<std::int64_t> sizes, counts;
  for (const auto kind : table) {
    sizes.push_back(reference.config.shape(kind).values());
    counts.push_back(reference.config.shape(kind).count());
  }
  CHECK(sizes == reference.file.integers("out.patch_sizes"));
  CHECK(counts == reference.file.integers("out.patch_counts"));
}

// "out.whole_bicubic_a050": coefficient -0.50.
void requireBicubic(Reference& reference) {
  int flavours = 0;
  const std::string prefix = "out.whole_bicubic_a";
  for (const auto& name : reference.file.names(prefix)) {
    const double coefficient = -std::stod(name.substr(prefix.size())) / 100.0;
    const auto expected = tensor(reference.file, name);
    const auto small = shrink(reference.pictures, expected.size(1), expected.size(2), coefficient);
    requireClose(small, expected, name);
    if (expected.scalar_type() == at::kDouble)
      CHECK((shrink(reference.pictures.to(at::kDouble), expected.size(1), expected.size(2), coefficient) - expected)
                .abs().max().item<double>() <= 1e-9);
    ++flavours;
  }
  CHECK(flavours == 2);
}

void requireCoder(Reference& reference, PatchKind kind) {
  const std::string name = nameOf(kind);
  const auto patches = patchesOf(kind, reference.pictures, reference.config);
  const auto codes = reference.net->encode(kind, patches);
  requireClose(codes, tensor(reference.file, "ae." + name + ".out.code"), name + " code");
  requireClose(reconstructionError(*reference.net, kind, patches), tensor(reference.file, "ae." + name + ".out.mse"), name + " mse");
}

void requireCodes(Reference& reference, const BagInference& inference) {
  const auto codes = inference.codes(reference.pictures, {});
  REQUIRE(codes);
  for (const auto kind : kPatchKinds) {
    const auto& indices = codes->indices[static_cast<std::size_t>(kind)];
    INFO(nameOf(kind));
    CHECK(std::vector<std::int64_t>(indices.begin(), indices.end()) ==
          reference.file.integers(std::string("kmeans.") + nameOf(kind) + ".out.labels"));
  }
  CHECK(codes->counts.values == reference.file.floats("out.feature_vector"));
  for (std::int64_t second = 0; second < codes->counts.rows; ++second) {
    const auto row = codes->counts.row(second);
    CHECK(std::accumulate(row.begin(), row.end(), 0.0) == static_cast<double>(reference.config.patches()));
  }
}

void requireHead(Reference& reference, const BagInference& inference) {
  const auto counts = tensor(reference.file, "out.feature_vector");
  const auto masked = maskCounts(counts, tensor(reference.file, "in.keep_mask"));
  requireClose(masked, tensor(reference.file, "out.masked_feature_vector"), "masked counts");
  const auto expected = tensor(reference.file, "out.probabilities");
  const auto probabilities = reference.net->classify(masked).sigmoid();
  requireClose(probabilities, expected, "probabilities");
  requireClose(inference.logits(nn::toMatrix(masked)).sigmoid(), expected, "probabilities of inference");
  requireClose(headLoss(probabilities, tensor(reference.file, "in.labels")), tensor(reference.file, "out.huber_delta1"), "loss");
  requireClose(clipProbabilities(probabilities), tensor(reference.file, "out.clip_probability"), "clip");
}

// "huber.out.delta1": one loss for each difference.
void requireHuber(Reference& reference) {
  const std::string prefix = "huber.out.delta";
  const auto differences = tensor(reference.file, "huber.in.difference");
  const auto tables = reference.file.names(prefix);
  CHECK_FALSE(tables.empty());
  for (const auto& name : tables) {
    std::vector<at::Tensor> losses;
    for (std::int64_t i = 0; i < differences.numel(); ++i)
      losses.push_back(headLoss(differences[i], torch::zeros({}), std::stod(name.substr(prefix.size()))));
    requireClose(at::stack(losses), tensor(reference.file, name), name);
  }
}

}  // namespace

TEST_CASE("a tiny bag of codes, from log-mel tables to the clip") {
  at::NoGradGuard guard;
  Reference reference;
  const BagInference inference(*reference.net, reference.codebook, nn::Runtime{});
  requireShapes(reference);
  requireBicubic(reference);
  for (const auto kind : kPatchKinds) requireCoder(reference, kind);
  requireCodes(reference, inference);
  requireHead(reference, inference);
  requireHuber(reference);
  reference.file.requireAllRead();
}
