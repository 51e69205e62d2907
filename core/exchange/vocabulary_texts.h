// The lists of resources/vocabularies as texts, a name a line; their definitions are made when the build is configured.
// Private to core/exchange.
#pragma once

namespace chladni::exchange {

extern const char kAudioSetNames[];
extern const char kVggSoundNames[];

}  // namespace chladni::exchange
