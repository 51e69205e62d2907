#include "models/lyrics_mae/lyrics_family.h"

#include "core/nn/load_package.h"
#include "models/common/package_parts.h"
#include "models/lyrics_mae/lyrics_import.h"
#include "models/lyrics_mae/lyrics_model.h"

namespace chladni::models::lyrics_mae {
namespace {

nn::LoadedPackage loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto parts = partsOfPackage(spec, options, configFromSpec);
  if (!parts) return fail(std::move(parts).error());
  auto reader = LyricsReader::create(spec, parts->config);
  if (!reader) return fail(std::move(reader).error());
  LyricsNet net(parts->config);
  if (auto loaded = nn::loadWeights(net, parts->weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(std::make_shared<LyricsModel>(
      spec, std::move(parts->frontend), std::move(*reader), LyricsInference(net, parts->runtime), net.learned()));
}

}  // namespace

nn::LoadedPackage LyricsFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> LyricsFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importLyrics(options, task_); });
}

}  // namespace chladni::models::lyrics_mae
