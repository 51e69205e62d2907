#include "core/serial/unpickler.h"

#include <bit>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "core/serial/json_value.h"
#include "core/serial/utf8.h"

namespace chladni::serial {

namespace {

constexpr std::size_t kMaxValues = 2'000'000;
constexpr std::size_t kMaxCopied = std::size_t{256} << 20;  // bytes that values hold beyond what the stream spells out

struct KnownGlobal {
  const char* module;
  const char* name;
  PickleCallable meaning;
};

constexpr KnownGlobal kKnown[] = {
    {"collections", "OrderedDict", {PickleGlobal::orderedDict}},
    {"torch._utils", "_rebuild_tensor_v2", {PickleGlobal::rebuildTensor}},
    {"torch._utils", "_rebuild_parameter", {PickleGlobal::rebuildParameter}},
    {"torch", "Size", {PickleGlobal::size}},
    {"torch", "FloatStorage", {PickleGlobal::storageType, DType::f32}},
    {"torch", "HalfStorage", {PickleGlobal::storageType, DType::f16}},
    {"torch", "BFloat16Storage", {PickleGlobal::storageType, DType::bf16}},
    {"torch", "DoubleStorage", {PickleGlobal::storageType, DType::f64}},
    {"torch", "LongStorage", {PickleGlobal::storageType, DType::i64}},
    {"torch", "IntStorage", {PickleGlobal::storageType, DType::i32}},
    {"torch", "ShortStorage", {PickleGlobal::storageType, DType::i16}},
    {"torch", "CharStorage", {PickleGlobal::storageType, DType::i8}},
    {"torch", "ByteStorage", {PickleGlobal::storageType, DType::u8}},
    {"torch", "BoolStorage", {PickleGlobal::storageType, DType::boolean}},
};

// Thrown and caught inside this file only: a stack machine reads better without a check after every pop.
struct Refusal {
  ErrorCode code;
  std::string why;
};

[[noreturn]] void broken(const std::string& why) { throw Refusal{ErrorCode::corruptData, "broken pickle (" + why + ")"}; }

class Machine {
 public:
  explicit Machine(std::span<const std::byte> bytes) : rest_(bytes) {}

  Pickle run() {
    while (true) {
      const auto opcode = number<std::uint8_t>();
      if (opcode == '.') break;
      if (!structural(opcode) && !literal(opcode) && !reference(opcode) && !container(opcode)) {
        constexpr char hex[] = "0123456789abcdef";
        broken(std::string("operation 0x") + hex[opcode >> 4] + hex[opcode & 15] + " has no place in a state dict");
      }
    }
    pickle_.root = pop();
    return std::move(pickle_);
  }

 private:
  // --- reading the stream
  std::string_view take(std::uint64_t count) {
    if (count > rest_.size()) broken("it ends early");
    const std::string_view text(reinterpret_cast<const char*>(rest_.data()), count);
    rest_ = rest_.subspan(count);
    return text;
  }
  template <class Integer>
  Integer number() {
    Integer value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  std::string line() {
    std::string text;
    while (text.size() < 1000)
      if (const char c = take(1)[0]; c != '\n')
        text += c;
      else
        return text;
    broken("a name without end");
  }
  std::int64_t longNumber(std::uint64_t count) {
    const auto bytes = take(count);
    if (count > 8) broken("a number of more than 64 bits");
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    if (count > 0 && count < 8 && (static_cast<unsigned char>(bytes.back()) & 0x80U) != 0) value |= ~0ULL << (8 * count);
    return static_cast<std::int64_t>(value);
  }
  double bigEndianDouble() {
    auto bits = number<std::uint64_t>();
    return std::bit_cast<double>(__builtin_bswap64(bits));
  }
  std::string text(std::uint64_t count) {
    const auto bytes = take(count);
    if (!isUtf8(bytes)) broken("a string that is not UTF-8");
    return std::string(bytes);
  }

  // --- the stack
  void pushAgain(PickleRef ref) { stack_.push_back(ref); }
  void push(PickleValue value) {
    held_ += heldBytes(value);
    if (held_ > longest_) broken("values that hold more than any state dict does");
    if (pickle_.values.size() >= kMaxValues) broken("more values than any state dict has");
    pickle_.values.push_back(std::move(value));
    stack_.push_back(static_cast<PickleRef>(pickle_.values.size() - 1));
  }
  PickleRef top() {
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) broken("its stack is empty");
    return stack_.back();
  }
  PickleRef pop() {
    const PickleRef ref = top();
    stack_.pop_back();
    return ref;
  }
  std::vector<PickleRef> popToMark() {
    if (marks_.empty()) broken("a mark is missing");
    std::vector<PickleRef> items(stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back()), stack_.end());
    stack_.resize(marks_.back());
    marks_.pop_back();
    return items;
  }
  std::vector<PickleRef> popSome(std::size_t count) {
    std::vector<PickleRef> items(count);
    while (count > 0) items[--count] = pop();
    return items;
  }
  template <class Kind>
  Kind& as(PickleRef ref, const char* what) {
    auto* value = std::get_if<Kind>(&pickle_.values[ref]);
    if (!value) broken(std::string("expected ") + what);
    return *value;
  }
  void remember(std::uint32_t slot) {
    if (memo_.size() >= kMaxValues) broken("more values than any state dict has");
    memo_[slot] = top();
  }

  // --- groups of opcodes; false: not one of this group
  bool structural(std::uint8_t opcode) {
    switch (opcode) {
      case 0x80:
        if (const auto protocol = number<std::uint8_t>(); protocol < 2 || protocol > 5)
          broken("protocol " + std::to_string(protocol));
        return true;
      case 0x95: number<std::uint64_t>(); return true;  // FRAME: only a hint for buffered readers
      case '(': marks_.push_back(stack_.size()); return true;
      case '0':
        if (!marks_.empty() && stack_.size() == marks_.back())
          marks_.pop_back();
        else
          pop();
        return true;
      case '1': popToMark(); return true;
      case '2': pushAgain(top()); return true;
      case 'q': remember(number<std::uint8_t>()); return true;
      case 'r': remember(number<std::uint32_t>()); return true;
      case 0x94: remember(static_cast<std::uint32_t>(memo_.size())); return true;
      case 'h': recall(number<std::uint8_t>()); return true;
      case 'j': recall(number<std::uint32_t>()); return true;
      default: return false;
    }
  }

  void recall(std::uint32_t slot) {
    const auto it = memo_.find(slot);
    if (it == memo_.end()) broken("it refers to a value that it never made");
    pushAgain(it->second);
  }

  bool literal(std::uint8_t opcode) {
    switch (opcode) {
      case 'N': push(PickleNone{}); return true;
      case 0x88: push(PickleValue(true)); return true;
      case 0x89: push(PickleValue(false)); return true;
      case 'J': push(std::int64_t{number<std::int32_t>()}); return true;
      case 'K': push(std::int64_t{number<std::uint8_t>()}); return true;
      case 'M': push(std::int64_t{number<std::uint16_t>()}); return true;
      case 0x8a: push(longNumber(number<std::uint8_t>())); return true;
      case 0x8b: push(longNumber(number<std::uint32_t>())); return true;
      case 'G': push(bigEndianDouble()); return true;
      case 'X': push(text(number<std::uint32_t>())); return true;
      case 0x8c: push(text(number<std::uint8_t>())); return true;
      case 0x8d: push(text(number<std::uint64_t>())); return true;
      case 'U': push(text(number<std::uint8_t>())); return true;
      case 'T': push(text(number<std::uint32_t>())); return true;
      case 'B': push(PickleBytes{std::string(take(number<std::uint32_t>()))}); return true;
      case 'C': push(PickleBytes{std::string(take(number<std::uint8_t>()))}); return true;
      case 0x8e: push(PickleBytes{std::string(take(number<std::uint64_t>()))}); return true;
      default: return false;
    }
  }

  bool container(std::uint8_t opcode) {
    switch (opcode) {
      case '}': push(PickleDict{}); return true;
      case ']': push(PickleList{}); return true;
      case ')': push(PickleTuple{}); return true;
      case 't': push(PickleTuple{popToMark()}); return true;
      case 0x85: push(PickleTuple{popSome(1)}); return true;
      case 0x86: push(PickleTuple{popSome(2)}); return true;
      case 0x87: push(PickleTuple{popSome(3)}); return true;
      case 'd': push(PickleDict{}); return setItems(markBelowTop());
      case 'l': push(PickleList{popToMark()}); return true;
      case 'a': return extend(popSome(1));
      case 'e': return extend(popToMark());
      case 's': return setItems(popSome(2));
      case 'u': return setItems(popToMark());
      default: return false;
    }
  }

  // For DICT: the items since the mark, leaving the new dict on the stack.
  std::vector<PickleRef> markBelowTop() {
    const PickleRef made = pop();
    auto items = popToMark();
    pushAgain(made);
    return items;
  }

  bool extend(const std::vector<PickleRef>& items) {
    auto& list = as<PickleList>(top(), "a list");
    list.items.insert(list.items.end(), items.begin(), items.end());
    return true;
  }

  bool setItems(const std::vector<PickleRef>& items) {
    if (items.size() % 2 != 0) broken("a key without a value");
    auto& dict = as<PickleDict>(top(), "a dict");
    for (std::size_t i = 0; i < items.size(); i += 2) dict.items.emplace_back(items[i], items[i + 1]);
    return true;
  }

  bool reference(std::uint8_t opcode) {
    switch (opcode) {
      case 'c': {
        const std::string module = line();
        push(global(module, line()));
        return true;
      }
      case 0x93: {
        const PickleRef name = pop(), module = pop();
        push(global(as<std::string>(module, "a module name"), as<std::string>(name, "a name")));
        return true;
      }
      case 'Q': push(storage(as<PickleTuple>(pop(), "a storage").items)); return true;
      case 'R': {
        const PickleRef arguments = pop(), callable = pop();
        call(as<PickleCallable>(callable, "something known to call").global,
             as<PickleTuple>(arguments, "a tuple of arguments").items);
        return true;
      }
      case 'b': {  // attributes of an ordered dict, such as _metadata: nothing that a tensor depends on
        const PickleRef state = pop();
        as<PickleDict>(state, "a dict of attributes");
        as<PickleDict>(top(), "a dict");
        return true;
      }
      default: return false;
    }
  }

  static PickleCallable global(const std::string& module, const std::string& name) {
    for (const auto& known : kKnown)
      if (module == known.module && name == known.name) return known.meaning;
    throw Refusal{ErrorCode::unsupported,
                  "its pickle wants to use " + printable(module + "." + name) +
                      "; refused, for a state dict needs no such thing (a whole saved module or training state is "
                      "converted with models/convert, in your own PyTorch)"};
  }

  // ('storage', type, key, location, elements[, view])
  PickleStorage storage(const std::vector<PickleRef>& items) {
    if (items.size() < 5 || as<std::string>(items[0], "a storage") != "storage") broken("an unknown persistent id");
    const auto& type = as<PickleCallable>(items[1], "a storage type");
    if (type.global != PickleGlobal::storageType) broken("expected a storage type");
    const auto elements = as<std::int64_t>(items[4], "a count of elements");
    if (elements < 0) broken("a negative count of elements");
    return {type.dtype, as<std::string>(items[2], "a storage key"), elements};
  }

  std::vector<std::int64_t> whole(PickleRef ref) {
    std::vector<std::int64_t> numbers;
    for (const PickleRef item : as<PickleTuple>(ref, "a tuple of sizes").items) {
      numbers.push_back(as<std::int64_t>(item, "a whole number"));
      if (numbers.back() < 0) broken("a negative size or stride");
    }
    return numbers;
  }

  // Takes the arguments by value: pushing may move the table they live in.
  void call(PickleGlobal callable, std::vector<PickleRef> arguments) {
    const auto need = [&](std::size_t count) {
      if (arguments.size() < count) broken("a call with too few arguments");
    };
    switch (callable) {
      case PickleGlobal::orderedDict:
        if (!arguments.empty()) broken("an ordered dict made from arguments");
        return push(PickleDict{});
      case PickleGlobal::size: need(1); return push(PickleTuple(as<PickleTuple>(arguments[0], "a tuple of sizes")));
      case PickleGlobal::rebuildParameter:
        need(1);
        as<PickleTensor>(arguments[0], "a tensor");
        return pushAgain(arguments[0]);
      case PickleGlobal::rebuildTensor: {
        need(4);
        PickleTensor tensor{as<PickleStorage>(arguments[0], "a storage"),
                            as<std::int64_t>(arguments[1], "a storage offset"), whole(arguments[2]),
                            whole(arguments[3])};
        if (tensor.offset < 0 || tensor.shape.size() != tensor.strides.size()) broken("a tensor that contradicts itself");
        return push(std::move(tensor));
      }
      case PickleGlobal::storageType: break;
    }
    broken("a storage type that is called");
  }

  // A value may be made again and again from one that the stream spells out once.
  static std::size_t heldBytes(const PickleValue& value) {
    if (const auto* tuple = std::get_if<PickleTuple>(&value)) return tuple->items.size() * sizeof(PickleRef);
    if (const auto* storage = std::get_if<PickleStorage>(&value)) return storage->key.size();
    const auto* tensor = std::get_if<PickleTensor>(&value);
    return tensor ? tensor->storage.key.size() + (tensor->shape.size() + tensor->strides.size()) * sizeof(std::int64_t) : 0;
  }

  std::span<const std::byte> rest_;
  const std::size_t longest_ = kMaxCopied + rest_.size();
  std::size_t held_ = 0;
  std::vector<PickleRef> stack_;
  std::vector<std::size_t> marks_;  // heights of stack_
  std::unordered_map<std::uint32_t, PickleRef> memo_;
  Pickle pickle_;
};

}  // namespace

Result<Pickle> unpickle(std::span<const std::byte> bytes, const std::string& origin) {
  try {
    return Machine(bytes).run();
  } catch (const Refusal& refusal) {
    return fail(refusal.code, origin + ": " + refusal.why);
  }
}

}  // namespace chladni::serial
