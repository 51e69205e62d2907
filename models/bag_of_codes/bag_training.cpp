#include "models/bag_of_codes/bag_training.h"

#include <torch/types.h>

#include "models/bag_of_codes/bag_patches.h"

namespace chladni::models::bag {

at::Tensor reconstructionError(const BagNet& net, PatchKind kind, const at::Tensor& patches, double dropout) {
  const auto painted = net.decode(kind, net.encode(kind, patches, dropout), dropout);
  return at::mse_loss(painted, patches);
}

Result<Codebook> learnCodebook(const BagNet& net, const at::Tensor& pictures, reduction::KMeansOptions options,
                               std::stop_token stop) {
  at::NoGradGuard guard;
  constexpr std::int64_t kBatch = 256;  // seconds
  Codebook codebook;
  options.clusters = net.config().clusters;
  for (const auto kind : kPatchKinds) {
    std::vector<at::Tensor> parts;
    for (std::int64_t first = 0; first < pictures.size(0); first += kBatch) {
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
      const auto some = pictures.narrow(0, first, std::min(kBatch, pictures.size(0) - first));
      parts.push_back(net.encode(kind, patchesOf(kind, some, net.config())).flatten(0, 1).to(at::kCPU, at::kFloat));
    }
    const auto codes = at::cat(parts).contiguous();  // [second * patch, code]
    const std::span<const float> values(codes.data_ptr<float>(), static_cast<std::size_t>(codes.numel()));
    auto fit = reduction::fitKMeans(reduction::Rows(values, codes.size(1)), options, stop);
    if (!fit) return fail(std::move(fit).error(), std::string("the codebook of '") + nameOf(kind) + "'");
    codebook.of(kind) = std::move(fit->centres);
  }
  return codebook;
}

Result<Matrix> countWords(const BagNet& net, const Codebook& codebook, const at::Tensor& pictures) {
  at::NoGradGuard guard;
  const auto& config = net.config();
  Matrix counts(pictures.size(0), config.counts());
  for (const auto kind : kPatchKinds) {
    const auto codes = net.encode(kind, patchesOf(kind, pictures, config)).flatten(0, 1).to(at::kCPU, at::kFloat).contiguous();
    const std::span<const float> values(codes.data_ptr<float>(), static_cast<std::size_t>(codes.numel()));
    const auto indices = indicesOf(codebook, kind, reduction::Rows(values, codes.size(1)));
    if (!indices) return fail(indices.error());
    countIndices(*indices, kind, config, counts);
  }
  return counts;
}

at::Tensor maskCounts(const at::Tensor& counts, double probability) {
  return maskCounts(counts, torch::rand_like(counts).ge(probability));
}

at::Tensor maskCounts(const at::Tensor& counts, const at::Tensor& keep) { return counts * keep.to(counts.scalar_type()); }

at::Tensor headLoss(const at::Tensor& probabilities, const at::Tensor& labels, double delta) {
  return at::huber_loss(probabilities, labels, at::Reduction::Mean, delta);
}

at::Tensor clipProbabilities(const at::Tensor& seconds) { return seconds.mean(0); }

}  // namespace chladni::models::bag
