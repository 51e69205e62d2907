// LossSettings: where the paper's losses and the code's differ, and the weights of their sum. Defaults: the code.
// Plain data, tensor-free.
#pragma once

namespace chladni::models::asit {

struct LossSettings {
  double studentTemperature = 0.1;
  bool sumOfViews = false;        // paper: the two crossed terms of the class loss are added, not averaged
  bool maskedTokensOnly = false;  // paper: the data loss looks only at tokens with a hidden pixel
  double classWeight = 1.0;
  double dataWeight = 1.0;
  double reconstructionWeight = 2.0;  // paper: 1
};

}  // namespace chladni::models::asit
