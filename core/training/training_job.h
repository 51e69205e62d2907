// TrainingJob: all that a family needs to train, tensor-free; TrainingFamily: who can. The run folder holds the recipe;
// examples, control and folder are borrowed for the call. Events go to `say`, which writes them down and shows them.
// train() fails with cancelled after a stop by signal (the model so far is delivered all the same), outOfMemory with the
// remedy, incompatibleModel for a start that does not fit, and with what examples and disks fail with.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/frontend_spec.h"
#include "core/training/examples.h"
#include "core/training/process_place.h"
#include "core/training/run_folder.h"
#include "core/training/sound_loader.h"
#include "core/training/train_control.h"

namespace chladni::training {

struct TrainingJob {
  RunFolder* run = nullptr;
  const Examples* train = nullptr;
  const Examples* held = nullptr;  // nothing is measured without
  std::vector<std::string> classes;
  bool multiLabel = false;
  FrontendSpec frontend;
  std::string dataDescription;  // for the model's manifest
  std::filesystem::path start;  // package to start from; empty: from nothing
  TrainControl* control = nullptr;
  std::function<void(const serial::JsonValue&)> say;
  bool resume = false;
  ProcessPlace place;  // of several processes, only the first says, writes and measures

  [[nodiscard]] const Recipe& recipe() const { return run->recipe(); }
};

class TrainingFamily {
 public:
  virtual ~TrainingFamily() = default;
  [[nodiscard]] virtual std::string_view family() const = 0;  // "ast"
  [[nodiscard]] virtual std::string_view task() const = 0;    // "classify"
  // Its models are shown pictures: the front end has a PictureSpec, and examples need not have sound.
  [[nodiscard]] virtual bool sees() const { return false; }
  virtual Result<void> train(const TrainingJob& job) const = 0;
  // Examples from recordings as this family wants them; those of a classifier, with pictures
  // when sees(), unless it says otherwise. Borrows the loader.
  [[nodiscard]] virtual std::unique_ptr<Examples> examplesOf(const SoundSet& set, Part part, const SoundLoader& loader,
                                                             const Recipe& recipe) const;
};

}  // namespace chladni::training
