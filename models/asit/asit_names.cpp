#include "models/asit/asit_names.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace chladni::models::asit {
namespace {

constexpr std::array<std::string_view, 4> kWrappers{"state_dict.", "model.", "module.", "_orig_mod."};
constexpr std::array<std::string_view, 5> kBareBackbone{"cls_token", "pos_embed", "patch_embed.", "blocks.", "norm."};
// What a training checkpoint keeps beside its networks.
constexpr std::array<std::string_view, 4> kBookkeeping{"optimizer.", "loss_cls.", "loss_data.", "fp16_scaler."};

template <class List>
bool startsWithAny(std::string_view name, const List& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) { return name.starts_with(prefix); });
}

std::string_view withoutWrappers(std::string_view name) {
  for (bool again = true; again;) {
    again = false;
    for (const auto wrapper : kWrappers)
      if (name.starts_with(wrapper)) {
        name.remove_prefix(wrapper.size());
        again = true;
      }
  }
  return name;
}

std::string ownName(std::string_view name) {
  name = withoutWrappers(name);
  if (name.starts_with("backbone.head.")) return std::string(name.substr(std::string_view("backbone.").size()));
  if (startsWithAny(name, kBareBackbone)) return "backbone." + std::string(name);
  return std::string(name);
}

bool holds(const nn::NamedTensors& published, std::string_view network) {
  const auto prefix = std::string(network) + ".";
  return std::any_of(published.begin(), published.end(), [&](const auto& item) {
    return withoutWrappers(item.first).starts_with(prefix);
  });
}

}  // namespace

Result<CanonicalWeights> canonicalise(const nn::NamedTensors& published, const std::string& network) {
  const bool pair = holds(published, "teacher") || holds(published, "student");
  if (pair && !holds(published, network))
    return fail(ErrorCode::incompatibleModel, "the file holds no " + network + "; choose the other network with the setting network");
  const auto wanted = network + ".";
  const std::string other = network == "teacher" ? "student" : "teacher";
  CanonicalWeights out;
  for (const auto& [original, tensor] : published) {
    auto name = withoutWrappers(original);
    if (startsWithAny(name, kBookkeeping)) {
      out.lines.push_back("dropped '" + original + "': bookkeeping of the training");
      continue;
    }
    if (pair && name.starts_with(other + ".")) {
      out.lines.push_back("dropped '" + original + "': the " + network + " is taken");
      continue;
    }
    if (pair && name.starts_with(wanted)) name.remove_prefix(wanted.size());
    const auto own = ownName(name);
    if (!out.tensors.emplace(own, tensor).second)
      return fail(ErrorCode::incompatibleModel, "two tensors of the file both mean '" + own + "'");
    if (own != original) out.lines.push_back("renamed '" + original + "' to '" + own + "'");
  }
  return out;
}

}  // namespace chladni::models::asit
