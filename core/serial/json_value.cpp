#include "core/serial/json_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/atomic_file.h"

namespace chladni::serial {

namespace {

constexpr char kHex[] = "0123456789abcdef";

template <class Number>
std::string shortest(Number value) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, value);
  return {digits, end.ptr};
}

void writeString(std::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (byte < 0x20 || byte == 0x7f) {
          out += "\\u00";
          out += kHex[byte >> 4];
          out += kHex[byte & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

class Writer {
 public:
  explicit Writer(bool pretty) : pretty_(pretty) {}

  void write(const JsonValue& value, std::size_t level) {
    if (const auto* members = value.members()) return writeMembers(*members, level);
    if (const auto* items = value.items()) return writeItems(*items, level);
    if (const auto* text = value.string()) return writeString(*text, out_);
    if (const auto* flag = value.boolean())
      out_ += *flag ? "true" : "false";
    else if (const auto* whole = value.integer())
      out_ += std::to_string(*whole);
    else if (const auto number = value.number(); number && std::isfinite(*number))
      out_ += *number == 0.0 && std::signbit(*number) ? "-0.0" : shortest(*number);  // "-0" is read as a whole number, 0
    else
      out_ += "null";
  }

  std::string take() { return std::move(out_); }

 private:
  void newLine(std::size_t level) {
    if (!pretty_) return;
    out_ += '\n';
    out_.append(level * 2, ' ');
  }

  void writeMembers(const JsonValue::Object& members, std::size_t level) {
    out_ += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i != 0) out_ += ',';
      newLine(level + 1);
      writeString(members[i].first, out_);
      out_ += pretty_ ? ": " : ":";
      write(members[i].second, level + 1);
    }
    if (!members.empty()) newLine(level);
    out_ += '}';
  }

  void writeItems(const JsonValue::Array& items, std::size_t level) {
    const bool flat = std::all_of(items.begin(), items.end(), [](const JsonValue& v) { return v.number().has_value(); });
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i != 0) out_ += pretty_ && flat ? ", " : ",";
      if (!flat) newLine(level + 1);
      write(items[i], level + 1);
    }
    if (!items.empty() && !flat) newLine(level);
    out_ += ']';
  }

  bool pretty_;
  std::string out_;
};

// Never cuts a UTF-8 sequence in two.
std::size_t cutAt(std::string_view text, std::size_t limit) {
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return limit;
}

}  // namespace

JsonValue::JsonValue(float value) {
  const std::string digits = shortest(value);
  double wide = 0.0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), wide).ec != std::errc{})
    wide = static_cast<double>(value);
  state_ = wide;
}

std::optional<double> JsonValue::number() const {
  if (const auto* whole = integer()) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&state_)) return *real;
  return std::nullopt;
}

const JsonValue* JsonValue::find(std::string_view name) const {
  const auto* all = members();
  if (!all) return nullptr;
  const auto it = std::find_if(all->begin(), all->end(), [&](const Member& member) { return member.first == name; });
  return it == all->end() ? nullptr : &it->second;
}

JsonValue& JsonValue::set(std::string name, JsonValue value) {
  if (isNull()) state_ = Object{};
  auto* all = std::get_if<Object>(&state_);
  CHLADNI_ASSERT(all);
  const auto it = std::find_if(all->begin(), all->end(), [&](const Member& member) { return member.first == name; });
  if (it == all->end())
    all->emplace_back(std::move(name), std::move(value));
  else
    it->second = std::move(value);
  return *this;
}

JsonValue& JsonValue::append(JsonValue value) {
  if (isNull()) state_ = Array{};
  auto* all = std::get_if<Array>(&state_);
  CHLADNI_ASSERT(all);
  all->push_back(std::move(value));
  return *this;
}

std::string JsonValue::text() const {
  Writer writer(false);
  writer.write(*this, 0);
  return writer.take();
}

std::string JsonValue::prettyText() const {
  Writer writer(true);
  writer.write(*this, 0);
  return writer.take() + '\n';
}

Result<JsonValue> readJsonFile(const std::string& path, const JsonLimits& limits) {
  const auto text = readFile(path, limits.maxBytes);
  if (!text) return fail(text.error());
  return parseJson(*text, path, limits);
}

std::string printable(std::string_view text, std::size_t maxBytes) {
  const bool cut = text.size() > maxBytes;
  if (cut) text = text.substr(0, cutAt(text, maxBytes));
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      out += "\\x";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  if (cut) out += "…";
  return out;
}

std::string printableIn(const JsonValue& object, std::string_view name, std::size_t maxBytes) {
  const auto* value = object.find(name);
  return value && value->string() ? printable(*value->string(), maxBytes) : std::string();
}

}  // namespace chladni::serial
