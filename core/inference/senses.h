// What a package can take in, as far as its model.json says it. Pure.
#pragma once

#include "core/inference/model_spec.h"

namespace chladni::inference {

// Whether a file with such streams has anything that the model could use. Localisers read features of other packages, which
// their model.json need not name: any stream will do, and the family says what it lacks.
inline bool suits(const ModelSpec& spec, bool hasSound, bool hasPicture) {
  if (spec.hasTask("audio-visual-events")) return hasSound || hasPicture;
  return (spec.frontend.sound && hasSound) || (spec.frontend.picture.has_value() && hasPicture);
}

}  // namespace chladni::inference
