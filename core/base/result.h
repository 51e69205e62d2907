// Result<T>: a value or an Error, with the member names of std::expected so that it can become an alias once the
// compiler has it. Fallible public functions return it; absence without a reason is std::optional.
// Usage:   auto info = probe(path);  if (!info) return fail(info.error());   use(info->duration);
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/base/assert.h"
#include "core/base/error.h"

namespace chladni {

struct Unexpected {
  Error error;
};

[[nodiscard]] inline Unexpected fail(Error error) { return Unexpected{std::move(error)}; }
[[nodiscard]] inline Unexpected fail(ErrorCode code, std::string message) {
  return Unexpected{Error{code, std::move(message), {}}};
}
// Passes an error on and says what was being done.
[[nodiscard]] inline Unexpected fail(Error error, std::string context) {
  error.context.push_back(std::move(context));
  return Unexpected{std::move(error)};
}

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Unexpected failure) : state_(std::in_place_index<1>, std::move(failure.error)) {}
  template <class U>
    requires(std::is_convertible_v<U&&, T> && !std::is_same_v<std::remove_cvref_t<U>, T> &&
             !std::is_same_v<std::remove_cvref_t<U>, Result> && !std::is_same_v<std::remove_cvref_t<U>, Unexpected>)
  Result(U&& value) : state_(std::in_place_index<0>, std::forward<U>(value)) {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  T& value() & { return *get<0>(state_); }
  const T& value() const& { return *get<0>(state_); }
  T&& value() && { return std::move(*get<0>(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& error() & { return *get<1>(state_); }
  const Error& error() const& { return *get<1>(state_); }
  Error&& error() && { return std::move(*get<1>(state_)); }

  template <class U>
  T value_or(U&& fallback) const& {
    return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
  }

 private:
  // The very pointer that is used is checked, so that the compiler can see it is never null.
  template <std::size_t index, class State>
  static auto* get(State& state) {
    auto* found = std::get_if<index>(&state);
    CHLADNI_ASSERT(found);
    return found;
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;
  Result() = default;
  Result(Unexpected failure) : error_(std::move(failure.error)) {}

  [[nodiscard]] bool has_value() const noexcept { return !error_; }
  explicit operator bool() const noexcept { return has_value(); }
  void value() const { CHLADNI_ASSERT(has_value()); }

  Error& error() & { return CHLADNI_ASSERT(error_.has_value()), *error_; }
  const Error& error() const& { return CHLADNI_ASSERT(error_.has_value()), *error_; }
  Error&& error() && { return CHLADNI_ASSERT(error_.has_value()), std::move(*error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace chladni
