#include "core/inference/manifest.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = serial::parseJson(test::text(data, size), "fuzz");
  if (!json) return 0;
  const auto spec = inference::specFromJson(serial::JsonField(*json));
  if (!spec) {
    test::checkMessage(spec.error());
    return 0;
  }
  // A manifest that was accepted is written back as one that is accepted.
  const auto written = inference::specToJson(*spec);
  CHLADNI_ASSERT(written);
  CHLADNI_ASSERT(inference::specFromJson(serial::JsonField(*written)));
  return 0;
}
