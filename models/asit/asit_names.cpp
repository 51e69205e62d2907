#include "models/asit/asit_names.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace chladni::models::asit {
namespace {

constexpr std::array<std::string_view, 5> kBareBackbone{"cls_token", "pos_embed", "patch_embed.", "blocks.", "norm."};
// What a training checkpoint keeps beside its networks.
constexpr std::array<std::string_view, 4> kBookkeeping{"optimizer.", "loss_cls.", "loss_data.", "fp16_scaler."};

template <class List>
bool startsWithAny(std::string_view name, const List& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) { return name.starts_with(prefix); });
}

std::string ownName(std::string_view inner) {
  const auto name = nn::withoutWrappers(inner);
  if (name.starts_with("backbone.head.")) return name.substr(std::string_view("backbone.").size());
  if (startsWithAny(name, kBareBackbone)) return "backbone." + name;
  return name;
}

bool holds(const nn::NamedTensors& published, std::string_view network) {
  const auto prefix = std::string(network) + ".";
  return std::any_of(published.begin(), published.end(), [&](const auto& item) {
    return nn::withoutWrappers(item.first).starts_with(prefix);
  });
}

}  // namespace

Result<nn::CanonicalWeights> canonicalise(const nn::NamedTensors& published, const std::string& network) {
  const bool pair = holds(published, "teacher") || holds(published, "student");
  if (pair && !holds(published, network))
    return fail(ErrorCode::incompatibleModel, "the file holds no " + network + "; choose the other network with the setting network");
  const auto wanted = network + ".";
  const std::string other = network == "teacher" ? "student" : "teacher";
  nn::CanonicalWeights out;
  for (const auto& [original, tensor] : published) {
    auto name = nn::withoutWrappers(original);
    if (startsWithAny(name, kBookkeeping)) {
      out.lines.push_back("dropped '" + original + "': bookkeeping of the training");
      continue;
    }
    if (pair && name.starts_with(other + ".")) {
      out.lines.push_back("dropped '" + original + "': the " + network + " is taken");
      continue;
    }
    if (pair && name.starts_with(wanted)) name.erase(0, wanted.size());
    if (auto taken = out.take(original, ownName(name), tensor); !taken) return fail(std::move(taken).error());
  }
  return out;
}

}  // namespace chladni::models::asit
