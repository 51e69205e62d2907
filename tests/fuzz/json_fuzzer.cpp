#include "core/serial/json_value.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = serial::parseJson(test::text(data, size), "fuzz");
  if (!value) {
    test::checkMessage(value.error());
    return 0;
  }
  // What we write is what we read, to the last bit.
  const auto again = serial::parseJson(value->text(), "again");
  CHLADNI_ASSERT(again && again->text() == value->text());
  const auto pretty = serial::parseJson(value->prettyText(), "pretty");
  CHLADNI_ASSERT(pretty && pretty->text() == value->text());
  return 0;
}
