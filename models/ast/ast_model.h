// AstModel: a loaded AST package. Classifies clips in batches and shows what a query attended to, holding one table of
// token x token at most. Immutable; run state is local to each call. Foreign exceptions end here.
#pragma once

#include <memory>

#include "core/dsp/frontend.h"
#include "core/inference/linear_head.h"
#include "core/inference/model_family.h"
#include "core/nn/attention_view.h"
#include "models/ast/ast_inference.h"

namespace chladni::models::ast {

class AstModel final : public inference::LoadedModel,
                       public inference::Classifier,
                       public inference::AttentionSource,
                       public inference::LinearHead {
 public:
  AstModel(inference::ModelSpec spec, dsp::Frontend frontend, AstInference inference);

  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return inference_.runtime().deviceName(); }
  [[nodiscard]] std::string precision() const override { return inference_.runtime().precisionName(); }
  [[nodiscard]] std::int64_t parameters() const override { return inference_.config().parameters(); }
  [[nodiscard]] const inference::Classifier* classifier() const override { return this; }
  [[nodiscard]] const inference::AttentionSource* attentionSource() const override { return this; }

  Result<Matrix> logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const override;

  [[nodiscard]] inference::LinearMap head() const override;
  Result<Matrix> headInputs(std::span<const inference::ModelInput> inputs, std::stop_token stop) const override;

  [[nodiscard]] int layers() const override { return static_cast<int>(inference_.config().depth); }
  [[nodiscard]] int heads() const override { return static_cast<int>(inference_.config().heads); }
  [[nodiscard]] PatchGrid grid() const override;
  Result<AttentionMap> attention(const inference::ModelInput& input, const inference::AttentionRequest& request,
                                 std::stop_token stop) const override;
  Result<AttentionMap> attentionOverview(const inference::ModelInput& input, std::stop_token stop) const override;

 private:
  using Answer = std::optional<at::Tensor> (*)(const AstInference&, const at::Tensor&, const std::stop_token&);
  // One row of `columns` values for each input, batch after batch.
  [[nodiscard]] Result<Matrix> rowsOf(std::span<const inference::ModelInput> inputs, std::int64_t columns, Answer answer,
                                      const std::stop_token& stop) const;
  [[nodiscard]] std::size_t batchSize() const;
  [[nodiscard]] Result<at::Tensor> spectrograms(std::span<const inference::ModelInput> inputs, std::stop_token stop) const;
  [[nodiscard]] nn::TokenLayout layout() const;

  inference::ModelSpec spec_;
  dsp::Frontend frontend_;
  AstInference inference_;
};

}  // namespace chladni::models::ast
