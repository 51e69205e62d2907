#include "models/backbones/published_names.h"

#include <algorithm>
#include <optional>

#include <torch/types.h>

#include "models/backbones/keras_names.h"

namespace chladni::models::backbones {
namespace {

bool endsWith(const std::string& name, std::string_view ending) { return name.ends_with(ending); }

// Why a tensor of a PyTorch file is of no use here.
std::optional<std::string> reasonToDrop(std::string_view family, const std::string& name) {
  if (endsWith(name, ".num_batches_tracked")) return "counts training steps";
  if (family == "openl3" && name.starts_with("speclayer.")) return "belongs to the port's front end; Chladni has its own";
  return std::nullopt;
}

std::string withoutPrefix(const nn::NamedTensors& tensors) {
  for (const std::string prefix : {"module.", "model.", "net."}) {
    const auto has = [&](const auto& item) { return item.first.starts_with(prefix); };
    if (!tensors.empty() && std::all_of(tensors.begin(), tensors.end(), has)) return prefix;
  }
  return {};
}

PublishedWeights ofPort(std::string_view family, const nn::NamedTensors& published) {
  PublishedWeights result;
  const auto prefix = withoutPrefix(published);
  if (!prefix.empty()) result.lines.push_back("dropped the prefix '" + prefix + "' of every name");
  for (const auto& [full, tensor] : published) {
    auto name = full.substr(prefix.size());
    if (const auto reason = reasonToDrop(family, name)) {
      result.lines.push_back("left out '" + name + "': it " + *reason);
      continue;
    }
    // The file with the principal axes alone has them without a path.
    if (family == "vggish" && (name == "pca_eigen_vectors" || name == "pca_means")) name = "pproc." + name;
    auto value = tensor;
    if (name == "pproc.pca_means" && tensor.dim() == 1) value = tensor.unsqueeze(1);
    result.tensors[name] = value;
  }
  return result;
}

// The two graphs of musicnn number their layers alike.
std::string_view graphOf(std::string_view family, const nn::NamedTensors& published) {
  const bool vgg = family == "musicnn" && std::any_of(published.begin(), published.end(), [](const auto& item) {
                     return item.first.find("1CNN/") != std::string::npos;
                   });
  return vgg ? "musicnn-vgg" : family;
}

Result<PublishedWeights> ofKeras(std::string_view family, const nn::NamedTensors& published) {
  PublishedWeights result;
  result.keras = true;
  const auto graph = graphOf(family, published);
  for (const auto& [name, tensor] : published) {
    const auto variable = kerasVariable(name);
    if (!variable) {
      result.lines.push_back("left out '" + name + "': it belongs to the optimiser");
      continue;
    }
    const auto renamed = kerasName(graph, *variable);
    const auto turned = renamed ? kerasTensor(*variable, renamed->second, tensor) : std::nullopt;
    if (!turned) {
      result.tensors[name] = tensor;  // the comparison will say that nothing knows it
      continue;
    }
    if (!result.tensors.emplace(renamed->first, *turned).second)
      return fail(ErrorCode::incompatibleModel, "'" + name + "' and another tensor of the file are both '" + renamed->first + "'");
    result.lines.push_back("renamed '" + name + "' to '" + renamed->first + "'" +
                           (turned->sizes() == tensor.sizes() && tensor.dim() < 2 ? "" : ", axes put in our order"));
  }
  return result;
}

// Batch norms published without a gain have the gain 1.
void addMissingGains(PublishedWeights& weights) {
  nn::NamedTensors gains;
  for (const auto& [name, tensor] : weights.tensors) {
    if (!endsWith(name, ".running_mean")) continue;
    const auto gain = name.substr(0, name.size() - std::string("running_mean").size()) + "weight";
    if (!weights.tensors.contains(gain)) gains[gain] = at::ones_like(tensor);
  }
  for (const auto& [name, tensor] : gains) {
    weights.tensors[name] = tensor;
    weights.lines.push_back("made '" + name + "': the file has no gain for this norm, so it is 1");
  }
}

}  // namespace

Result<PublishedWeights> canonicalise(std::string_view family, const nn::NamedTensors& published) {
  const bool musicnnLookalike =
      family == "musicnn" && std::any_of(published.begin(), published.end(), [](const auto& item) {
        return item.first.find("spec_bn.") != std::string::npos;
      });
  if (musicnnLookalike)
    return fail(ErrorCode::incompatibleModel,
                "these are weights of a re-implementation of musicnn with other layers ('spec_bn'); convert the published "
                "TensorFlow checkpoint with models/convert/tensorflow_to_safetensors.py instead");
  const bool keras = std::any_of(published.begin(), published.end(),
                                 [](const auto& item) { return item.first.find('/') != std::string::npos; });
  auto weights = keras ? ofKeras(family, published) : Result<PublishedWeights>(ofPort(family, published));
  if (!weights) return weights;
  addMissingGains(*weights);
  return weights;
}

}  // namespace chladni::models::backbones
