// One reader, one reduction and one writer a format. Private to core/annotation. Readers take valid UTF-8 without a byte
// order mark. keep...() takes from a set what the format cannot hold; write...() takes only sets that it left unchanged.
#pragma once

#include <string>
#include <string_view>

#include "core/annotation/keeper.h"
#include "core/annotation/label_file.h"

namespace chladni::annotation {

struct LabelCodec {
  Result<LabelSet> (*read)(std::string_view text, const std::string& origin);
  void (*keep)(Keeper& keeper, const LabelWriteOptions& options);
  Result<std::string> (*write)(const LabelSet& set, const LabelWriteOptions& options);
};

extern const LabelCodec kChladniJsonCodec;
extern const LabelCodec kChladniCsvCodec;
extern const LabelCodec kAudacityCodec;
extern const LabelCodec kTextGridCodec;
extern const LabelCodec kTextGridShortCodec;
extern const LabelCodec kElanCodec;
extern const LabelCodec kJamsCodec;
extern const LabelCodec kRavenCodec;
extern const LabelCodec kRttmCodec;
extern const LabelCodec kSonicLayerCodec;
extern const LabelCodec kSonicCsvCodec;
extern const LabelCodec kWebVttCodec;
extern const LabelCodec kSubRipCodec;
extern const LabelCodec kAveCodec;

}  // namespace chladni::annotation
