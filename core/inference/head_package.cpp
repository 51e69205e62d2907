#include "core/inference/head_package.h"

#include <cstring>

#include "core/base/atomic_file.h"
#include "core/data/half.h"
#include "core/inference/model_package.h"

namespace chladni::inference {

namespace fs = std::filesystem;

namespace {

constexpr char kCard[] = "CARD.md";

float rounded(float value, DType type) {
  if (type == DType::f16) return halfToFloat(floatToHalf(value));
  if (type == DType::bf16) return brainToFloat(floatToBrain(value));
  return value;
}

Result<void> refill(TensorBlob& blob, const std::vector<float>& values) {
  if (blob.dtype == DType::f32) {
    std::memcpy(blob.bytes.data(), values.data(), blob.bytes.size());
    return {};
  }
  if (blob.dtype != DType::f16 && blob.dtype != DType::bf16)
    return fail(ErrorCode::incompatibleModel, "tensor " + blob.name + ": heads are stored as fp32, fp16 or bf16 only");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint16_t bits = blob.dtype == DType::f16 ? floatToHalf(values[i]) : floatToBrain(values[i]);
    std::memcpy(blob.bytes.data() + 2 * i, &bits, 2);
  }
  return {};
}

// Published files put wrappers before names: "module.mlp_head.1.weight".
Result<void> replaceTensor(std::vector<TensorBlob>& tensors, const std::string& name, const std::vector<float>& values) {
  TensorBlob* found = nullptr;
  for (TensorBlob& tensor : tensors)
    if (tensor.name == name || tensor.name.ends_with("." + name)) {
      if (found) return fail(ErrorCode::incompatibleModel, "two tensors of the weights are called " + name + "; the head cannot be told");
      found = &tensor;
    }
  if (!found) return fail(ErrorCode::incompatibleModel, "the weights hold no tensor " + name + "; import the model again and improve that");
  if (found->bytes.size() != values.size() * bytesPerElement(found->dtype))
    return fail(ErrorCode::incompatibleModel, "tensor " + name + " has another size than the head that was taught");
  return refill(*found, values);
}

Result<void> writeWeights(const ModelSpec& parent, const HeadChange& change, const fs::path& folder, const std::stop_token& stop) {
  auto file = readModelWeights(parent, stop);
  if (!file) return fail(file.error());
  if (auto done = replaceTensor(file->tensors, change.head.weightName, change.head.weight.values); !done) return done;
  if (auto done = replaceTensor(file->tensors, change.head.biasName, change.head.bias); !done) return done;
  const auto path = packageFile(folder, parent.weights.file);
  if (!path) return fail(path.error());
  std::error_code ignored;
  fs::create_directories(path->parent_path(), ignored);
  return serial::writeSafetensors(*path, *file);
}

Result<void> copyFiles(const ModelSpec& parent, const HeadChange& change, const fs::path& folder) {
  for (const auto& [name, sum] : parent.fileSha256) {
    if (name == kCard || change.files.contains(name)) continue;
    const auto from = packageFile(parent.folder, name);
    const auto to = packageFile(folder, name);
    if (!from || !to) return fail((from ? to : from).error());
    std::error_code problem;
    fs::create_directories(to->parent_path(), problem);
    fs::copy_file(*from, *to, problem);
    if (problem) return fail(ErrorCode::io, from->string() + ": cannot be copied (" + problem.message() + ")");
  }
  return {};
}

}  // namespace

LinearMap asStored(const LinearMap& head, const std::string& dtype) {
  const DType type = dtype == "fp16" ? DType::f16 : dtype == "bf16" ? DType::bf16 : DType::f32;
  LinearMap stored = head;
  for (float& value : stored.weight.values) value = rounded(value, type);
  for (float& value : stored.bias) value = rounded(value, type);
  return stored;
}

Result<ModelSpec> writeHeadPackage(const ModelSpec& parent, const HeadChange& change, const fs::path& folder, std::stop_token stop) {
  if (auto written = writeWeights(parent, change, folder, stop); !written) return fail(written.error(), parent.name);
  if (auto copied = copyFiles(parent, change, folder); !copied) return fail(copied.error());
  auto card = readModelCard(parent);
  if (!card) return fail(card.error());
  if (auto written = writeFileAtomically(folder / kCard, *card + change.cardSection); !written) return fail(written.error());
  ModelSpec spec = parent;
  for (const auto& [name, content] : change.files) {
    if (auto written = writeFileAtomically(folder / name, content); !written) return fail(written.error());
    spec.fileSha256[name] = "";
  }
  spec.title = change.title;
  spec.source = change.source;
  spec.data = change.data;
  spec.metricsJson = change.metricsJson;
  spec.temperature = change.temperature;
  return writeModelManifest(spec, folder);
}

}  // namespace chladni::inference
