// Names of the states of labels in our own files and in free columns. Private to core/annotation.
#pragma once

#include <optional>
#include <string_view>

#include "core/data/label.h"

namespace chladni::annotation {

inline std::string_view nameOf(LabelState state) {
  switch (state) {
    case LabelState::confirmed: return "confirmed";
    case LabelState::proposed: return "proposed";
    case LabelState::rejected: return "rejected";
  }
  return "confirmed";
}

inline std::optional<LabelState> stateNamed(std::string_view name) {
  for (const LabelState state : {LabelState::confirmed, LabelState::proposed, LabelState::rejected})
    if (name == nameOf(state)) return state;
  return std::nullopt;
}

}  // namespace chladni::annotation
