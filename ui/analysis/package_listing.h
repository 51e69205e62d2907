// Which model packages there are, and which of them is meant by a name or a folder. Reads the disk: any thread but the GUI's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/inference/model_registry.h"

namespace chladni::ui {

struct PackageListing {
  std::vector<inference::ModelSpec> models;
  std::vector<Error> problems;
  std::string chosen;  // name of the wanted one; empty when none was wanted or it cannot be used
  std::optional<Error> missing;  // why it cannot be used; one of the problems
};

// `wanted`: a name, or the path of a package's folder, which need not be in a search folder; it then takes the place of one of
// its name that is.
PackageListing listPackages(const inference::ModelRegistry& registry, const std::string& wanted);

}  // namespace chladni::ui
