// Codebook: the k-means centres of each kind of patch, and what they make of codes: the index of the nearest centre, and
// how often each index occurs in a second. Stored as codebook.safetensors: kmeans.<kind>.centers [cluster, code], F64.
// Immutable; any thread may call. Fails with incompatibleModel (a tensor is missing, unexpected or misshapen) or
// corruptData (a value is not finite).
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/data/matrix.h"
#include "core/data/tensor_blob.h"
#include "core/reduction/kmeans.h"
#include "models/bag_of_codes/bag_config.h"

namespace chladni::models::bag {

inline constexpr char kCodebookFile[] = "codebook.safetensors";

struct Codebook {
  std::array<reduction::Table, kPatchKinds.size()> centres;  // [cluster, code]
  [[nodiscard]] const reduction::Table& of(PatchKind kind) const { return centres[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] reduction::Table& of(PatchKind kind) { return centres[static_cast<std::size_t>(kind)]; }
};

// "kmeans.pat.centers"
std::string centresName(PatchKind kind);
std::vector<TensorBlob> toBlobs(const Codebook& codebook);
// F64 or F32 tensors; each used exactly once.
Result<Codebook> codebookFromBlobs(const std::vector<TensorBlob>& blobs, const BagConfig& config);
// The file of a package, after its checksum was compared with the one in model.json.
Result<Codebook> readCodebook(const inference::ModelSpec& spec, const BagConfig& config);

// Codes [second * patch, code] of one kind to indices, in the same order.
Result<std::vector<std::int32_t>> indicesOf(const Codebook& codebook, PatchKind kind, const reduction::Rows& codes);
// Adds one for each index to the kind's part of its second's row of counts [second, kind * cluster].
void countIndices(const std::vector<std::int32_t>& indices, PatchKind kind, const BagConfig& config, Matrix& counts);

}  // namespace chladni::models::bag
