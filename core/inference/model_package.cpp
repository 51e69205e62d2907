#include "core/inference/model_package.h"

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/inference/finite.h"
#include "core/inference/manifest.h"
#include "core/serial/sha256.h"

namespace chladni::inference {

namespace fs = std::filesystem;

namespace {

constexpr char kManifest[] = "model.json";
constexpr char kCard[] = "CARD.md";
constexpr std::uintmax_t kMaxCardBytes = 4 << 20;

Result<void> checkSum(const ModelSpec& spec, const std::string& name, const std::string& wanted, std::stop_token stop) {
  const auto path = packageFile(spec.folder, name);
  if (!path) return fail(path.error());
  const auto found = serial::sha256OfFile(*path, stop);
  if (!found) return fail(found.error());
  if (*found != wanted)
    return fail(ErrorCode::corruptData, path->string() +
                                            ": its checksum is not the one in model.json; the file was changed or "
                                            "damaged, so install the model again");
  return {};
}

bool isTorchScript(const ModelSpec& spec) { return fs::path(spec.weights.file).extension() == ".pt"; }

Result<serial::TensorFile> readFinite(const fs::path& path) {
  auto file = serial::readSafetensors(path);
  if (!file) return file;
  for (const auto& tensor : file->tensors)
    if (const auto index = firstNotFinite(tensor))
      return fail(ErrorCode::corruptData, path.string() + ": tensor " + serial::printable(tensor.name) +
                                              ": value " + std::to_string(*index) +
                                              " is not a finite number; the weights are unusable");
  return file;
}

}  // namespace

Result<fs::path> packageFile(const fs::path& folder, const std::string& name) {
  const fs::path relative(name);
  const auto refuse = [&](const std::string& why) {
    return fail(ErrorCode::incompatibleModel,
                folder.string() + ": file \"" + serial::printable(name) + "\": " + why + "; the package is refused");
  };
  if (name.empty() || name.find('\0') != std::string::npos || relative.filename().empty())
    return refuse("is not a file name");
  if (relative.is_absolute()) return refuse("must not be an absolute path");
  if (std::find(relative.begin(), relative.end(), "..") != relative.end()) return refuse("must not climb out with \"..\"");
  std::error_code ec;
  const fs::path home = fs::weakly_canonical(folder, ec);
  const fs::path real = ec ? fs::path() : fs::weakly_canonical(folder / relative, ec);
  if (ec) return refuse("cannot be resolved (" + ec.message() + ")");
  if (std::mismatch(home.begin(), home.end(), real.begin(), real.end()).first != home.end())
    return refuse("is a link that leads out of the package");
  return folder / relative;
}

Result<ModelSpec> readModelPackage(const fs::path& folder) {
  const fs::path manifest = folder / kManifest;
  std::error_code ec;
  if (!fs::is_regular_file(manifest, ec))
    return fail(ErrorCode::notFound, folder.string() + ": not a model package (it holds no model.json)");
  const auto json = serial::readJsonFile(manifest.string(), {std::size_t{16} << 20, 32, 400'000});
  if (!json) return fail(json.error());
  auto spec = specFromJson(serial::JsonField(*json));
  if (!spec) return fail(ErrorCode::incompatibleModel, manifest.string() + ": " + spec.error().message);
  fs::path absolute = fs::absolute(folder, ec).lexically_normal();
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  spec->name = absolute.filename().string();
  spec->folder = absolute;
  for (const auto& [file, sum] : spec->fileSha256)
    if (const auto path = packageFile(absolute, file); !path) return fail(path.error());
  const auto weights = packageFile(absolute, spec->weights.file);
  if (!weights) return fail(weights.error());
  spec->installed = fs::is_regular_file(*weights, ec);
  return spec;
}

Result<ModelSpec> writeModelManifest(const ModelSpec& spec, const fs::path& folder) {
  ModelSpec complete = spec;
  std::error_code ec;
  if (fs::is_regular_file(folder / kCard, ec)) complete.fileSha256[kCard] = "";
  const auto sum = [&](const std::string& file) -> Result<std::string> {
    const auto path = packageFile(folder, file);
    if (!path) return fail(path.error());
    return serial::sha256OfFile(*path);
  };
  auto weights = sum(complete.weights.file);
  if (!weights) return fail(weights.error());
  complete.weights.sha256 = *std::move(weights);
  for (auto& [file, digest] : complete.fileSha256) {
    auto found = sum(file);
    if (!found) return fail(found.error());
    digest = *std::move(found);
  }
  const auto json = specToJson(complete);
  if (!json) return fail(json.error());
  if (auto ok = specFromJson(serial::JsonField(*json)); !ok) return fail(ok.error());
  if (auto ok = writeFileAtomically(folder / kManifest, json->prettyText()); !ok) return fail(ok.error());
  return readModelPackage(folder);
}

Result<void> checkWeightsSum(const ModelSpec& spec, std::stop_token stop) {
  if (!spec.installed)
    return fail(ErrorCode::notFound, spec.folder.string() + ": its weights (" + spec.weights.file +
                                         ") are not installed; put them beside model.json");
  return checkSum(spec, spec.weights.file, spec.weights.sha256, stop);
}

Result<serial::TensorFile> readModelWeights(const ModelSpec& spec, std::stop_token stop) {
  if (isTorchScript(spec))
    return fail(ErrorCode::unsupported, spec.folder.string() + ": its weights are a TorchScript module, not tensors");
  if (auto ok = checkWeightsSum(spec, stop); !ok) return fail(ok.error());
  const auto path = packageFile(spec.folder, spec.weights.file);
  if (!path) return fail(path.error());
  return readFinite(*path);
}

Result<void> verifyModelPackage(const ModelSpec& spec, std::stop_token stop) {
  for (const auto& [file, sum] : spec.fileSha256)
    if (auto ok = checkSum(spec, file, sum, stop); !ok) return ok;
  if (isTorchScript(spec)) return checkWeightsSum(spec, stop);
  if (auto weights = readModelWeights(spec, stop); !weights) return fail(weights.error());
  return {};
}

Result<std::string> readModelCard(const ModelSpec& spec) {
  const auto path = packageFile(spec.folder, kCard);
  if (!path) return fail(path.error());
  std::error_code ec;
  if (!fs::exists(*path, ec)) return std::string();
  return readFile(*path, kMaxCardBytes);
}

}  // namespace chladni::inference
