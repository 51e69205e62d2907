// The family "torchscript": backbones that are programs of their own, exported by models/convert/export_torchscript.py
// from the user's torchvision, torchaudio or transformers. A module can run anything that TorchScript can, so it is
// loaded only when the SHA-256 of exactly these bytes is among RuntimeOptions::trustedScripts. Stateless.
#pragma once

#include "core/inference/model_family.h"

namespace chladni::models::torchscript {

class ScriptFamily final : public inference::ModelFamily {
 public:
  [[nodiscard]] std::string_view name() const override { return "torchscript"; }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  // Always unsupported: packages of this family are made whole by the exporter.
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;
};

}  // namespace chladni::models::torchscript
