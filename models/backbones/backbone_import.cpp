#include "models/backbones/backbone_import.h"

#include "core/inference/imported_package.h"
#include "core/nn/package_writer.h"
#include "core/serial/checkpoint_reader.h"
#include "models/backbones/backbone_frontend.h"
#include "models/backbones/published_names.h"
#include "models/backbones/resnet_net.h"

namespace chladni::models::backbones {
namespace {

Result<nn::NamedTensors> readTensors(const std::filesystem::path& path) {
  auto file = serial::readCheckpoint(path);
  if (!file) return fail(std::move(file).error());
  return nn::toNamedTensors(file->tensors);
}

Result<PublishedWeights> readWeights(std::string_view family, const inference::ImportOptions& options) {
  auto published = readTensors(options.source);
  if (!published) return fail(std::move(published).error());
  if (const auto pca = options.settings.find("pca"); pca != options.settings.end()) {
    auto axes = readTensors(pca->second);
    if (!axes) return fail(std::move(axes).error());
    for (auto& [name, tensor] : *axes) published->insert_or_assign(name.starts_with("pproc.") ? name : "pproc." + name, tensor);
  }
  return canonicalise(family, *published);
}

std::vector<std::string> tasksOf(const Kind& kind, std::int64_t classes) {
  std::vector<std::string> tasks{"features"};
  if (classes == 0) return tasks;
  if (kind.family == "yamnet") tasks.emplace_back("audio-events");
  if (kind.family == "musicnn") tasks.emplace_back("music-tags");
  if (!kind.sound) tasks.emplace_back("pictures");
  return tasks;
}

Result<inference::ModelSpec> newSpec(const Kind& kind, const Sizes& sizes, const inference::ImportOptions& options, bool keras) {
  inference::ModelSpec spec;
  spec.name = options.destination.filename().string();
  spec.folder = options.destination;
  spec.family = kind.family;
  spec.title = options.title;
  if (spec.title.empty()) spec.title = kind.title;
  if (kind.family == "resnet" && options.title.empty()) spec.title += "-" + std::to_string(ResnetNet::depth(sizes));
  spec.licence = "unknown";
  spec.source = options.source.filename().string();
  spec.architecture = toArchitecture(kind, sizes);
  const auto classes = sizes.contains("classes") ? sizes.at("classes") : 0;
  auto names = inference::classNames(options, classes);
  if (!names) return fail(std::move(names).error());
  spec.classes = std::move(*names);
  spec.tasks = tasksOf(kind, classes);
  spec.multiLabel = kind.sound;
  if (auto settled = settleFrontend(spec, kind, options.settings, keras); !settled) return fail(std::move(settled).error());
  return spec;
}

}  // namespace

Result<inference::ImportReport> importBackbone(std::string_view family, const inference::ImportOptions& options) {
  if (auto known = checkSettings(*kindOf(family), options.settings); !known) return fail(std::move(known).error());
  auto weights = readWeights(family, options);
  if (!weights) return fail(std::move(weights).error());
  const auto* kind = kindOf(family, weights->tensors);
  if (kind == nullptr)
    return fail(ErrorCode::incompatibleModel, "'" + options.source.filename().string() + "' holds no weights of family " +
                                                  std::string(family) +
                                                  (weights->tensors.empty() ? "" : "; it begins with '" + weights->tensors.begin()->first + "'"));
  auto sizes = kind->detect(weights->tensors);
  if (family == "openl3") {
    const auto embedding = setting(options.settings, "embedding", {"512", "6144"});
    if (!embedding) return fail(embedding.error());
    sizes["embedding"] = std::stoll(*embedding);
  }
  auto spec = newSpec(*kind, sizes, options, weights->keras);
  if (!spec) return fail(std::move(spec).error());
  const auto example = exampleSize(*kind, spec->frontend);
  if (!example) return fail(example.error());

  inference::ImportReport report;
  report.lines = weights->lines;
  report.spec = std::move(*spec);
  const auto differences = nn::compareWeights(kind->parameters(sizes, example->rows, example->columns), weights->tensors);
  for (const auto& line : differences.lines()) report.lines.push_back("not explained: " + line);
  if (!differences.fits()) return report;
  auto written = nn::writePackage(report.spec, weights->tensors,
                                  inference::importedCard(report.spec, "A backbone of the family `" + report.spec.family + "`"));
  if (!written) return fail(std::move(written).error());
  report.spec = std::move(*written);
  report.accepted = true;
  return report;
}

}  // namespace chladni::models::backbones
