// Whether oneDNN may be used: LibTorch was built with it, and nobody has switched it off (torch's own flag).
#pragma once

#include <ATen/Context.h>

namespace chladni::nn {

inline bool oneDnnUsable() { return at::hasMKLDNN() && at::globalContext().userEnabledMkldnn(); }

}  // namespace chladni::nn
