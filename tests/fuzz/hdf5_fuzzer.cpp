#include "core/serial/hdf5_file.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = serial::parseHdf5Tensors(test::bytes(data, size), "fuzz");
  if (!file) {
    test::checkMessage(file.error());
    return 0;
  }
  for (const TensorBlob& tensor : file->tensors) {
    std::uint64_t bytes = bytesPerElement(tensor.dtype);
    for (const std::int64_t length : tensor.shape) bytes *= static_cast<std::uint64_t>(length);
    CHLADNI_ASSERT(bytes == tensor.bytes.size());
  }
  return 0;
}
