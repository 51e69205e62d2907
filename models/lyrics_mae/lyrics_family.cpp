#include "models/lyrics_mae/lyrics_family.h"

#include "core/nn/load_package.h"
#include "models/lyrics_mae/lyrics_import.h"
#include "models/lyrics_mae/lyrics_model.h"

namespace chladni::models::lyrics_mae {
namespace {

nn::LoadedPackage loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto runtime = nn::resolveRuntime(options);
  if (!runtime) return fail(std::move(runtime).error());
  auto config = configFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  auto frontend = dsp::Frontend::create(spec.frontend);
  if (!frontend) return fail(std::move(frontend).error());
  auto reader = LyricsReader::create(spec, *config);
  if (!reader) return fail(std::move(reader).error());
  auto weights = nn::weightsOfPackage(spec);
  if (!weights) return fail(std::move(weights).error());
  LyricsNet net(*config);
  if (auto loaded = nn::loadWeights(net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(std::make_shared<LyricsModel>(
      spec, std::move(*frontend), std::move(*reader), LyricsInference(net, *runtime), net.learned()));
}

}  // namespace

nn::LoadedPackage LyricsFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> LyricsFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importLyrics(options, task_); });
}

}  // namespace chladni::models::lyrics_mae
