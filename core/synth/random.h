// The generator of core/base under the name by which the synthesiser's files know it.
#pragma once

#include "core/base/random.h"

namespace chladni::synth {

using chladni::Random;

}  // namespace chladni::synth
