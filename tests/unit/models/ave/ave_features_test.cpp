// From feature files of the published form to events: a folder that the test writes, and, where somebody has them
// ($CHLADNI_SHARED_DIR/golden/ave_formats), the small published files.
#include <cstdlib>

#include "core/analysis/events.h"
#include "core/analysis/feature_file.h"
#include "core/analysis/localisation.h"
#include "core/datasets/ave_annotations.h"
#include "core/serial/hdf5_file.h"
#include "tests/unit/models/ave/ave_package.h"

using namespace chladni;
using namespace chladni::test;
namespace fs = std::filesystem;

namespace {

void writeFeatures(const fs::path& path, std::int64_t clips, const std::vector<std::int64_t>& shape, unsigned seed, DType dtype) {
  serial::Hdf5Layout layout;
  layout.dtype = dtype;
  layout.rowShape = shape;
  layout.rowShape.insert(layout.rowShape.begin(), 10);
  auto writer = serial::Hdf5Writer::create(path, layout);
  REQUIRE(writer);
  for (std::int64_t clip = 0; clip < clips; ++clip)
    REQUIRE(writer->append(std::span<const float>(randomFeatures(10, shape, seed + static_cast<unsigned>(clip)).values)));
  REQUIRE(writer->finish());
}

// Every clip of two files through a localiser with weights of the right sizes, to events.
void requireEvents(const Scratch& scratch, const fs::path& sounds, const fs::path& pictures) {
  const auto heard = serial::Hdf5Reader::open(sounds);
  const auto viewed = serial::Hdf5Reader::open(pictures);
  REQUIRE((heard && viewed));
  const std::int64_t clips = std::min(heard->rows(), viewed->rows());  // the small published picture file holds the first few
  REQUIRE(clips > 0);
  const auto soundShape = heard->rowShape(), pictureShape = viewed->rowShape();
  REQUIRE((soundShape.size() == 2 && pictureShape.size() == 4));
  auto config = tinyAve();
  config.soundWidth = soundShape[1];
  config.gridRows = pictureShape[1];
  config.gridColumns = pictureShape[2];
  config.pictureWidth = pictureShape[3];
  const auto grid = std::to_string(config.gridRows) + "x" + std::to_string(config.gridColumns);
  const auto model = loadTiny(importTiny(scratch, AveKind::avAtt, tinyWeights(config), {{"grid", grid}}), AveKind::avAtt);
  const auto needs = model->localiser()->needs();
  for (std::int64_t clip = 0; clip < clips; ++clip) {
    INFO("clip " << clip);
    auto sound = analysis::readFeatureFile(sounds, {needs.soundWidth}, clip);
    auto picture = analysis::readFeatureFile(pictures, needs.pictureShape, clip);
    REQUIRE((sound && picture));
    std::vector<float> row(static_cast<std::size_t>(heard->rowValues()));
    REQUIRE(heard->readRows(clip, std::span(row)));
    CHECK(sound->values == row);
    const auto found = analysis::localise({*sound, *picture}, *model, {});
    REQUIRE(found);
    CHECK(found->segments.size() == 10);
    const auto labels = analysis::labelsOf(found->segments, found->scores);
    REQUIRE(labels);
    const int background = analysis::backgroundClass(found->classes);
    CHECK(background == 28);
    std::int64_t seconds = 0, expected = 0;
    for (const auto& event : analysis::eventsOf(*labels, {background, 0.0F}))
      seconds += std::llround(event.span.end.seconds() - event.span.start.seconds());
    for (const auto& label : *labels) expected += label.index != background ? 1 : 0;
    CHECK(seconds == expected);
  }
}

}  // namespace

TEST_CASE("feature files of the published form give events") {
  const Scratch scratch;
  writeFeatures(scratch / "audio_feature.h5", 3, {6}, 20, DType::f64);
  writeFeatures(scratch / "visual_feature.h5", 3, {2, 3, 5}, 30, DType::f32);
  requireEvents(scratch, scratch / "audio_feature.h5", scratch / "visual_feature.h5");
  const auto refused = [&](const std::vector<std::int64_t>& shape, std::optional<std::int64_t> clip, ErrorCode code) {
    const auto read = analysis::readFeatureFile(scratch / "audio_feature.h5", shape, clip);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == code);
  };
  refused({7}, 0, ErrorCode::incompatibleModel);
  refused({2, 3, 5}, 0, ErrorCode::incompatibleModel);
  refused({6}, 3, ErrorCode::invalidArgument);
  refused({6}, -1, ErrorCode::invalidArgument);
  refused({6}, std::nullopt, ErrorCode::invalidArgument);
  CHECK_FALSE(analysis::readFeatureFile(scratch / "none.h5", {6}, 0));
}

TEST_CASE("published feature files give events") {
  const char* shared = std::getenv("CHLADNI_SHARED_DIR");
  if (!shared || *shared == 0) return;
  const fs::path folder = fs::path(shared) / "golden" / "ave_formats";
  if (!fs::exists(folder)) return;
  const Scratch scratch;
  requireEvents(scratch, folder / "mini_audio_feature.h5", folder / "mini_visual_feature.h5");
  const auto annotations = datasets::readAveAnnotations(folder / "mini_Annotations_with_header.txt");
  REQUIRE(annotations);
  const auto clips = serial::Hdf5Reader::open(folder / "mini_audio_feature.h5");
  REQUIRE(clips);
  CHECK(clips->rows() == static_cast<std::int64_t>(annotations->rows.size()));
}
