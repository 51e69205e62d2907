// The published small files of AVE, where somebody has them: $CHLADNI_SHARED_DIR/golden/ave_formats. Without that folder
// these cases pass without looking at anything; ave_test.cpp makes files of its own.
#include <cstdlib>
#include <cstring>
#include <numeric>

#include "core/datasets/ave_folder.h"
#include "core/datasets/class_table.h"
#include "core/serial/checkpoint_reader.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::datasets;

namespace {

namespace fs = std::filesystem;

fs::path folder() {
  const char* shared = std::getenv("CHLADNI_SHARED_DIR");
  if (!shared || *shared == 0) return {};
  const fs::path path = fs::path(shared) / "golden" / "ave_formats";
  return fs::exists(path) ? path : fs::path();
}

const TensorBlob& tensor(const serial::TensorFile& file, const std::string& name) {
  for (const TensorBlob& blob : file.tensors)
    if (blob.name == name) return blob;
  FAIL("expected.safetensors holds no " << name);
  return file.tensors.front();
}

template <class Number>
std::vector<Number> valuesOf(const TensorBlob& blob) {
  REQUIRE(bytesPerElement(blob.dtype) == sizeof(Number));
  std::vector<Number> values(blob.bytes.size() / sizeof(Number));
  if (!values.empty()) std::memcpy(values.data(), blob.bytes.data(), blob.bytes.size());
  return values;
}

std::vector<std::int64_t> supportOf(const AveAnnotations& annotations, const std::vector<std::int64_t>& order) {
  std::vector<std::int64_t> support(annotations.classes.size(), 0);
  for (const std::int64_t row : order)
    for (const int index : annotations.segmentClasses(static_cast<std::size_t>(row)))
      ++support[static_cast<std::size_t>(index)];
  return support;
}

}  // namespace

TEST_CASE("published annotations, orders and labels agree with what is recorded") {
  if (folder().empty()) return;
  const auto expected = serial::readCheckpoint(folder() / "expected.safetensors");
  REQUIRE(expected);
  const auto annotations = readAveAnnotations(folder() / "Annotations.txt");
  REQUIRE(annotations);
  const auto names = ClassTable::read(folder() / "class_names.json");
  REQUIRE(names);
  CHECK(annotations->classes == names->names());
  const auto rows = static_cast<std::int64_t>(annotations->rows.size());

  const auto segments = valuesOf<std::uint8_t>(tensor(*expected, "out.segment_class_index"));
  REQUIRE(segments.size() == annotations->rows.size() * kAveSegments);
  std::vector<std::int64_t> rowsPerClass(annotations->classes.size() - 1, 0);
  std::vector<std::int64_t> lengths(kAveSegments + 1, 0);
  for (std::size_t row = 0; row < annotations->rows.size(); ++row) {
    const auto classes = annotations->segmentClasses(row);
    for (std::size_t s = 0; s < classes.size(); ++s) REQUIRE(classes[s] == segments[row * kAveSegments + s]);
    const AveRow& one = annotations->rows[row];
    ++rowsPerClass[*names->find(one.category)];
    ++lengths[static_cast<std::size_t>(one.end - one.start)];
  }
  CHECK(rowsPerClass == valuesOf<std::int64_t>(tensor(*expected, "out.rows_per_class")));
  CHECK(lengths == valuesOf<std::int64_t>(tensor(*expected, "out.event_length_histogram")));

  const auto splits = readAveSplits(folder(), rows);
  REQUIRE(splits);
  for (const auto& [name, order] : {std::pair{"train", &splits->train}, std::pair{"val", &splits->validation},
                                    std::pair{"test", &splits->test}}) {
    INFO(name);
    CHECK(*order == valuesOf<std::int64_t>(tensor(*expected, std::string("in.") + name + "_order")));
    CHECK(supportOf(*annotations, *order) ==
          valuesOf<std::int64_t>(tensor(*expected, std::string("out.") + name + "_support")));
  }
  CHECK(readAveSplits(folder(), rows, "_match"));

  const auto events = readOneHot(folder() / "mil_labels.h5");
  REQUIRE(events);
  REQUIRE(events->rows == rows);
  for (std::size_t row = 0; row < annotations->rows.size(); ++row)
    REQUIRE(names->names()[static_cast<std::size_t>(events->indices[row])] == annotations->rows[row].category);

  const auto inside = serial::Hdf5Reader::open(folder() / "labels_closs.h5");
  REQUIRE(inside);
  std::vector<float> flags(static_cast<std::size_t>(rows) * kAveSegments);
  REQUIRE(inside->readRows(0, std::span(flags)));
  const int background = static_cast<int>(annotations->classes.size()) - 1;
  for (std::size_t row = 0; row < annotations->rows.size(); ++row) {
    const auto classes = annotations->segmentClasses(row);
    for (std::size_t s = 0; s < classes.size(); ++s)
      REQUIRE((flags[row * kAveSegments + s] == 1.0F) == (classes[s] != background));
  }
}

TEST_CASE("published features are read row by row") {
  if (folder().empty()) return;
  const auto expected = serial::readCheckpoint(folder() / "expected.safetensors");
  REQUIRE(expected);
  const auto features = serial::Hdf5Reader::open(folder() / "audio_feature_noisy.h5", "avadataset");
  REQUIRE(features);
  std::vector<double> row(static_cast<std::size_t>(features->rowValues()));
  double sum = 0.0;
  std::int64_t zeros = 0;
  for (std::int64_t r = 0; r < features->rows(); ++r) {
    REQUIRE(features->readRows(r, std::span(row)));
    if (r == 0) CHECK(row == valuesOf<double>(tensor(*expected, "noisy_audio.out.first_row")));
    sum = std::accumulate(row.begin(), row.end(), sum);
    zeros += std::count(row.begin(), row.end(), 0.0);
  }
  const double values = static_cast<double>(features->rows() * features->rowValues());
  CHECK(sum == Approx(valuesOf<double>(tensor(*expected, "noisy_audio.out.sum"))[0]).epsilon(1e-9));
  CHECK(static_cast<double>(zeros) / values ==
        Approx(valuesOf<double>(tensor(*expected, "noisy_audio.out.zero_fraction"))[0]).epsilon(1e-9));
}

TEST_CASE("every other file of the folder opens") {
  if (folder().empty()) return;
  const auto annotations = readAveAnnotations(folder() / "mini_Annotations_with_header.txt");
  REQUIRE(annotations);
  const auto labels = readOneHot(folder() / "mini_labels.h5");
  REQUIRE(labels);
  REQUIRE(labels->rows == static_cast<std::int64_t>(annotations->rows.size()));
  for (std::size_t row = 0; row < annotations->rows.size(); ++row) {
    const auto classes = annotations->segmentClasses(row);
    CHECK(std::equal(classes.begin(), classes.end(),
                     labels->indices.begin() + static_cast<std::ptrdiff_t>(row) * kAveSegments));
  }
  CHECK(readOrder(folder() / "mini_order.h5", labels->rows));
  for (const auto& entry : fs::directory_iterator(folder())) {
    if (entry.path().extension() != ".h5") continue;
    INFO(entry.path().filename());
    const auto tensors = serial::readCheckpoint(entry.path());
    REQUIRE(tensors);
    CHECK(!tensors->tensors.empty());
  }
}
