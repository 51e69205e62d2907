// FieldReader: fills plain structs from JSON fields and keeps the first failure, so that a long list of fields reads as
// a list. Private to core/inference.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/serial/json_value.h"

namespace chladni::inference {

class FieldReader {
 public:
  // Keeps `target` as it is when the field is absent.
  template <class Target, class Get>
  void optional(Target& target, const serial::JsonField& field, Get get) {
    if (field.present()) required(target, field, get);
  }
  template <class Target, class Get>
  void required(Target& target, const serial::JsonField& field, Get get) {
    if (failure_) return;
    auto value = get(field);
    if (value)
      target = static_cast<Target>(*std::move(value));
    else
      failure_ = value.error();
  }
  void refuse(std::string message) {
    if (!failure_) failure_ = Error{ErrorCode::invalidArgument, std::move(message), {}};
  }
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  std::optional<Error> failure_;
};

inline auto whole(std::int64_t atLeast, std::int64_t atMost) {
  return [=](const serial::JsonField& field) { return field.whole(atLeast, atMost); };
}
inline auto number(double atLeast, double atMost) {
  return [=](const serial::JsonField& field) { return field.number(atLeast, atMost); };
}
inline auto anyNumber() {
  return [](const serial::JsonField& field) { return field.number(-1e30, 1e30); };
}
inline auto flag() {
  return [](const serial::JsonField& field) { return field.boolean(); };
}
inline auto text() {
  return [](const serial::JsonField& field) { return field.string(); };
}
inline auto oneOf(std::vector<std::string> allowed) {
  return [allowed = std::move(allowed)](const serial::JsonField& field) { return field.oneOf(allowed); };
}

}  // namespace chladni::inference
