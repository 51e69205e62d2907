// Making a report: each file is probed, decoded once, and shown to every model. Blocking, for the command line and
// workers. A file that cannot be read, and a model that cannot say anything about a file, become a line of the report;
// only cancelling ends it. Models are borrowed for the call.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/classification.h"
#include "core/analysis/localisation.h"
#include "core/base/progress.h"
#include "core/inference/model_family.h"
#include "core/report/report.h"

namespace chladni::report {

struct ReportedModel {
  std::shared_ptr<const inference::LoadedModel> model;
  analysis::ModelLoader backbones;  // how a localiser's backbones are loaded
};

struct GatherOptions {
  int top = 5;                         // classes to name
  analysis::ClassifyOptions windows;
  bool attention = true;
  std::string program;                 // name and version
};

// Fails with cancelled, or as the file itself did.
Result<FileSection> describeFile(const std::string& path, const std::vector<ReportedModel>& models, const GatherOptions& options,
                                 const ProgressSink& progress, std::stop_token stop);

}  // namespace chladni::report
