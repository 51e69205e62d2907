#include "core/serial/unpickler.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto pickle = serial::unpickle(test::bytes(data, size), "fuzz");
  if (!pickle) {
    test::checkMessage(pickle.error());
    return 0;
  }
  // Every reference leads to a value.
  const auto count = pickle->values.size();
  CHLADNI_ASSERT(pickle->root < count);
  for (const auto& value : pickle->values) {
    if (const auto* list = std::get_if<serial::PickleList>(&value))
      for (const auto item : list->items) CHLADNI_ASSERT(item < count);
    if (const auto* dict = std::get_if<serial::PickleDict>(&value))
      for (const auto& [key, item] : dict->items) CHLADNI_ASSERT(key < count && item < count);
  }
  return 0;
}
