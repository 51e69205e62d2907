#include "models/bag_of_codes/bag_codebook.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/inference/model_package.h"
#include "core/serial/safetensors.h"
#include "core/serial/sha256.h"

namespace chladni::models::bag {
namespace {

template <class Stored>
std::vector<double> asDoubles(const TensorBlob& blob) {
  std::vector<Stored> stored(blob.bytes.size() / sizeof(Stored));
  if (!stored.empty()) std::memcpy(stored.data(), blob.bytes.data(), stored.size() * sizeof(Stored));
  return {stored.begin(), stored.end()};
}

Result<reduction::Table> tableFrom(const TensorBlob& blob, std::int64_t rows, std::int64_t columns) {
  const auto wanted = "[" + std::to_string(rows) + ", " + std::to_string(columns) + "]";
  if (blob.dtype != DType::f64 && blob.dtype != DType::f32)
    return fail(ErrorCode::incompatibleModel, "tensor '" + blob.name + "' must be F64 or F32");
  if (blob.shape != std::vector<std::int64_t>{rows, columns})
    return fail(ErrorCode::incompatibleModel, "tensor '" + blob.name + "' does not have the shape " + wanted +
                                                  " that the architecture asks for");
  reduction::Table table(rows, columns);
  table.values = blob.dtype == DType::f64 ? asDoubles<double>(blob) : asDoubles<float>(blob);
  if (table.values.size() != static_cast<std::size_t>(rows * columns))
    return fail(ErrorCode::corruptData, "tensor '" + blob.name + "' does not hold the bytes of its shape");
  if (!std::all_of(table.values.begin(), table.values.end(), [](double x) { return std::isfinite(x); }))
    return fail(ErrorCode::corruptData, "tensor '" + blob.name + "' holds a value that is not finite");
  return table;
}

}  // namespace

std::string centresName(PatchKind kind) { return std::string("kmeans.") + nameOf(kind) + ".centers"; }

std::vector<TensorBlob> toBlobs(const Codebook& codebook) {
  std::vector<TensorBlob> blobs;
  for (const auto kind : kPatchKinds) {
    const auto& table = codebook.of(kind);
    TensorBlob blob{centresName(kind), DType::f64, {table.rows, table.columns}, {}};
    blob.bytes.resize(table.values.size() * sizeof(double));
    if (!blob.bytes.empty()) std::memcpy(blob.bytes.data(), table.values.data(), blob.bytes.size());
    blobs.push_back(std::move(blob));
  }
  return blobs;
}

Result<Codebook> codebookFromBlobs(const std::vector<TensorBlob>& blobs, const BagConfig& config) {
  Codebook codebook;
  for (const auto kind : kPatchKinds) {
    const auto name = centresName(kind);
    const auto found = std::find_if(blobs.begin(), blobs.end(), [&](const TensorBlob& b) { return b.name == name; });
    if (found == blobs.end())
      return fail(ErrorCode::incompatibleModel, "the codebook lacks tensor '" + name + "'");
    auto table = tableFrom(*found, config.clusters, config.code(kind));
    if (!table) return fail(std::move(table).error());
    codebook.of(kind) = std::move(*table);
  }
  for (const auto& blob : blobs)
    if (std::none_of(kPatchKinds.begin(), kPatchKinds.end(), [&](PatchKind kind) { return centresName(kind) == blob.name; }))
      return fail(ErrorCode::incompatibleModel, "the codebook holds tensor '" + blob.name + "', which no kind of patch uses");
  return codebook;
}

Result<Codebook> readCodebook(const inference::ModelSpec& spec, const BagConfig& config) {
  const auto path = inference::packageFile(spec.folder, kCodebookFile);
  if (!path) return fail(path.error());
  const auto vouched = spec.fileSha256.find(kCodebookFile);
  if (vouched == spec.fileSha256.end())
    return fail(ErrorCode::incompatibleModel, std::string(kCodebookFile) + " has no checksum in model.json; import the weights again");
  const auto sum = serial::sha256OfFile(*path);
  if (!sum) return fail(sum.error());
  if (*sum != vouched->second)
    return fail(ErrorCode::corruptData, path->string() + ": the checksum is not the one in model.json; get the package again");
  auto file = serial::readSafetensors(*path);
  if (!file) return fail(std::move(file).error());
  auto codebook = codebookFromBlobs(file->tensors, config);
  if (!codebook) return fail(std::move(codebook).error(), kCodebookFile);
  return codebook;
}

Result<std::vector<std::int32_t>> indicesOf(const Codebook& codebook, PatchKind kind, const reduction::Rows& codes) {
  constexpr int kOneThread = 1;  // a batch holds few rows
  return reduction::nearestCentres(codes, codebook.of(kind), kOneThread);
}

void countIndices(const std::vector<std::int32_t>& indices, PatchKind kind, const BagConfig& config, Matrix& counts) {
  const auto perSecond = config.shape(kind).count();
  const auto offset = static_cast<std::int64_t>(kind) * config.clusters;
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const auto second = static_cast<std::int64_t>(i) / perSecond;
    counts.row(second)[static_cast<std::size_t>(offset + indices[i])] += 1.0F;
  }
}

}  // namespace chladni::models::bag
