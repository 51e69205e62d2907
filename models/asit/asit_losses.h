// The three losses of ASiT's pre-training. Rows of views lie one behind the other: first all clips of view 1, then all
// of view 2. Differentiable with respect to the student; the teacher's side is taken without gradient. Throws c10::Error.
// Source: as asit_config.h; where paper and code differ, LossSettings says which is meant.
#pragma once

#include <ATen/core/Tensor.h>

#include "models/asit/asit_loss_settings.h"

namespace chladni::models::asit {

// softmax((raw - centre) / temperature), rows of outputs.
at::Tensor teacherProbabilities(const at::Tensor& raw, const at::Tensor& centre, double temperature);
// momentum * centre + (1 - momentum) * mean of all rows of the raw outputs.
at::Tensor movedCentre(const at::Tensor& centre, const at::Tensor& raw, double momentum = 0.9);

// View 1 as the teacher sees it against view 2 as the student does, and the reverse.
at::Tensor classLoss(const at::Tensor& student, const at::Tensor& teacher, const LossSettings& settings);
// Each token of the corrupted picture against the same token of the clean one; `hidden` [row] is looked at when only
// masked tokens count. 0 when none counts.
at::Tensor dataLoss(const at::Tensor& student, const at::Tensor& teacher, const at::Tensor& hidden,
                    const LossSettings& settings);
// Mean absolute difference over hidden pixels of all views.
at::Tensor reconstructionLoss(const at::Tensor& painted, const at::Tensor& clean, const at::Tensor& hidden);

struct Losses {
  at::Tensor ofClass, ofData, ofReconstruction, total;
};
Losses weighted(const at::Tensor& ofClass, const at::Tensor& ofData, const at::Tensor& ofReconstruction,
                const LossSettings& settings);

}  // namespace chladni::models::asit
