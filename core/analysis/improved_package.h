// The package that an improvement becomes: the parent's, with the new head, and a record of what taught it
// (improvement.json, a section of the card, `source`, `data` and `metrics` of the manifest). Written beside its
// destination, loaded to see that it works, then renamed; the parent is only read. Blocking.
// Fails as writing and loading packages do, and with invalidArgument when there is something at the destination.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/analysis/improvement.h"
#include "core/inference/model_registry.h"
#include "core/serial/json_value.h"

namespace chladni::analysis {

struct ImprovementRecord {
  std::string labelsFile;    // its name, for people
  std::string labelsSha256;
  std::string device;
  std::string precision;
  ClassifyOptions windows;
  ImproveOptions settings;
};

serial::JsonValue figuresJson(const HeadFigures& figures);  // accuracy, calibration_error, loss

// What improvement.json holds: parent, labels, settings, figures, names of the stretches. A parent that was itself
// improved has its own record inside.
serial::JsonValue improvementJson(const inference::ModelSpec& parent, const Improvement& improvement, const ImprovementRecord& record);

Result<inference::ModelSpec> saveImproved(const inference::ModelRegistry& registry, const inference::RuntimeOptions& runtime,
                                          const inference::ModelSpec& parent, const Improvement& improvement,
                                          const ImprovementRecord& record, const std::filesystem::path& destination,
                                          std::stop_token stop);

}  // namespace chladni::analysis
