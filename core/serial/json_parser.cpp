#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "core/serial/json_value.h"

namespace chladni::serial {

// Builds a JsonValue from the parser's events, so that limits and repeated names are seen while reading and the
// library's own tree is never made.
class JsonBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  JsonBuilder(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) {}

  bool null() override { return add({}); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add(value); }
  bool number_unsigned(std::uint64_t value) override {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
      return add(static_cast<double>(value));
    return add(static_cast<std::int64_t>(value));
  }
  bool number_float(double value, const std::string&) override { return add(value); }
  bool string(std::string& value) override { return add(std::move(value)); }
  bool binary(nlohmann::json::binary_t&) override { return refuse("binary data has no place in JSON"); }
  bool start_object(std::size_t) override { return open(JsonValue::object()); }
  bool start_array(std::size_t) override { return open(JsonValue::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    if (!open_.back().names.insert(name).second) return refuse("the name \"" + printable(name) + "\" appears twice");
    open_.back().name = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& problem) override {
    const std::string_view before = text_.substr(0, std::min(position == 0 ? 0 : position - 1, text_.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto lineStart = before.rfind('\n');
    const auto column = before.size() - (lineStart == std::string_view::npos ? 0 : lineStart + 1) + 1;
    std::string why = problem.what();
    // "[json.exception...] parse error at line 1, column 5: syntax error while parsing value - ...; last read: ..."
    if (const auto at = why.find(", column "); at != std::string::npos)
      if (const auto colon = why.find(": ", at); colon != std::string::npos) why = why.substr(colon + 2);
    if (const auto last = why.find("; last read"); last != std::string::npos) why.resize(last);
    return refuse("line " + std::to_string(line) + " column " + std::to_string(column) + ": not valid JSON (" +
                  printable(why, 160) + ")");
  }

  const std::string& problem() const { return problem_; }
  JsonValue take() { return std::move(root_); }

 private:
  struct Level {
    JsonValue value;
    std::string name;  // of the member being read
    std::unordered_set<std::string> names;
  };

  bool refuse(std::string why) {
    problem_ = std::move(why);
    return false;
  }

  bool count() {
    if (++values_ > limits_.maxValues)
      return refuse("more than " + std::to_string(limits_.maxValues) + " values, which is no sane number here");
    return true;
  }

  bool add(JsonValue value) { return count() && place(std::move(value)); }

  bool place(JsonValue value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Level& parent = open_.back();
    if (auto* members = std::get_if<JsonValue::Object>(&parent.value.state_))
      members->emplace_back(std::move(parent.name), std::move(value));
    else
      std::get<JsonValue::Array>(parent.value.state_).push_back(std::move(value));
    return true;
  }

  bool open(JsonValue value) {
    if (open_.size() >= limits_.maxDepth)
      return refuse("nested deeper than " + std::to_string(limits_.maxDepth) + " levels");
    if (!count()) return false;
    open_.push_back({std::move(value), {}, {}});
    return true;
  }

  bool close() {
    JsonValue done = std::move(open_.back().value);
    open_.pop_back();
    return place(std::move(done));
  }

  std::string_view text_;
  const JsonLimits& limits_;
  std::size_t values_ = 0;
  std::vector<Level> open_;
  JsonValue root_;
  std::string problem_;
};

Result<JsonValue> parseJson(std::string_view text, const std::string& origin, const JsonLimits& limits) {
  if (text.size() > limits.maxBytes)
    return fail(ErrorCode::corruptData,
                origin + ": longer than " + std::to_string(limits.maxBytes) + " bytes, which is no sane size here");
  JsonBuilder builder(text, limits);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder))
    return fail(ErrorCode::corruptData, origin + ": " + builder.problem());
  return builder.take();
}

}  // namespace chladni::serial
