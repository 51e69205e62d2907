#include "models/lyrics_mae/lyrics_family.h"

#include "core/inference/model_package.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "models/lyrics_mae/lyrics_import.h"
#include "models/lyrics_mae/lyrics_model.h"

namespace chladni::models::lyrics_mae {
namespace {

Result<std::shared_ptr<const inference::LoadedModel>> loadPackage(const inference::ModelSpec& spec,
                                                                  const inference::RuntimeOptions& options) {
  auto runtime = nn::resolveRuntime(options);
  if (!runtime) return fail(std::move(runtime).error());
  auto config = configFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  auto frontend = dsp::Frontend::create(spec.frontend);
  if (!frontend) return fail(std::move(frontend).error());
  auto reader = LyricsReader::create(spec, *config);
  if (!reader) return fail(std::move(reader).error());
  auto file = inference::readModelWeights(spec);
  if (!file) return fail(std::move(file).error());
  auto weights = nn::toNamedTensors(file->tensors);
  if (!weights) return fail(std::move(weights).error());
  file->tensors.clear();
  LyricsNet net(*config);
  if (auto loaded = nn::loadWeights(net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(std::make_shared<LyricsModel>(
      spec, std::move(*frontend), std::move(*reader), LyricsInference(net, *runtime), net.learned()));
}

}  // namespace

Result<std::shared_ptr<const inference::LoadedModel>> LyricsFamily::load(const inference::ModelSpec& spec,
                                                                         const inference::RuntimeOptions& options) const {
  const auto what = "loading " + spec.name;
  auto model = nn::translated(what, [&] { return loadPackage(spec, options); });
  if (!model && model.error().context.empty()) return fail(std::move(model).error(), what);
  return model;
}

Result<inference::ImportReport> LyricsFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importLyrics(options, task_); });
}

}  // namespace chladni::models::lyrics_mae
