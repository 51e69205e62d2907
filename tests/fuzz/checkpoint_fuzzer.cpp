#include "core/serial/checkpoint_reader.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = serial::parseCheckpoint(test::bytes(data, size), "fuzz");
  if (!file) test::checkMessage(file.error());
  return 0;
}
