// A model family without torch that localises: its backbone lies inside the package (a row a second: how loud it is); it looks, in
// second n, mostly at region n of a grid of 4 x 4, one after the other; the class of second n is n modulo their number.
#pragma once

#include <filesystem>

#include "core/inference/model_family.h"

namespace chladni::test {

class LocaliserFamily final : public inference::ModelFamily {
 public:
  [[nodiscard]] std::string_view name() const override { return "fake-localiser"; }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;
};

inference::ModelSpec writeLocaliserPackage(const std::filesystem::path& folder, int classes);

}  // namespace chladni::test
