// evaluate for localisers: segment accuracy, events and, where positions.csv says where sounds come from, pointing.
#pragma once

#include <filesystem>
#include <string>

#include "app/cli/context.h"
#include "core/analysis/evaluation.h"
#include "core/serial/json_value.h"

namespace chladni::cli {

struct EventEvaluation {
  analysis::Evaluation figures;
  serial::JsonValue document;
  std::string text;
  bool stopped = false;
};

// Whether the data are a folder in AVE's format.
bool holdsEvents(const std::filesystem::path& data);

// Of the split, "test" when it is empty. Fails as localise does; a clip that cannot be read is left out and told.
Result<EventEvaluation> evaluateEvents(Context& context, const inference::LoadedModel& model, const std::filesystem::path& folder,
                                       const std::string& split);

}  // namespace chladni::cli
