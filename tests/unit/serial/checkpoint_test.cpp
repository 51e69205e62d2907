#include "core/serial/checkpoint_reader.h"

#include <cstring>

#include "core/base/atomic_file.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/serial/torch_zip.h"

using namespace chladni;
using namespace chladni::serial;
using chladni::test::bytesOf;
using chladni::test::PickleText;
using chladni::test::ZipParts;
using chladni::test::zipText;
using Catch::Contains;

namespace {

Result<TensorFile> parse(const std::string& text) { return parseCheckpoint(std::as_bytes(std::span(text)), "c.pth"); }

const std::vector<float> kSix{0, 1, 2, 3, 4, 5};

// A checkpoint whose pickle is `opcodes` and whose storage "0" holds kSix.
std::string checkpoint(const PickleText& pickle, ZipParts more = {}) {
  ZipParts parts{{"archive/data.pkl", pickle.stop()}, {"archive/data/0", bytesOf(kSix)}, {"archive/version", "3\n"}};
  parts.insert(parts.end(), more.begin(), more.end());
  return zipText(parts);
}

PickleText oneTensor(std::int64_t offset, const std::vector<std::int64_t>& shape,
                     const std::vector<std::int64_t>& strides, std::int64_t elements = 6) {
  return PickleText().raw("}").string("w").tensor("FloatStorage", "0", elements, offset, shape, strides).raw("s");
}

std::vector<float> floats(const TensorBlob& tensor) {
  std::vector<float> values(tensor.bytes.size() / sizeof(float));
  if (!values.empty()) std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}

std::vector<float> view(std::int64_t offset, const std::vector<std::int64_t>& shape,
                        const std::vector<std::int64_t>& strides) {
  const auto file = parse(checkpoint(oneTensor(offset, shape, strides)));
  if (!file) FAIL(file.error().message);
  REQUIRE(file->tensors.size() == 1);
  CHECK(file->tensors[0].shape == shape);
  return floats(file->tensors[0]);
}

Error refusal(const std::string& text) {
  const auto file = parse(text);
  REQUIRE_FALSE(file);
  CHECK(file.error().message.find('\n') == std::string::npos);
  return file.error();
}

}  // namespace

TEST_CASE("checkpoint: views become row-major tensors") {
  using Floats = std::vector<float>;
  CHECK(view(0, {2, 3}, {3, 1}) == Floats{0, 1, 2, 3, 4, 5});
  CHECK(view(0, {3, 2}, {1, 3}) == Floats{0, 3, 1, 4, 2, 5});     // a transpose
  CHECK(view(1, {2}, {3}) == Floats{1, 4});                       // a column
  CHECK(view(3, {}, {}) == Floats{3});                            // a scalar
  CHECK(view(0, {2, 2}, {0, 1}) == Floats{0, 1, 0, 1});           // expanded
  CHECK(view(2, {1, 2, 1, 2}, {9'000'000, 2, 77, 1}) == Floats{2, 3, 4, 5});  // strides of single elements mean nothing
  CHECK(view(0, {2, 0, 3}, {3, 3, 1}).empty());
  CHECK(view(6, {0}, {1}).empty());
}

TEST_CASE("checkpoint: all element types, shared storages and parameters") {
  PickleText pickle;
  pickle.global("collections", "OrderedDict").raw(")R(");
  const std::vector<std::pair<std::string, DType>> types{
      {"HalfStorage", DType::f16}, {"BFloat16Storage", DType::bf16}, {"DoubleStorage", DType::f64},
      {"LongStorage", DType::i64}, {"IntStorage", DType::i32},       {"ShortStorage", DType::i16},
      {"CharStorage", DType::i8},  {"ByteStorage", DType::u8},       {"BoolStorage", DType::boolean}};
  for (const auto& [storage, type] : types) pickle.string(storage).tensor(storage, "0", 2, 0, {2}, {1});
  pickle.string("a").tensor("FloatStorage", "0", 6, 0, {6}, {1});
  pickle.string("b").tensor("FloatStorage", "0", 6, 4, {2}, {1});
  pickle.string("count").number(3).raw("u");
  const auto file = parse(checkpoint(pickle));
  REQUIRE(file);
  REQUIRE(file->tensors.size() == types.size() + 2);
  for (std::size_t i = 0; i < types.size(); ++i) {
    CHECK(file->tensors[i].dtype == types[i].second);
    CHECK(file->tensors[i].bytes.size() == 2 * bytesPerElement(types[i].second));
  }
  CHECK(floats(file->tensors.back()) == std::vector<float>{4, 5});
  CHECK(file->metadata.empty());
}

TEST_CASE("checkpoint: a state dict under a key says so") {
  const auto nested = [](const std::vector<std::string>& keys) {
    PickleText pickle;
    pickle.raw("}(").string("epoch").number(4).string("best").raw("N");
    for (const auto& key : keys)
      pickle.string(key).raw("}").string("w." + key).tensor("FloatStorage", "0", 6, 0, {6}, {1}).raw("s");
    return checkpoint(pickle.raw("u"));
  };
  const auto file = parse(nested({"optimizer", "model"}));
  REQUIRE(file);
  REQUIRE(file->tensors.size() == 1);
  CHECK(file->tensors[0].name == "w.model");
  CHECK(file->metadata.at(kCheckpointUnder) == "model");
  CHECK(file->metadata.at(kCheckpointBeside) == "epoch,best,optimizer");
  CHECK(parse(nested({"state_dict"}))->metadata.at(kCheckpointUnder) == "state_dict");
  CHECK(parse(nested({"weights"}))->metadata.at(kCheckpointUnder) == "weights");
  CHECK_THAT(refusal(nested({"student", "teacher"})).message, Contains("student, teacher"));
  CHECK_THAT(refusal(nested({})).message, Contains("no tensors"));
}

TEST_CASE("checkpoint: tensors that reach beyond their storage are refused by name") {
  for (const auto& pickle :
       {oneTensor(0, {7}, {1}), oneTensor(6, {1}, {1}), oneTensor(0, {2, 3}, {4, 1}), oneTensor(5, {2}, {1}),
        oneTensor(0, {2, 2}, {std::int64_t{1} << 62, std::int64_t{1} << 62}), oneTensor(0, {6}, {1}, 7),
        oneTensor(std::int64_t{1} << 62, {6}, {1}),
        oneTensor(0, {std::int64_t{1} << 40, std::int64_t{1} << 40}, {0, 0})}) {
    const Error error = refusal(checkpoint(pickle));
    CHECK(error.code == ErrorCode::corruptData);
    CHECK_THAT(error.message, Contains("tensor w"));
  }
}

TEST_CASE("checkpoint: a small file cannot ask for endless memory") {
  CHECK_THAT(refusal(checkpoint(oneTensor(0, {std::int64_t{1} << 34}, {0}))).message, Contains("larger than the file"));
  PickleText many;
  many.raw("}(");
  for (int i = 0; i < 40; ++i)
    many.string("w" + std::to_string(i)).tensor("FloatStorage", "0", 6, 0, {1 << 20}, {0});
  CHECK_THAT(refusal(checkpoint(many.raw("u"))).message, Contains("larger than the file"));
}

TEST_CASE("checkpoint: every kind of wrong file gets its own line") {
  CHECK_THAT(refusal(checkpoint(PickleText().global("os", "system").string("ls").raw("\x85R"))).message,
             Contains("os.system") && Contains("refused"));
  CHECK_THAT(refusal(std::string("\x80\x02\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15)).message,
             Contains("models/convert") && Contains("old PyTorch file"));
  CHECK_THAT(refusal(zipText({{"readme.txt", "hello"}})).message, Contains("no data.pkl"));
  CHECK_THAT(refusal(zipText({{"m/data.pkl", "x"}, {"m/constants.pkl", "x"}})).message, Contains("TorchScript"));
  CHECK_THAT(refusal(checkpoint(PickleText().raw("]"))).message, Contains("no state dict"));
  CHECK_THAT(refusal(checkpoint(oneTensor(0, {6}, {1}), {{"archive/byteorder", "big"}})).message, Contains("byte order"));
  CHECK(parse(checkpoint(oneTensor(0, {6}, {1}), {{"archive/byteorder", "little"}})));
  CHECK_THAT(refusal(zipText({{"a/data.pkl", oneTensor(0, {6}, {1}).stop()}})).message, Contains("storage 0 is missing"));
  CHECK_THAT(refusal("PK").message, Contains("zip"));
  CHECK_THAT(refusal("").message, Contains("neither"));
  CHECK_THAT(refusal("some text that is no model at all").message, Contains("neither"));
  PickleText twice;
  twice.raw("}(");
  for (int i = 0; i < 2; ++i) twice.string("w").tensor("FloatStorage", "0", 6, 0, {6}, {1});
  CHECK_THAT(refusal(checkpoint(twice.raw("u"))).message, Contains("twice"));
}

TEST_CASE("checkpoint: files are told apart by content, and cut ones refused") {
  const test::Scratch scratch;
  REQUIRE(writeSafetensors(scratch / "a.pth", {{TensorBlob{"t", DType::u8, {1}, std::vector<std::byte>(1)}}, {{"k", "v"}}}));
  const auto safe = readCheckpoint(scratch / "a.pth");
  REQUIRE(safe);
  CHECK(safe->metadata.at("k") == "v");
  const std::string zip = checkpoint(oneTensor(0, {6}, {1}));
  REQUIRE(writeFileAtomically(scratch / "b.safetensors", zip));
  const auto torch = readCheckpoint(scratch / "b.safetensors");
  REQUIRE(torch);
  CHECK(floats(torch->tensors[0]) == kSix);
  CHECK(readCheckpoint(scratch / "gone").error().code == ErrorCode::notFound);
  CHECK(readCheckpoint(scratch.path()).error().code == ErrorCode::notFound);
  for (std::size_t size = 0; size < zip.size(); size += 7) CHECK_FALSE(parse(zip.substr(0, size)));
}
