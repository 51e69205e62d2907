// The files in tests/unit/serial/hdf5 are made by make_hdf5.py beside them.
#include "core/serial/hdf5_file.h"

#include <cstring>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/serial/checkpoint_reader.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::serial;

namespace {

std::filesystem::path sample(const std::string& name) {
  return std::filesystem::path(CHLADNI_SOURCE_DIR) / "tests/unit/serial/hdf5" / name;
}

// "contiguous_f64.h5" and its relatives hold i / 3 in three rows of 2 x 4.
void checkTable(const std::string& name, DType kind, double tolerance) {
  const auto file = Hdf5Reader::open(sample(name), "avadataset");
  REQUIRE(file);
  CHECK(file->dataset().dtype == kind);
  CHECK(file->dataset().shape == std::vector<std::int64_t>{3, 2, 4});
  CHECK(file->rows() == 3);
  CHECK(file->rowShape() == std::vector<std::int64_t>{2, 4});
  REQUIRE(file->rowValues() == 8);
  std::vector<double> rows(16);
  REQUIRE(file->readRows(1, std::span(rows)));
  for (std::size_t i = 0; i < rows.size(); ++i)
    CHECK(rows[i] == Approx(static_cast<double>(i + 8) / 3.0).epsilon(tolerance));
  std::vector<float> last(8);
  REQUIRE(file->readRows(2, std::span(last)));
  CHECK(last[7] == static_cast<float>(23.0 / 3.0));
}

std::string refusal(const std::string& name, const std::string& dataset = {}) {
  const auto file = Hdf5Reader::open(sample(name), dataset);
  REQUIRE_FALSE(file);
  CHECK(file.error().message.find('\n') == std::string::npos);
  return file.error().message;
}

}  // namespace

TEST_CASE("rows of float64, float32 and foreign byte order, contiguous and in packed chunks") {
  checkTable("contiguous_f64.h5", DType::f64, 1e-12);
  checkTable("big_endian.h5", DType::f64, 1e-12);
  checkTable("chunked_f32.h5", DType::f32, 1e-6);
}

TEST_CASE("rows that are not there, and spaces that fit no row") {
  const auto file = Hdf5Reader::open(sample("contiguous_f64.h5"));
  REQUIRE(file);
  std::vector<float> space(16);
  CHECK(file->readRows(2, std::span(space)).error().code == ErrorCode::invalidArgument);
  CHECK(!file->readRows(-1, std::span(space)));
  CHECK(!file->readRows(std::numeric_limits<std::int64_t>::max(), std::span(space)));
  CHECK(!file->readRows(0, std::span(space).first(9)));
  CHECK(file->readRows(3, std::span(space).first(0)));
}

TEST_CASE("whole numbers of every width, and floats that are whole") {
  const auto list = listHdf5(sample("kinds.h5"));
  REQUIRE(list);
  REQUIRE(list->size() == 9);
  for (const Hdf5Dataset& dataset : *list) {
    INFO(dataset.name);
    const auto file = Hdf5Reader::open(sample("kinds.h5"), dataset.name);
    REQUIRE(file);
    std::vector<std::int64_t> values(3);
    REQUIRE(file->readRows(0, std::span(values)));
    CHECK(values == std::vector<std::int64_t>{1, 2, 100});
  }
  std::vector<std::int64_t> order(3);
  const auto whole = Hdf5Reader::open(sample("floating_order.h5"), "whole");
  REQUIRE(whole);
  REQUIRE(whole->readRows(0, std::span(order)));
  CHECK(order == std::vector<std::int64_t>{4, 0, 3});
  const auto broken = Hdf5Reader::open(sample("floating_order.h5"), "broken");
  REQUIRE(broken);
  CHECK_THAT(broken->readRows(0, std::span(order)).error().message, Catch::ContainsSubstring("row 1"));
}

TEST_CASE("Keras weights are a checkpoint like any other") {
  const auto file = readCheckpoint(sample("keras.h5"));
  REQUIRE(file);
  REQUIRE(file->tensors.size() == 3);
  CHECK(file->tensors[0].name == "dense_1/dense_1/bias:0");
  CHECK(file->tensors[1].shape == std::vector<std::int64_t>{2, 3});
  std::vector<float> kernel(6);
  REQUIRE(file->tensors[1].bytes.size() == 24);
  std::memcpy(kernel.data(), file->tensors[1].bytes.data(), 24);
  CHECK(kernel == std::vector<float>{0, 1, 2, 3, 4, 5});
  CHECK(file->tensors[2].shape.empty());
  CHECK(file->tensors[2].dtype == DType::f64);
}

TEST_CASE("rings of groups end, and links to other files are not followed") {
  const auto list = listHdf5(sample("ring.h5"));
  REQUIRE(list);
  CHECK(list->size() == 1);
  CHECK_THAT(refusal("ring.h5", "foreign"), Catch::ContainsSubstring("no dataset of numbers foreign"));
  CHECK_THAT(refusal("external.h5"), Catch::ContainsSubstring("other files"));
  CHECK_THAT(refusal("virtual.h5"), Catch::ContainsSubstring("other files"));
}

TEST_CASE("unusable files are refused in one line") {
  CHECK_THAT(refusal("lzf.h5"), Catch::ContainsSubstring("lzf"));
  CHECK_THAT(refusal("boast.h5"), Catch::ContainsSubstring("fewer numbers"));
  CHECK_THAT(refusal("huge_chunk.h5"), Catch::ContainsSubstring("chunks are too large"));
  CHECK_THAT(refusal("keras.h5"), Catch::ContainsSubstring("say which one"));
  CHECK_THAT(refusal("order.h5", "avadataset"), Catch::ContainsSubstring("it has order"));
  CHECK_THAT(refusal("make_hdf5.py"), Catch::ContainsSubstring("is no HDF5 file"));
  CHECK_THAT(refusal("missing.h5"), Catch::ContainsSubstring("no such file"));
  CHECK(!readCheckpoint(sample("boast.h5")));
}

TEST_CASE("a file cut off anywhere is refused or read as far as it goes, never more") {
  const test::Scratch scratch;
  for (const char* name : {"contiguous_f64.h5", "chunked_f32.h5", "kinds.h5"}) {
    const auto whole = readFile(sample(name), 1 << 20);
    REQUIRE(whole);
    for (std::size_t size = 0; size < whole->size(); size += 97) {
      INFO(name << " " << size);
      REQUIRE(writeFileAtomically(scratch / "cut.h5", whole->substr(0, size)));
      CHECK(!readHdf5Tensors(scratch / "cut.h5"));
    }
  }
}

TEST_CASE("what is written by rows is read back by rows") {
  const test::Scratch scratch;
  for (const DType kind : {DType::f32, DType::f64, DType::i64}) {
    for (const int compression : {0, 4}) {
      Hdf5Layout layout;
      layout.dataset = "features";
      layout.dtype = kind;
      layout.rowShape = {2, 3};
      layout.compression = compression;
      layout.chunkRows = 2;
      auto writer = Hdf5Writer::create(scratch / "x.h5", layout);
      REQUIRE(writer);
      const std::vector<float> one{1, 2, 3, 4, 5, 6};
      std::vector<double> two(12, -7.0);
      REQUIRE(writer->append(std::span(one)));
      REQUIRE(writer->append(std::span<const double>(two)));
      REQUIRE(writer->append(std::span<const std::int64_t>(std::vector<std::int64_t>{9, 9, 9, 9, 9, 9})));
      CHECK_FALSE(writer->append(std::span(one).first(5)));
      REQUIRE(writer->finish());
      CHECK_FALSE(writer->append(std::span(one)));

      const auto file = Hdf5Reader::open(scratch / "x.h5");
      REQUIRE(file);
      CHECK(file->dataset().name == "features");
      CHECK(file->dataset().dtype == kind);
      CHECK(file->dataset().shape == std::vector<std::int64_t>{4, 2, 3});
      std::vector<float> rows(24);
      REQUIRE(file->readRows(0, std::span(rows)));
      CHECK(std::vector<float>(rows.begin(), rows.begin() + 6) == one);
      CHECK(rows[6] == -7.0F);
      CHECK(rows[23] == 9.0F);
    }
  }
}

TEST_CASE("an unfinished file leaves nothing behind, and what stood there stays") {
  const test::Scratch scratch;
  REQUIRE(writeFileAtomically(scratch / "x.h5", "before"));
  {
    auto writer = Hdf5Writer::create(scratch / "x.h5", {});
    REQUIRE(writer);
    const std::vector<float> row{1.0F};
    REQUIRE(writer->append(std::span(row)));
  }
  CHECK(*readFile(scratch / "x.h5", 100) == "before");
  CHECK(std::distance(std::filesystem::directory_iterator(scratch.path()), {}) == 1);
}

TEST_CASE("impossible layouts are refused before anything is made") {
  const test::Scratch scratch;
  const auto refused = [&](auto change) {
    Hdf5Layout layout;
    change(layout);
    return !Hdf5Writer::create(scratch / "x.h5", layout);
  };
  CHECK(refused([](Hdf5Layout& l) { l.dataset = ""; }));
  CHECK(refused([](Hdf5Layout& l) { l.dataset = "a/b"; }));
  CHECK(refused([](Hdf5Layout& l) { l.dtype = DType::u8; }));
  CHECK(refused([](Hdf5Layout& l) { l.rowShape = {3, 0}; }));
  CHECK(refused([](Hdf5Layout& l) { l.rowShape = {-1}; }));
  CHECK(refused([](Hdf5Layout& l) { l.compression = 10; }));
  CHECK(!std::filesystem::exists(scratch / "x.h5"));
}

TEST_CASE("several threads may read at once") {
  std::vector<std::thread> threads;
  std::vector<int> good(4, 0);
  for (std::size_t t = 0; t < good.size(); ++t)
    threads.emplace_back([&good, t] {
      for (int i = 0; i < 20; ++i) {
        const auto file = Hdf5Reader::open(sample("chunked_f32.h5"));
        std::vector<float> row(8);
        if (file && file->readRows(1, std::span(row)) && row[0] == static_cast<float>(8.0 / 3.0)) ++good[t];
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == std::vector<int>(4, 20));
}
