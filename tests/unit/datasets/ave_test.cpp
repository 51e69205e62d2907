#include "core/base/atomic_file.h"
#include "core/datasets/ave_folder.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::datasets;

namespace {

const char* const kPlain = "Church bell&-abcdefghij&good&6&8\nRace car, auto racing&kkkkkkkkkkk&good&0&10\n"
                           "Flute&-abcdefghij&good&0&0\n";

template <class Number>
void put(const std::filesystem::path& path, const std::string& name, DType kind, std::vector<std::int64_t> rowShape,
         const std::vector<Number>& values) {
  serial::Hdf5Layout layout;
  layout.dataset = name;
  layout.dtype = kind;
  layout.rowShape = std::move(rowShape);
  auto writer = serial::Hdf5Writer::create(path, layout);
  REQUIRE(writer);
  REQUIRE(writer->append(std::span<const Number>(values)));
  REQUIRE(writer->finish());
}

void putOrder(const std::filesystem::path& path, const std::vector<std::int64_t>& rows) {
  put(path, "order", DType::i64, {}, rows);
}

// The labels that belong to kPlain.
std::vector<double> oneHot() {
  std::vector<double> values(3 * 10 * 29, 0.0);
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t segment = 0; segment < 10; ++segment) {
      std::size_t hot = 28;
      if (row == 0 && (segment == 6 || segment == 7)) hot = 0;
      if (row == 1) hot = 4;
      values[(row * 10 + segment) * 29 + hot] = 1.0;
    }
  return values;
}

void putFolder(const std::filesystem::path& folder) {
  REQUIRE(writeFileAtomically(folder / "Annotations.txt", kPlain));
  putOrder(folder / "train_order.h5", {2});
  putOrder(folder / "val_order.h5", {0});
  putOrder(folder / "test_order.h5", {1});
}

}  // namespace

TEST_CASE("annotations: names with commas, empty events, videos that occur twice") {
  const auto annotations = parseAveAnnotations(kPlain, "a.txt");
  REQUIRE(annotations);
  REQUIRE(annotations->rows.size() == 3);
  CHECK(annotations->rows[0] == AveRow{"Church bell", "-abcdefghij", "good", 6, 8});
  CHECK(annotations->classes.size() == 29);
  CHECK(annotations->segmentClasses(0) == std::array<int, 10>{28, 28, 28, 28, 28, 28, 0, 0, 28, 28});
  CHECK(annotations->segmentClasses(1)[9] == 4);
  CHECK(annotations->segmentClasses(2)[0] == 28);
  CHECK(annotations->repeatedIds() == std::vector<std::string>{"-abcdefghij"});
  const DataSet set = annotations->items("clips");
  CHECK(set.items[1].media == std::filesystem::path("clips/kkkkkkkkkkk.mp4"));
  CHECK(set.notes.size() == 1);
}

TEST_CASE("a header and CR LF change nothing") {
  const auto plain = parseAveAnnotations(kPlain, "a.txt");
  std::string windows = "\xEF\xBB\xBF" "Category&VideoID&Quality&StartTime&EndTime\r\n";
  for (const char* at = kPlain; *at != 0; ++at) windows += *at == '\n' ? std::string("\r\n") : std::string(1, *at);
  const auto other = parseAveAnnotations(windows, "a.txt");
  REQUIRE(plain);
  REQUIRE(other);
  CHECK(other->rows == plain->rows);
}

TEST_CASE("somebody's own categories keep the order in which they appear") {
  const auto own = parseAveAnnotations("Rain & thunder&b&good&1&2\nBark&a&good&0&1\n", "a.txt");
  REQUIRE(own);
  CHECK(own->rows[0].category == "Rain & thunder");
  CHECK(own->classes == std::vector<std::string>{"Rain & thunder", "Bark", "Background"});
  CHECK(own->segmentClasses(1)[0] == 1);
}

TEST_CASE("broken annotations are refused with the line") {
  for (const char* line : {"Bark&a&good&0", "Bark&a&good&0&11", "Bark&a&good&5&4", "Bark&a&good&-1&4", "&a&good&0&1",
                           "Bark&&good&0&1", "Bark&a&good&0.5&1", "Bark&a&good&x&y"}) {
    INFO(line);
    const auto broken = parseAveAnnotations(std::string("Bark&z&good&0&1\n") + line + "\n", "a.txt");
    REQUIRE_FALSE(broken);
    CHECK_THAT(broken.error().message, Catch::ContainsSubstring("a.txt: line 2"));
  }
  CHECK(!parseAveAnnotations("", "a.txt"));
  CHECK(!parseAveAnnotations("Category&VideoID&Quality&StartTime&EndTime\n", "a.txt"));
  CHECK(!parseAveAnnotations("\xFF&a&good&0&1\n", "a.txt"));
}

TEST_CASE("rows are written as they are read") {
  const auto annotations = parseAveAnnotations(kPlain, "a.txt");
  REQUIRE(annotations);
  const auto text = aveAnnotationsText(annotations->rows);
  REQUIRE(text);
  CHECK(*text == kPlain);
  const auto headed = aveAnnotationsText(annotations->rows, true);
  REQUIRE(headed);
  CHECK(parseAveAnnotations(*headed, "h")->rows == annotations->rows);
  CHECK(!aveAnnotationsText({{"Bark", "a&b", "good", 0, 1}}));
  CHECK(!aveAnnotationsText({{"Bark", "a", "good", 0, 11}}));
  CHECK(!aveAnnotationsText({{"Bark\n", "a", "good", 0, 1}}));
}

TEST_CASE("orders hold rows that exist, once") {
  const test::Scratch scratch;
  putOrder(scratch / "o.h5", {4, 0, 3});
  const auto order = readOrder(scratch / "o.h5", 5);
  REQUIRE(order);
  CHECK(*order == std::vector<std::int64_t>{4, 0, 3});
  CHECK_THAT(readOrder(scratch / "o.h5", 4).error().message, Catch::ContainsSubstring("no row 4"));
  putOrder(scratch / "twice.h5", {1, 1});
  CHECK_THAT(readOrder(scratch / "twice.h5", 5).error().message, Catch::ContainsSubstring("twice"));
  putOrder(scratch / "negative.h5", {-1});
  CHECK(!readOrder(scratch / "negative.h5", 5));
}

TEST_CASE("one-hot labels in every kind of number, per segment and per clip") {
  const test::Scratch scratch;
  put<double>(scratch / "f64.h5", "avadataset", DType::f64, {10, 29}, oneHot());
  put<double>(scratch / "i64.h5", "avadataset", DType::i64, {10, 29}, oneHot());
  for (const char* name : {"f64.h5", "i64.h5"}) {
    const auto labels = readOneHot(scratch / name);
    REQUIRE(labels);
    CHECK(labels->rows == 3);
    CHECK(labels->perRow == 10);
    CHECK(labels->indices[6] == 0);
    CHECK(labels->indices[10] == 4);
    CHECK(labels->indices[29] == 28);
  }
  put<double>(scratch / "clip.h5", "mil", DType::f32, {3}, {0, 1, 0, 1, 0, 0});
  const auto clips = readOneHot(scratch / "clip.h5");
  REQUIRE(clips);
  CHECK(clips->perRow == 1);
  CHECK(clips->indices == std::vector<int>{1, 0});
  for (const std::vector<double>& row : {std::vector<double>{1, 1, 0}, {0, 0, 0}, {0.5, 0.5, 0}, {1, 2, 0}}) {
    put<double>(scratch / "bad.h5", "avadataset", DType::f64, {3}, row);
    CHECK(!readOneHot(scratch / "bad.h5"));
  }
}

TEST_CASE("a folder of the published layout") {
  const test::Scratch scratch;
  putFolder(scratch.path());
  {
    const auto bare = AveFolder::open(scratch.path());
    REQUIRE(bare);
    CHECK(!bare->sound());
    CHECK(bare->splits().test == std::vector<std::int64_t>{1});
    CHECK(bare->segmentClasses(1)[3] == 4);
  }
  put<double>(scratch / "labels.h5", "avadataset", DType::f64, {10, 29}, oneHot());
  std::vector<float> features(3 * 10 * 4);
  for (std::size_t i = 0; i < features.size(); ++i) features[i] = static_cast<float>(i);
  put(scratch / "audio_feature.h5", "avadataset", DType::f64, {10, 4}, features);
  put(scratch / "visual_feature.h5", "avadataset", DType::f32, {10, 2, 2, 1}, features);
  const auto full = AveFolder::open(scratch.path());
  REQUIRE(full);
  REQUIRE(full->sound());
  std::vector<float> row(40);
  REQUIRE(full->sound()->readRows(2, std::span(row)));
  CHECK(row[0] == 80.0F);
  CHECK(full->pictures()->rowShape() == std::vector<std::int64_t>{10, 2, 2, 1});
}

TEST_CASE("files that do not belong together are refused") {
  const test::Scratch scratch;
  putFolder(scratch.path());
  auto wrong = oneHot();
  std::swap(wrong[0], wrong[28]);
  put<double>(scratch / "labels.h5", "avadataset", DType::f64, {10, 29}, wrong);
  CHECK_THAT(AveFolder::open(scratch.path()).error().message, Catch::ContainsSubstring("row 0 differs"));
  std::filesystem::remove(scratch / "labels.h5");
  put(scratch / "audio_feature.h5", "avadataset", DType::f32, {10, 4}, std::vector<float>(40));
  CHECK_THAT(AveFolder::open(scratch.path()).error().message, Catch::ContainsSubstring("1 rows for 3"));
  put(scratch / "audio_feature.h5", "avadataset", DType::f32, {4}, std::vector<float>(12));
  CHECK(!AveFolder::open(scratch.path()));
  std::filesystem::remove(scratch / "audio_feature.h5");
  putOrder(scratch / "test_order.h5", {0});
  CHECK_THAT(AveFolder::open(scratch.path()).error().message, Catch::ContainsSubstring("two of the order files"));
}
