#include <cstring>

#include "core/base/atomic_file.h"
#include "core/serial/npy_writer.h"
#include "core/serial/png_writer.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::serial;
using Catch::Contains;

namespace {

std::string contents(const std::filesystem::path& path) {
  const auto text = readFile(path, 1 << 24);
  REQUIRE(text);
  return *text;
}

std::string npyHeader(const std::string& file) {
  REQUIRE(file.size() > 10);
  CHECK(file.substr(0, 8) == std::string("\x93NUMPY\x01\x00", 8));
  const std::size_t length = static_cast<unsigned char>(file[8]) + 256U * static_cast<unsigned char>(file[9]);
  CHECK((10 + length) % 64 == 0);
  CHECK(file[10 + length - 1] == '\n');
  return file.substr(10, length);
}

}  // namespace

TEST_CASE("npy: a matrix and tensors of every shape") {
  const test::Scratch scratch;
  Matrix matrix(2, 3);
  for (int i = 0; i < 6; ++i) matrix.values[static_cast<std::size_t>(i)] = static_cast<float>(i) * 0.5F;
  REQUIRE(writeNpy(scratch / "m.npy", matrix));
  const std::string file = contents(scratch / "m.npy");
  CHECK_THAT(npyHeader(file), Contains("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"));
  CHECK(std::memcmp(file.data() + file.size() - 24, matrix.values.data(), 24) == 0);

  const auto shapeText = [&](std::vector<std::int64_t> shape, std::size_t bytes, DType type) {
    REQUIRE(writeNpy(scratch / "t.npy", TensorBlob{"t", type, std::move(shape), std::vector<std::byte>(bytes)}));
    return npyHeader(contents(scratch / "t.npy"));
  };
  CHECK_THAT(shapeText({}, 8, DType::f64), Contains("'<f8'") && Contains("'shape': (), "));
  CHECK_THAT(shapeText({5}, 5, DType::boolean), Contains("'|b1'") && Contains("'shape': (5,), "));
  CHECK_THAT(shapeText({1, 2, 0}, 0, DType::i64), Contains("'<i8'") && Contains("'shape': (1, 2, 0), "));
  CHECK_FALSE(writeNpy(scratch / "b.npy", TensorBlob{"t", DType::bf16, {1}, std::vector<std::byte>(2)}));
  CHECK_FALSE(writeNpy(scratch / "b.npy", TensorBlob{"t", DType::f32, {2}, std::vector<std::byte>(4)}));
  CHECK_FALSE(std::filesystem::exists(scratch / "b.npy"));
}

TEST_CASE("png: the header says what was asked for and the file is whole") {
  const test::Scratch scratch;
  std::vector<std::uint8_t> pixels(5 * 3 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i * 5);
  REQUIRE(writePng(scratch / "c.png", 5, 3, PngPixels::rgb, pixels));
  const std::string file = contents(scratch / "c.png");
  CHECK(file.substr(0, 8) == "\x89PNG\r\n\x1a\n");
  CHECK(file.substr(12, 4) == "IHDR");
  CHECK(file.substr(16, 10) == std::string("\0\0\0\5\0\0\0\3\x08\x02", 10));
  CHECK(file.substr(file.size() - 8, 4) == "IEND");
  REQUIRE(writePng(scratch / "g.png", 15, 3, PngPixels::grey, pixels));
  CHECK(contents(scratch / "g.png")[25] == 0);
}

TEST_CASE("png: sizes that do not fit are refused") {
  const test::Scratch scratch;
  const std::vector<std::uint8_t> pixels(12);
  CHECK_FALSE(writePng(scratch / "x.png", 5, 1, PngPixels::rgb, pixels));
  CHECK_FALSE(writePng(scratch / "x.png", 0, 0, PngPixels::rgb, {}));
  CHECK_FALSE(writePng(scratch / "x.png", -4, -1, PngPixels::rgb, pixels));
  CHECK_FALSE(writePng(scratch / "x.png", std::int64_t{1} << 40, 1, PngPixels::grey, pixels));
  CHECK_FALSE(std::filesystem::exists(scratch / "x.png"));
  CHECK_FALSE(writePng(scratch / "no" / "x.png", 4, 1, PngPixels::rgb, pixels));
}
