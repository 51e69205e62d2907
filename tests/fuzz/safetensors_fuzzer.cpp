#include "core/serial/safetensors.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = serial::parseSafetensors(test::bytes(data, size), "fuzz");
  if (!file) {
    test::checkMessage(file.error());
    return 0;
  }
  std::size_t total = 0;
  for (const auto& tensor : file->tensors) {
    std::size_t elements = 1;
    for (const auto n : tensor.shape) elements *= static_cast<std::size_t>(n);
    CHLADNI_ASSERT(tensor.bytes.size() == elements * bytesPerElement(tensor.dtype));
    total += tensor.bytes.size();
  }
  CHLADNI_ASSERT(total < size);
  return 0;
}
