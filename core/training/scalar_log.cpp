#include "core/training/scalar_log.h"

#include <unistd.h>

#include <array>
#include <bit>
#include <cstdio>
#include <cstring>

#include "core/training/append_file.h"

namespace chladni::training {
namespace {

using serial::JsonValue;

constexpr std::array<std::uint32_t, 256> crcTable() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t n = 0; n < 256; ++n) {
    std::uint32_t value = n;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1U) != 0U ? 0x82F63B78U : 0U);
    table[n] = value;
  }
  return table;
}

// Fixed-width numbers are little-endian, as this program's machines are.
static_assert(std::endian::native == std::endian::little);
template <class Number>
std::string fixed(Number value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

// Protocol buffers: a field is its number and wire type (0: whole number, 1: 8 bytes, 2: length and bytes, 5: 4 bytes),
// then its value.
std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>((value & 0x7F) | 0x80);
  return bytes + static_cast<char>(value);
}
std::string tag(unsigned field, unsigned wire) { return varint(field << 3 | wire); }
std::string wholeField(unsigned field, std::int64_t value) { return tag(field, 0) + varint(static_cast<std::uint64_t>(value)); }
std::string doubleField(unsigned field, double value) { return tag(field, 1) + fixed(value); }
std::string floatField(unsigned field, float value) { return tag(field, 5) + fixed(value); }
std::string bytesField(unsigned field, std::string_view bytes) { return tag(field, 2) + varint(bytes.size()) + std::string(bytes); }

// Event: wall_time = 1, step = 2, then one of file_version = 3, summary = 5, session_log = 7.
std::string eventAt(double time, std::int64_t step) { return doubleField(1, time) + wholeField(2, step); }

class Summary {
 public:
  void add(const std::string& name, const JsonValue* value) {
    const auto number = value ? value->number() : std::nullopt;
    if (number) values_ += bytesField(1, bytesField(1, name) + floatField(2, static_cast<float>(*number)));
  }
  void addAll(const std::string& prefix, const JsonValue* object) {
    if (object && object->members())
      for (const auto& [name, value] : *object->members()) add(prefix + name, &value);
  }
  [[nodiscard]] const std::string& values() const { return values_; }

 private:
  std::string values_;
};

Summary summaryOf(const JsonValue& event, const std::string& name) {
  Summary summary;
  if (name == "step") {
    summary.add("train/loss", event.find("loss"));
    summary.addAll("train/loss_", event.find("losses"));
    summary.add("optimiser/rate", event.find("lr"));
    summary.add("optimiser/gradient_norm", event.find("grad_norm"));
    summary.add("machine/samples_per_s", event.find("samples_per_s"));
    summary.add("machine/input_wait", event.find("input_wait"));
    summary.add("machine/memory_mb", event.find("memory_mb"));
  }
  if (name == "epoch") {
    const auto* train = event.find("train");
    summary.add("epoch/train_loss", train ? train->find("loss") : nullptr);
    summary.addAll("validation/", event.find("validation"));
  }
  return summary;
}

std::int64_t wholeOf(const JsonValue* value) { return value && value->integer() ? *value->integer() : 0; }

std::string fileName(double time) {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) std::strcpy(host.data(), "localhost");
  std::array<char, 64> start{};
  std::snprintf(start.data(), start.size(), "events.out.tfevents.%010lld.", static_cast<long long>(time));
  return start.data() + std::string(host.data()) + "." + std::to_string(::getpid());
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  static constexpr auto kTable = crcTable();
  std::uint32_t value = 0xFFFFFFFFU;
  for (const char byte : bytes) value = kTable[(value ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ (value >> 8);
  return ~value;
}

std::uint32_t maskedCrc32c(std::string_view bytes) { return std::rotr(crc32c(bytes), 15) + 0xA282EAD8U; }

void ScalarLog::record(std::string_view message) {
  const auto length = fixed(static_cast<std::uint64_t>(message.size()));
  waiting_ += length + fixed(maskedCrc32c(length)) + std::string(message) + fixed(maskedCrc32c(message));
}

void ScalarLog::add(const JsonValue& event) {
  const auto* kind = event.find("event");
  const auto* at = event.find("time");
  if (!kind || !kind->string() || !at) return;
  const double time = at->number().value_or(0.0);
  const auto fromStep = *kind->string() == "start" ? wholeOf(event.find("from_step")) : 0;
  const auto summary = summaryOf(event, *kind->string());
  if (summary.values().empty() && fromStep == 0) return;
  if (path_.empty()) {
    path_ = folder_ / fileName(time);
    record(eventAt(time, 0) + bytesField(3, "brain.Event:2"));
  }
  if (fromStep > 0) record(eventAt(time, fromStep + 1) + bytesField(7, wholeField(1, 1)));  // a session starts
  if (!summary.values().empty()) record(eventAt(time, wholeOf(event.find("step"))) + bytesField(5, summary.values()));
  appendWhole(path_, waiting_);
}

}  // namespace chladni::training
