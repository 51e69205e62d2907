// A model family without torch, for tests of everything above the wall. What it answers is simple enough to foretell:
// the class is how often the sound crosses zero, so a sine of f Hz belongs to class floor(2 f / rate * classes), and a
// query attends to patches in proportion to the energy of their stretch of time. Hidden patches are painted with the mean of
// the visible ones of their row (all visible ones when there is none). Of a package with a picture front end a quarter of
// the attention goes to a picture of 2 x 2 patches: evenly, or all of it to the patch of the picture that asks. It can be slow on request, and looks
// at its stop_token every millisecond of that.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>

#include "core/inference/model_family.h"

namespace chladni::test {

struct FakeOptions {
  std::chrono::milliseconds delayPerClip{0};
  int layers = 3;
  int heads = 2;
  bool reconstructs = true;
  bool patchNormalised = false;  // says that its predictions were scaled with the true statistics
  int lostAtClip = 0;            // while a model classifies this clip, counted from 1, the device is lost; 0: never
};

class FakeFamily final : public inference::ModelFamily {
 public:
  explicit FakeFamily(FakeOptions options = {}) : options_(options) {}
  [[nodiscard]] std::string_view name() const override { return "fake"; }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;
  // Clips computed by all models of this family so far.
  [[nodiscard]] int clips() const { return clips_->load(); }

 private:
  FakeOptions options_;
  std::shared_ptr<std::atomic<int>> clips_ = std::make_shared<std::atomic<int>>(0);
};

// A spec of family "fake" with `classes` classes named "class 0" and so on, one-second clips at 16 kHz, 128 mel bins.
inference::ModelSpec fakeSpec(int classes);

// Writes a complete package (weights, card, model.json) into a new folder and returns it as read back. Throws when the
// folder cannot be written.
inference::ModelSpec writeFakePackage(const std::filesystem::path& folder, const inference::ModelSpec& spec);

}  // namespace chladni::test
