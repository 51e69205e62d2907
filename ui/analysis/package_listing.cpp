#include "ui/analysis/package_listing.h"

#include <algorithm>

namespace chladni::ui {

PackageListing listPackages(const inference::ModelRegistry& registry, const std::string& wanted) {
  PackageListing listing;
  auto& models = listing.models;
  models = registry.packages(&listing.problems);
  if (wanted.empty()) return listing;
  const bool installed = std::any_of(models.begin(), models.end(), [&](const auto& one) { return one.installed && one.name == wanted; });
  if (installed) {
    listing.chosen = wanted;
    return listing;
  }
  const auto spec = registry.find(wanted);
  if (!spec) {
    listing.problems.push_back(spec.error());
    listing.missing = spec.error();
    return listing;
  }
  if (std::none_of(models.begin(), models.end(), [&](const auto& one) { return one.folder == spec->folder; })) {
    std::erase_if(models, [&](const auto& one) { return one.name == spec->name; });
    models.push_back(*spec);
  }
  listing.chosen = spec->name;
  return listing;
}

}  // namespace chladni::ui
