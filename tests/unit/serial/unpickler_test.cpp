#include "core/serial/unpickler.h"

#include "tests/support/catch.h"
#include "tests/unit/serial/torch_zip.h"

using namespace chladni;
using namespace chladni::serial;
using chladni::test::PickleText;
using Catch::Contains;

namespace {

Result<Pickle> read(const std::string& text) { return unpickle(std::as_bytes(std::span(text)), "p"); }

template <class Kind>
Kind value(const std::string& text) {
  const auto pickle = read(text);
  if (!pickle) FAIL(pickle.error().message);
  const auto* found = std::get_if<Kind>(&pickle->values[pickle->root]);
  REQUIRE(found);
  return *found;
}

std::string op(std::initializer_list<int> bytes) {
  std::string text;
  for (const int byte : bytes) text += static_cast<char>(byte);
  return text;
}

Error refusal(const std::string& text) {
  const auto pickle = read(text);
  REQUIRE_FALSE(pickle);
  return pickle.error();
}

}  // namespace

TEST_CASE("pickle: numbers, strings and constants of all protocols") {
  CHECK(value<std::int64_t>(PickleText().number(7).stop()) == 7);
  CHECK(value<std::int64_t>(PickleText().number(65'000).stop()) == 65'000);
  CHECK(value<std::int64_t>(PickleText().number(-3).stop()) == -3);
  CHECK(value<std::int64_t>(PickleText().number(-5'000'000'000).stop()) == -5'000'000'000);
  CHECK(value<std::int64_t>(PickleText().raw(op({0x8a, 0})).stop()) == 0);
  CHECK(value<std::int64_t>(PickleText().raw(op({0x8a, 1, 0xFF})).stop()) == -1);
  CHECK(value<std::int64_t>(PickleText().raw(op({0x8a, 2, 0xFF, 0x00})).stop()) == 255);
  CHECK(value<std::int64_t>(PickleText().raw(op({0x8b, 1, 0, 0, 0, 5})).stop()) == 5);
  CHECK(value<double>(PickleText().raw(op({'G', 0x3F, 0xF8, 0, 0, 0, 0, 0, 0})).stop()) == 1.5);
  CHECK(value<std::string>(PickleText().string("é").stop()) == "é");
  CHECK(value<std::string>(op({0x80, 4, 0x95, 9, 0, 0, 0, 0, 0, 0, 0, 0x8c, 2, 'h', 'i', 0x94, '.'})) == "hi");
  CHECK(value<PickleBytes>(PickleText().raw(op({'C', 2, 0xFF, 0x00})).stop()).bytes == std::string("\xFF\0", 2));
  CHECK(value<bool>(PickleText().raw(op({0x88})).stop()));
  value<PickleNone>(PickleText().raw("N").stop());
}

TEST_CASE("pickle: containers, memo and stack games") {
  CHECK(value<PickleTuple>(PickleText().number(1).number(2).number(3).raw(op({0x87})).stop()).items.size() == 3);
  CHECK(value<PickleTuple>(PickleText().raw("((").number(1).raw("tt").stop()).items.size() == 1);
  CHECK(value<PickleList>(PickleText().raw("](").number(1).number(2).raw("e").number(3).raw("a").stop()).items.size() == 3);
  CHECK(value<PickleDict>(PickleText().raw("}(").string("k").number(1).string("l").number(2).raw("u").stop()).items.size() ==
        2);
  CHECK(value<PickleDict>(PickleText().raw("(").string("k").number(1).raw("d").stop()).items.size() == 1);
  // The same string twice through the memo, by index and by order.
  CHECK(value<PickleTuple>(PickleText().string("k").raw(op({'q', 9, 'h', 9, 0x86})).stop()).items.size() == 2);
  // An ordered dict with attributes, as state dicts carry them.
  CHECK(value<PickleDict>(PickleText()
                              .global("collections", "OrderedDict")
                              .raw(")R")
                              .raw("}")
                              .string("_metadata")
                              .raw("}s")
                              .raw("b")
                              .stop())
            .items.empty());
  // A list that holds itself is only an index.
  CHECK(value<PickleList>(PickleText().raw(op({']', 'q', 0, 'h', 0, 'a'})).stop()).items.size() == 1);
  // POP of a mark and of a value.
  CHECK(value<std::int64_t>(PickleText().number(1).raw("(0").number(2).raw("0").stop()) == 1);
}

TEST_CASE("pickle: a tensor is only described") {
  const auto tensor = value<PickleTensor>(PickleText().tensor("HalfStorage", "12", 40, 4, {2, 3}, {3, 1}).stop());
  CHECK(tensor.storage.key == "12");
  CHECK(tensor.storage.dtype == DType::f16);
  CHECK(tensor.offset == 4);
  CHECK(tensor.shape == std::vector<std::int64_t>{2, 3});
  const auto parameter = value<PickleTensor>(PickleText()
                                                 .global("torch._utils", "_rebuild_parameter")
                                                 .raw("(")
                                                 .tensor("FloatStorage", "0", 1, 0, {}, {})
                                                 .raw(op({0x88}))
                                                 .global("collections", "OrderedDict")
                                                 .raw(")RtR")
                                                 .stop());
  CHECK(parameter.shape.empty());
}

TEST_CASE("pickle: what it must never do is refused by name") {
  for (const auto& [module, name] : std::vector<std::pair<std::string, std::string>>{
           {"os", "system"}, {"posix", "system"}, {"builtins", "eval"}, {"builtins", "getattr"}, {"__main__", "Net"},
           {"torch.nn.modules.linear", "Linear"}, {"numpy.core.multiarray", "scalar"}, {"argparse", "Namespace"},
           {"torch", "load"}, {"torch._utils", "_rebuild_tensor_v2.__globals__"}}) {
    const Error error = refusal(PickleText().global(module, name).string("rm").raw(op({0x85})).raw("R").stop());
    CHECK(error.code == ErrorCode::unsupported);
    CHECK_THAT(error.message, Contains(module + "." + name) && Contains("refused"));
    // The same through the stack, as protocol 4 does.
    const Error stacked = refusal(PickleText().string(module).string(name).raw(op({0x93})).stop());
    CHECK_THAT(stacked.message, Contains(module + "." + name));
  }
  CHECK_THAT(refusal(PickleText().global("o\x1b[31ms", "system\t").stop()).message, !Contains("\x1b"));
}

TEST_CASE("pickle: opcodes that state dicts do not need are refused") {
  for (const std::string& opcodes : {op({0x81}), op({0x92}), std::string("o"), std::string("i"), op({0x82, 1}),
                                     std::string("P0\n"), std::string("I1\n"), op({0x8f}), op({0x97}), std::string("\xFF")})
    CHECK(refusal(PickleText().number(1).number(1).raw(opcodes).stop()).code == ErrorCode::corruptData);
  CHECK_FALSE(read(op({0x80, 1, 'N', '.'})));
  CHECK_FALSE(read(op({0x80, 9, 'N', '.'})));
}

TEST_CASE("pickle: broken streams fail, wherever they break") {
  const std::string whole = PickleText()
                                .raw("}(")
                                .string("w")
                                .tensor("FloatStorage", "0", 6, 0, {2, 3}, {3, 1})
                                .string("n")
                                .number(1 << 20)
                                .raw("u")
                                .stop();
  REQUIRE(read(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(read(whole.substr(0, size)));
  for (const std::string& bad :
       {std::string("."), std::string("0."), std::string("t."), std::string("(0."), std::string("1."), std::string("R."),
        std::string("a."), std::string("u."), std::string("h\1."), std::string("Q."), std::string("b."), std::string("2."),
        std::string("(e."), std::string("}(NNNu."), std::string("N(e."), std::string("NN\x86R."), op({'(', 0x85, '.'}),
        op({0x8d, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, '.'}), op({0x8a, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, '.'})})
    CHECK_FALSE(read(PickleText().raw(bad).stop()));
  CHECK_FALSE(read(PickleText().string("\xC3\x28").stop()));
  CHECK_FALSE(read(PickleText().tensor("FloatStorage", "0", 6, -1, {2}, {1}).stop()));
  CHECK_FALSE(read(PickleText().tensor("FloatStorage", "0", 6, 0, {2}, {1, 1}).stop()));
  CHECK_FALSE(read(PickleText().tensor("FloatStorage", "0", 6, 0, {-2}, {1}).stop()));
  CHECK_FALSE(read(PickleText().tensor("FloatStorage", "0", 6, 0, {2}, {-1}).stop()));
  CHECK_FALSE(read(PickleText().tensor("FloatStorage", "0", -6, 0, {2}, {1}).stop()));
}

TEST_CASE("pickle: a few bytes cannot make the same long value again and again") {
  const auto many = [](int rounds) {
    PickleText text;
    text.raw("ctorch\nSize\n").raw(op({'q', 1, '0', '('}));
    for (int n = 0; n < 100'000; ++n) text.raw(op({'K', 0}));
    text.raw(op({'t', 0x85, 'q', 0, '0'}));
    for (int n = 0; n < rounds; ++n) text.raw(op({'h', 1, 'h', 0, 'R', '0'}));
    return text.raw("N").stop();
  };
  CHECK(read(many(10)));
  CHECK_THAT(refusal(many(2000)).message, Catch::ContainsSubstring("hold more than any state dict"));
}
