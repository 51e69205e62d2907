// What every import says the same way: the names of the classes, and the card of a package whose history is its
// publisher's. Plain values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/inference/model_family.h"

namespace chladni::inference {

// The caller's names, else "class 0", "class 1" ... Fails with incompatibleModel when names are given for another number.
Result<std::vector<std::string>> classNames(const ImportOptions& options, std::int64_t classes);

// `what` with its article: "An ASiT".
std::string importedCard(const ModelSpec& spec, const std::string& what);

}  // namespace chladni::inference
