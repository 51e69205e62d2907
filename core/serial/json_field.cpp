#include <cmath>

#include "core/serial/json_value.h"

namespace chladni::serial {

namespace {

std::string limitText(double value) { return JsonValue(value).text(); }

std::string range(const std::string& kind, bool lower, const std::string& low, bool upper, const std::string& high) {
  if (lower && upper) return kind + " from " + low + " to " + high;
  if (lower) return kind + " of at least " + low;
  if (upper) return kind + " of at most " + high;
  return kind;
}

}  // namespace

JsonField JsonField::operator[](std::string_view name) const {
  const std::string path = (path_.empty() ? "" : path_ + ".") + printable(name);
  return {value_ ? value_->find(name) : nullptr, path};
}

JsonField JsonField::operator[](std::size_t index) const {
  const auto* items = value_ ? value_->items() : nullptr;
  return {items && index < items->size() ? &(*items)[index] : nullptr, path_ + "[" + std::to_string(index) + "]"};
}

std::size_t JsonField::size() const {
  if (!value_) return 0;
  if (const auto* items = value_->items()) return items->size();
  if (const auto* members = value_->members()) return members->size();
  return 0;
}

const JsonValue::Object& JsonField::members() const {
  static const JsonValue::Object none;
  const auto* members = value_ ? value_->members() : nullptr;
  return members ? *members : none;
}

Unexpected JsonField::expected(const std::string& what) const {
  const std::string where = path_.empty() ? "the document" : path_;
  if (!value_) return fail(ErrorCode::invalidArgument, where + ": missing; expected " + what);
  return fail(ErrorCode::invalidArgument, where + ": expected " + what + ", got " + printable(value_->text(), 60));
}

Result<bool> JsonField::boolean() const {
  if (const auto* flag = value_ ? value_->boolean() : nullptr) return *flag;
  return expected("true or false");
}

Result<std::int64_t> JsonField::whole(std::int64_t atLeast, std::int64_t atMost) const {
  using Limits = std::numeric_limits<std::int64_t>;
  const auto* value = value_ ? value_->integer() : nullptr;
  std::optional<std::int64_t> found;
  if (value) found = *value;
  // Some writers say 16000.0; that is whole too.
  if (const auto real = value_ ? value_->number() : std::nullopt;
      !found && real && std::trunc(*real) == *real && std::abs(*real) < 9.0e15)
    found = static_cast<std::int64_t>(*real);
  if (found && *found >= atLeast && *found <= atMost) return *found;
  return expected(range("a whole number", atLeast != Limits::min(), std::to_string(atLeast), atMost != Limits::max(),
                        std::to_string(atMost)));
}

Result<double> JsonField::number(double atLeast, double atMost) const {
  using Limits = std::numeric_limits<double>;
  const auto value = value_ ? value_->number() : std::nullopt;
  if (value && *value >= atLeast && *value <= atMost) return *value;
  return expected(
      range("a number", atLeast != Limits::lowest(), limitText(atLeast), atMost != Limits::max(), limitText(atMost)));
}

Result<std::string> JsonField::string() const {
  if (const auto* text = value_ ? value_->string() : nullptr) return *text;
  return expected("a string");
}

Result<std::string> JsonField::oneOf(const std::vector<std::string>& allowed) const {
  std::string list;
  for (const auto& word : allowed) {
    if (const auto* text = value_ ? value_->string() : nullptr; text && *text == word) return word;
    list += (list.empty() ? "\"" : ", \"") + word + "\"";
  }
  return expected("one of " + list);
}

Result<std::vector<std::string>> JsonField::strings() const {
  if (auto ok = array(); !ok) return expected("an array of strings");
  std::vector<std::string> all;
  for (std::size_t i = 0; i < size(); ++i) {
    auto text = (*this)[i].string();
    if (!text) return fail(text.error());
    all.push_back(*std::move(text));
  }
  return all;
}

Result<std::vector<double>> JsonField::numbers() const {
  if (auto ok = array(); !ok) return expected("an array of numbers");
  std::vector<double> all;
  for (std::size_t i = 0; i < size(); ++i) {
    const auto value = (*this)[i].number();
    if (!value) return fail(value.error());
    all.push_back(*value);
  }
  return all;
}

Result<void> JsonField::object() const {
  if (value_ && value_->members()) return {};
  return expected("an object");
}

Result<void> JsonField::array() const {
  if (value_ && value_->items()) return {};
  return expected("an array");
}

}  // namespace chladni::serial
