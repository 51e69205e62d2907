#include "core/analysis/model_anatomy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

#include "core/data/half.h"
#include "core/serial/safetensors.h"

namespace chladni::analysis {

namespace {

constexpr std::int64_t kMostPatches = 2048;  // of a table whose cosines are made

const char* nameOf(DType type) {
  static constexpr std::array kNames = {"fp32", "fp16", "bf16", "fp64", "int64", "int32", "int16", "int8", "uint8", "bool"};
  return kNames[static_cast<std::size_t>(type)];
}

std::int64_t countOf(const TensorBlob& tensor) {
  return std::accumulate(tensor.shape.begin(), tensor.shape.end(), std::int64_t{1}, std::multiplies<>());
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }
bool endsWith(const std::string& text, const char* end) { return text.ends_with(end); }

// Patches of the sound, as the front end and the architecture make them; none when the model is no patch transformer.
std::optional<PatchGrid> soundGrid(const inference::ModelSpec& spec) {
  const auto patch = static_cast<int>(spec.number("patch").value_or(0.0));
  if (patch < 1 || !spec.frontend.sound || spec.frontend.targetFrames < patch || spec.frontend.melBins < patch) return std::nullopt;
  PatchGrid grid;
  grid.patchColumns = grid.patchBins = patch;
  grid.strideColumns = static_cast<int>(spec.number("stride_time").value_or(patch));
  grid.strideBins = static_cast<int>(spec.number("stride_frequency").value_or(patch));
  if (grid.strideColumns < 1 || grid.strideBins < 1) return std::nullopt;
  grid.columns = static_cast<int>((spec.frontend.targetFrames - patch) / grid.strideColumns) + 1;
  grid.rows = (spec.frontend.melBins - patch) / grid.strideBins + 1;
  grid.columnSeconds = spec.frontend.frameShiftMs / 1000.0;
  return grid;
}

std::optional<PatchGrid> pictureGrid(const inference::ModelSpec& spec) {
  const auto patch = static_cast<int>(spec.number("patch").value_or(0.0));
  if (patch < 1 || !spec.frontend.picture || spec.frontend.picture->size < patch) return std::nullopt;
  PatchGrid grid;
  grid.rows = grid.columns = spec.frontend.picture->size / patch;
  grid.patchColumns = grid.patchBins = grid.strideColumns = grid.strideBins = patch;
  return grid;
}

struct Tokens {
  std::optional<PatchGrid> sound, picture;
  double leading = 0.0;
  [[nodiscard]] double of(bool heard, bool seen) const {
    return leading + (heard && sound ? sound->patches() : 0) + (seen && picture ? picture->patches() : 0);
  }
};

// How many tokens a tensor's module works on for one clip, by the names that the published models use.
double tokensOf(const std::string& name, const Tokens& tokens) {
  if (contains(name, "blocks_a.")) return tokens.of(true, false);
  if (contains(name, "blocks_v.")) return tokens.of(false, true);
  if (contains(name, "blocks.") || contains(name, "blocks_u.") || contains(name, "decoder_")) return tokens.of(true, true);
  if (contains(name, "patch_embed_v")) return tokens.picture ? tokens.picture->patches() : 0.0;
  if (contains(name, "patch_embed")) return tokens.sound ? tokens.sound->patches() : tokens.of(false, true);
  return 1.0;  // heads, once a clip
}

std::optional<double> operationsOf(const TensorBlob& tensor, const Tokens& tokens) {
  if (!endsWith(tensor.name, "weight") || tensor.shape.size() < 2) return 0.0;
  const double count = tokensOf(tensor.name, tokens);
  double operations = 2.0 * static_cast<double>(countOf(tensor)) * count;
  // Products of queries with keys, and of weights with values.
  if (endsWith(tensor.name, "qkv.weight")) operations += 4.0 * count * count * static_cast<double>(tensor.shape[0]) / 3.0;
  return operations;
}

std::vector<float> floatsOf(const TensorBlob& tensor) {
  const auto count = static_cast<std::size_t>(countOf(tensor));
  std::vector<float> values(count, 0.0F);
  for (std::size_t i = 0; i < count; ++i) {
    const std::byte* at = tensor.bytes.data() + i * bytesPerElement(tensor.dtype);
    if (tensor.dtype == DType::f32) {
      std::memcpy(&values[i], at, sizeof(float));
      continue;
    }
    std::uint16_t bits = 0;
    std::memcpy(&bits, at, sizeof bits);
    values[i] = tensor.dtype == DType::f16 ? halfToFloat(bits) : brainToFloat(bits);
  }
  return values;
}

Matrix cosinesOf(const std::vector<float>& table, std::int64_t first, std::int64_t patches, std::int64_t width) {
  Matrix unit(patches, width);
  for (std::int64_t p = 0; p < patches; ++p) {
    double square = 0.0;
    const float* row = table.data() + (first + p) * width;
    for (std::int64_t w = 0; w < width; ++w) square += static_cast<double>(row[w]) * row[w];
    const double scale = square > 0.0 ? 1.0 / std::sqrt(square) : 0.0;
    for (std::int64_t w = 0; w < width; ++w) unit.row(p)[static_cast<std::size_t>(w)] = static_cast<float>(row[w] * scale);
  }
  Matrix cosines(patches, patches);
  for (std::int64_t a = 0; a < patches; ++a)
    for (std::int64_t b = 0; b <= a; ++b) {
      const auto one = unit.row(a);
      const auto other = unit.row(b);
      const float product = std::inner_product(one.begin(), one.end(), other.begin(), 0.0F);
      cosines.row(a)[static_cast<std::size_t>(b)] = cosines.row(b)[static_cast<std::size_t>(a)] = product;
    }
  return cosines;
}

// [1, leading + patches, width] for one of the grids.
std::optional<PositionTable> positionsOf(const TensorBlob& tensor, const Tokens& tokens) {
  const bool real = tensor.dtype == DType::f32 || tensor.dtype == DType::f16 || tensor.dtype == DType::bf16;
  if (!contains(tensor.name, "pos_embed") || tensor.shape.size() != 3 || tensor.shape[0] != 1 || !real) return std::nullopt;
  for (const bool picture : {endsWith(tensor.name, "_v"), !endsWith(tensor.name, "_v")}) {
    const auto& grid = picture ? tokens.picture : tokens.sound;
    const std::int64_t leading = grid ? tensor.shape[1] - grid->patches() : -1;
    if (leading < 0 || leading > 2 || grid->patches() > kMostPatches) continue;
    PositionTable table;
    table.name = tensor.name;
    table.grid = *grid;
    table.grid.leadingTokens = static_cast<int>(leading);
    table.picture = picture;
    table.cosines = cosinesOf(floatsOf(tensor), leading, grid->patches(), tensor.shape[2]);
    return table;
  }
  return std::nullopt;
}

}  // namespace

Result<ModelAnatomy> anatomyOf(const inference::ModelSpec& spec, std::stop_token stop) {
  auto file = serial::readSafetensors(spec.folder / spec.weights.file);
  if (!file) return fail(file.error());
  Tokens tokens{soundGrid(spec), pictureGrid(spec)};
  ModelAnatomy anatomy;
  for (const TensorBlob& tensor : file->tensors) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "looking into the model was stopped");
    anatomy.numbers += countOf(tensor);
    anatomy.bytes += static_cast<std::int64_t>(tensor.bytes.size());
    if (endsWith(tensor.name, "cls_token") || endsWith(tensor.name, "dist_token")) tokens.leading += 1.0;
    if (auto table = positionsOf(tensor, tokens)) anatomy.positions.push_back(std::move(*table));
  }
  // Only of patch transformers it is known how often each weight is used.
  const bool counted = !anatomy.positions.empty();
  double sum = 0.0;
  for (const TensorBlob& tensor : file->tensors) {
    ModelTensor described{tensor.name, tensor.shape, nameOf(tensor.dtype), countOf(tensor), std::nullopt};
    if (counted) described.operations = operationsOf(tensor, tokens);
    sum += described.operations.value_or(0.0);
    anatomy.tensors.push_back(std::move(described));
  }
  if (counted) anatomy.operations = sum;
  return anatomy;
}

}  // namespace chladni::analysis
