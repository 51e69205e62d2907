// The settings of an import (ImportOptions::settings), checked by name so that a misspelt one is not passed over.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace chladni::inference {

// Fails with invalidArgument on the first setting that is not among the known ones.
inline Result<void> checkSettingNames(const std::map<std::string, std::string>& settings,
                                      std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : settings) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string names;
    for (const auto one : known) names += (names.empty() ? "" : ", ") + std::string(one);
    return fail(ErrorCode::invalidArgument, "there is no setting '" + name + "'; there are " + (names.empty() ? "none" : names));
  }
  return {};
}

}  // namespace chladni::inference
