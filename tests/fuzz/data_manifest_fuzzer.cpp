// The first byte says whether the rest is CSV or JSON lines.
#include "core/datasets/manifest.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto text = test::text(data + 1, size - 1);
  const auto set = data[0] % 2 == 0 ? datasets::parseCsvManifest(text, "/data", "fuzz") : datasets::parseJsonLinesManifest(text, "/data", "fuzz");
  if (!set) test::checkMessage(set.error());
  return 0;
}
