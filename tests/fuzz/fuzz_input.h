// What libFuzzer hands over, in the forms our readers take. Also the one check all of them share: a message of an error
// is one line and not empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/assert.h"
#include "core/base/error.h"

namespace chladni::test {

inline std::span<const std::byte> bytes(const std::uint8_t* data, std::size_t size) {
  return std::as_bytes(std::span(data, size));
}

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void checkMessage(const Error& error) {
  CHLADNI_ASSERT(!error.message.empty() && error.message.find('\n') == std::string::npos);
}

}  // namespace chladni::test
