// Unpickler: reads the pickle of a PyTorch state dict without being able to run anything. It builds dicts, lists,
// tuples, strings, bytes, numbers, None and descriptions of tensors; a global that is not on its short list is refused
// by name, and so is every opcode that torch.save has no use for. All values live in one table and refer to each other
// by index, so that shared and even circular references cost nothing. Private to core/serial.
// Fails with corruptData, or unsupported naming the global.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/data/tensor_blob.h"

namespace chladni::serial {

using PickleRef = std::uint32_t;

struct PickleNone {};
struct PickleBytes {
  std::string bytes;
};
struct PickleList {
  std::vector<PickleRef> items;
};
struct PickleTuple {
  std::vector<PickleRef> items;
};
struct PickleDict {
  std::vector<std::pair<PickleRef, PickleRef>> items;
};
enum class PickleGlobal { orderedDict, rebuildTensor, rebuildParameter, size, storageType };
struct PickleCallable {
  PickleGlobal global;
  DType dtype = DType::f32;  // of a storage type
};
struct PickleStorage {
  DType dtype = DType::f32;
  std::string key;  // data/<key> in the archive
  std::int64_t elements = 0;
};
struct PickleTensor {
  PickleStorage storage;
  std::int64_t offset = 0;  // in elements
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;  // in elements
};

using PickleValue = std::variant<PickleNone, bool, std::int64_t, double, std::string, PickleBytes, PickleList,
                                 PickleTuple, PickleDict, PickleCallable, PickleStorage, PickleTensor>;

struct Pickle {
  std::vector<PickleValue> values;
  PickleRef root = 0;
};

Result<Pickle> unpickle(std::span<const std::byte> bytes, const std::string& origin);

}  // namespace chladni::serial
