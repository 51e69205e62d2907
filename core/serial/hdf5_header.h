// Object headers of HDF5: the list of messages that describes one object, and what those of a dataset mean. Private to
// core/serial; failures as in hdf5_format.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/serial/hdf5_format.h"

namespace chladni::serial::hdf5 {

enum class MessageKind : std::uint16_t {
  dataspace = 0x1,
  linkInfo = 0x2,
  datatype = 0x3,
  link = 0x6,
  externalFiles = 0x7,
  layout = 0x8,
  filters = 0xB,
  continuation = 0x10,
  symbolTable = 0x11
};

struct HeaderMessage {
  MessageKind kind{};
  bool shared = false;  // the bytes only say where the message itself is
  std::vector<std::byte> bytes;
};

Result<std::vector<HeaderMessage>> readHeader(const ByteSource& source, const FileFrame& frame, std::uint64_t address);

bool isDataset(const std::vector<HeaderMessage>& messages);

Result<StoredDataset> datasetOf(const ByteSource& source, const FileFrame& frame,
                                const std::vector<HeaderMessage>& messages, const std::string& name);

}  // namespace chladni::serial::hdf5
