// JsonValue: a JSON document as plain values, without the parser library in sight. Objects keep the order of their
// members and refuse a repeated name. Whole numbers that fit 64 bits signed stay exact, all others are doubles.
// parseJson fails with corruptData, naming line and column, or the limit that the text exceeds. JsonField walks a value
// and names the full path of what is missing or of the wrong kind: "frontend.mel_bins: expected a whole number ...".
// Values are plain data: copy freely, share across threads when const. A JsonField borrows the value it was made from.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace chladni::serial {

class JsonValue {
 public:
  using Array = std::vector<JsonValue>;
  using Member = std::pair<std::string, JsonValue>;
  using Object = std::vector<Member>;

  JsonValue() = default;  // null
  JsonValue(bool value) : state_(value) {}
  JsonValue(int value) : state_(std::int64_t{value}) {}
  JsonValue(std::int64_t value) : state_(value) {}
  JsonValue(double value) : state_(value) {}
  JsonValue(float value);  // the double whose shortest text is the float's shortest text
  JsonValue(std::string value) : state_(std::move(value)) {}
  JsonValue(std::string_view value) : state_(std::string(value)) {}
  JsonValue(const char* value) : state_(std::string(value)) {}
  JsonValue(Array value) : state_(std::move(value)) {}
  static JsonValue object() { return JsonValue(Object{}); }
  static JsonValue array() { return JsonValue(Array{}); }
  template <class Range>
  static JsonValue arrayOf(const Range& values) {
    Array all;
    for (const auto& value : values) all.emplace_back(value);
    return all;
  }

  [[nodiscard]] bool isNull() const { return std::holds_alternative<std::monostate>(state_); }
  // Null when the value is of another kind.
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&state_); }
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&state_); }
  [[nodiscard]] std::optional<double> number() const;  // whole or not
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&state_); }
  [[nodiscard]] const Array* items() const { return std::get_if<Array>(&state_); }
  [[nodiscard]] const Object* members() const { return std::get_if<Object>(&state_); }
  [[nodiscard]] const JsonValue* find(std::string_view name) const;

  // On an object (null becomes one): replaces the member, or adds it at the end.
  JsonValue& set(std::string name, JsonValue value);
  // On an array (null becomes one).
  JsonValue& append(JsonValue value);

  // Doubles are written with the fewest digits that read back equal; those that JSON cannot say become null.
  [[nodiscard]] std::string text() const;        // one line, no spaces
  [[nodiscard]] std::string prettyText() const;  // two spaces a level, short arrays of numbers on one line, final newline

  bool operator==(const JsonValue&) const = default;

 private:
  explicit JsonValue(Object value) : state_(std::move(value)) {}
  friend class JsonBuilder;
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> state_;
};

struct JsonLimits {
  std::size_t maxBytes = std::size_t{64} << 20;
  std::size_t maxDepth = 64;
  std::size_t maxValues = 4'000'000;
};

// `origin` opens every message: a path or "events.jsonl line 12".
Result<JsonValue> parseJson(std::string_view text, const std::string& origin, const JsonLimits& limits = {});
// parseJson of a whole file; notFound and io as readFile.
Result<JsonValue> readJsonFile(const std::string& path, const JsonLimits& limits = {});

class JsonField {
 public:
  explicit JsonField(const JsonValue& root) : value_(&root) {}

  // A member of an object or an item of an array; of anything else a missing field.
  [[nodiscard]] JsonField operator[](std::string_view name) const;
  [[nodiscard]] JsonField operator[](std::size_t index) const;
  [[nodiscard]] bool present() const { return value_ && !value_->isNull(); }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const JsonValue* value() const { return value_; }
  [[nodiscard]] std::size_t size() const;  // items or members; 0 for anything else
  [[nodiscard]] const JsonValue::Object& members() const;  // none for anything but an object

  // Each fails with invalidArgument naming the path and what was expected.
  [[nodiscard]] Result<bool> boolean() const;
  [[nodiscard]] Result<std::int64_t> whole(std::int64_t atLeast = std::numeric_limits<std::int64_t>::min(),
                                           std::int64_t atMost = std::numeric_limits<std::int64_t>::max()) const;
  [[nodiscard]] Result<double> number(double atLeast = std::numeric_limits<double>::lowest(),
                                      double atMost = std::numeric_limits<double>::max()) const;
  [[nodiscard]] Result<std::string> string() const;
  [[nodiscard]] Result<std::string> oneOf(const std::vector<std::string>& allowed) const;
  [[nodiscard]] Result<std::vector<std::string>> strings() const;
  [[nodiscard]] Result<std::vector<double>> numbers() const;
  [[nodiscard]] Result<void> object() const;  // only checks the kind
  [[nodiscard]] Result<void> array() const;

 private:
  JsonField(const JsonValue* value, std::string path) : value_(value), path_(std::move(path)) {}
  [[nodiscard]] Unexpected expected(const std::string& what) const;
  const JsonValue* value_ = nullptr;
  std::string path_;
};

// Text from a file made fit for a one-line message: control characters escaped, long ones cut.
std::string printable(std::string_view text, std::size_t maxBytes = 120);
// The text of a member, printable; empty when there is none.
std::string printableIn(const JsonValue& object, std::string_view name, std::size_t maxBytes);

}  // namespace chladni::serial
