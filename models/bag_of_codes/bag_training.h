// The pieces of training: what the auto-encoders minimise, how the codebook is learnt, code masking, what the head
// minimises, and how seconds become a clip. Tensors on any device; random numbers from torch's generator (seed it).
// Throws c10::Error.
#pragma once

#include <stop_token>

#include "models/bag_of_codes/bag_codebook.h"
#include "models/bag_of_codes/bag_net.h"

namespace chladni::models::bag {

// Mean squared error of one kind's patches painted from their codes; a scalar.
at::Tensor reconstructionError(const BagNet& net, PatchKind kind, const at::Tensor& patches, double dropout = 0.0);

// k-means over the codes of pictures [second, bin, frame], each kind apart; options.clusters is the net's.
Result<Codebook> learnCodebook(const BagNet& net, const at::Tensor& pictures, reduction::KMeansOptions options,
                               std::stop_token stop = {});

// How often each word of the codebook occurs in each picture [second, bin, frame]: [second, kind * cluster].
Result<Matrix> countWords(const BagNet& net, const Codebook& codebook, const at::Tensor& pictures);

// Whole codes are left out: each count becomes zero with the probability, the others stay as they are.
at::Tensor maskCounts(const at::Tensor& counts, double probability);
at::Tensor maskCounts(const at::Tensor& counts, const at::Tensor& keep);

// Huber's loss between probabilities and labels in 0..1, mean over all; quadratic up to delta.
at::Tensor headLoss(const at::Tensor& probabilities, const at::Tensor& labels, double delta = 1.0);

// Probabilities [second, class] of one clip to [class].
at::Tensor clipProbabilities(const at::Tensor& seconds);

}  // namespace chladni::models::bag
