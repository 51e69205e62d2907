// TrainData: what a recipe's data become: examples to learn from and held-out ones, with the front end and the classes
// of the model. Owns all of it; the examples live as long as it does. Three makers: the user's own labelled sound,
// phrases made from notes, and folders of events in AVE's format. Fails as reading, decoding and the front end do, in one line.
#pragma once

#include <memory>
#include <optional>

#include "app/cli/context.h"
#include "core/inference/model_spec.h"
#include "core/training/data_report.h"
#include "core/training/training_job.h"

namespace chladni::cli {

class TrainData {
 public:
  virtual ~TrainData() = default;
  [[nodiscard]] virtual const training::Examples& train() const = 0;
  [[nodiscard]] virtual const training::Examples* held() const = 0;  // null: none
  [[nodiscard]] virtual const FrontendSpec& frontend() const = 0;
  [[nodiscard]] virtual const training::DataReport* report() const = 0;  // null: made-up data
  std::vector<std::string> classes;
  bool multiLabel = false;
  std::string description;  // one paragraph, for the model's manifest
};

// `family` says what an example is, `start` is the package that training begins with, if any.
Result<std::unique_ptr<TrainData>> openTrainData(Context& context, const training::Recipe& recipe,
                                                 const training::TrainingFamily& family,
                                                 const std::optional<inference::ModelSpec>& start);

}  // namespace chladni::cli
