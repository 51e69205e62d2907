// golden.augment: the published loader item by item, with its random draws replayed. Waveforms wave/w<i> and pictures
// base_image/v<i> belong to three items of five classes: item 0 is class 1, item 1 classes 3 and 0, item 2 class 2.
// Stored picture f of an item is its base image rolled right by 3 f columns; picture 7 of item 0 does not exist.
#include <array>
#include <regex>
#include <string>
#include <vector>

#include "core/dsp/augment.h"
#include "core/dsp/frontend.h"
#include "core/picture/frame_choice.h"
#include "core/picture/picture_augment.h"
#include "core/picture/picture_input.h"
#include "tests/golden/fbank_compare.h"
#include "tests/golden/golden_frames.h"

using namespace chladni;
using namespace chladni::dsp;
using namespace chladni::picture;
using chladni::test::FloatTensor;
using chladni::test::GoldenFile;

namespace {

const std::array<std::vector<std::int64_t>, 3> kClassesOfItem{{{1}, {3, 0}, {2}}};

// The metadata of a case is one JSON object with unique keys.
double number(const std::string& json, const std::string& key, double missing) {
  std::smatch match;
  return std::regex_search(json, match, std::regex("\"" + key + "\"\\s*:\\s*(-?[0-9.eE+-]+)")) ? std::stod(match[1])
                                                                                              : missing;
}

bool flag(const std::string& json, const std::string& key) {
  return std::regex_search(json, std::regex("\"" + key + "\"\\s*:\\s*true"));
}

// The recorded draws of a case, taken in order.
class Draws {
 public:
  Draws(const GoldenFile& file, std::string group) : file_(file), group_(std::move(group)) {}
  FloatTensor table() { return file_.floats(group_ + "/draw" + std::to_string(next_++)); }
  float value() { return table().values.at(0); }

 private:
  const GoldenFile& file_;
  std::string group_;
  int next_ = 0;
};

std::vector<float> wave(const GoldenFile& file, std::int64_t item) {
  const FloatTensor stored = file.floats("wave/w" + std::to_string(item));
  return {stored.values.begin(), stored.values.begin() + stored.shape.at(1)};
}

constexpr int kStoredPictures = 10;

VideoFrame storedPicture(const GoldenFile& file, std::int64_t item, int index) {
  VideoFrame frame = test::goldenFrame(file, "base_image/v" + std::to_string(item));
  const std::ptrdiff_t bytes = frame.width * 3;
  const std::ptrdiff_t shift = (index * 3) % frame.width * 3;
  for (auto row = frame.rgb.begin(); row != frame.rgb.end(); row += bytes)
    std::rotate(row, row + (bytes - shift), row + bytes);
  return frame;
}

std::vector<float> seen(const GoldenFile& file, std::int64_t item, int wanted, int side) {
  std::vector<bool> exists(kStoredPictures, true);
  if (item == 0) exists[7] = false;
  const auto index = availableFrame(exists, wanted);
  REQUIRE(index);
  PictureSpec spec;
  spec.size = side;
  const auto input = pictureInput(storedPicture(file, item, *index), spec);
  REQUIRE(input);
  return *input;
}

FrontendSpec specOf(const std::string& json) {
  FrontendSpec spec;
  spec.melBins = static_cast<int>(number(json, "num_mel_bins", 128));
  spec.targetFrames = static_cast<std::int64_t>(number(json, "target_length", 1024));
  spec.mean = static_cast<float>(number(json, "mean", 0.0));
  spec.deviation = static_cast<float>(number(json, "std", 1.0));
  spec.deviationFactor = 1.0F;
  return spec;
}

struct Item {
  Matrix features;
  std::vector<float> label;
  std::vector<float> picture;
};

Item load(const GoldenFile& file, const std::string& group, const std::string& json, std::int64_t classes) {
  Draws draws(file, group);
  const auto index = static_cast<std::int64_t>(number(json, "index", 0));
  const auto smoothing = static_cast<float>(number(json, "label_smooth", 0.0));
  const auto side = static_cast<int>(number(json, "im_res", 224));
  const auto& own = kClassesOfItem.at(static_cast<std::size_t>(index));
  Item item;
  std::vector<float> sound;
  if (draws.value() < number(json, "mixup", 0.0)) {
    const auto partner = static_cast<std::int64_t>(draws.value());
    const float lambda = draws.value();
    const auto ownPicture = static_cast<int>(draws.value());
    const auto partnersPicture = static_cast<int>(draws.value());
    item.picture =
        mixPictures(seen(file, index, ownPicture, side), seen(file, partner, partnersPicture, side), lambda);
    sound = mixWaveforms(wave(file, index), wave(file, partner), lambda);
    item.label =
        mixedLabelVector(classes, own, kClassesOfItem.at(static_cast<std::size_t>(partner)), lambda, smoothing);
  } else {
    const bool training = json.find("\"mode\": \"train\"") != std::string::npos;
    const int wanted = training ? static_cast<int>(draws.value())
                                : static_cast<int>(number(json, "frame_use", evaluationFrame(kStoredPictures)));
    item.picture = seen(file, index, wanted, side);
    sound = wave(file, index);
    subtractMean(sound);
    item.label = labelVector(classes, own, smoothing);
  }

  const auto frontend = Frontend::create(specOf(json));
  REQUIRE(frontend);
  auto features = frontend->features(sound);
  REQUIRE(features);
  item.features = frontend->fitFrames(std::move(*features));
  if (const auto width = static_cast<std::int64_t>(number(json, "freqm", 0)); width > 0) {
    const float u1 = draws.value();
    const float u2 = draws.value();
    maskBins(item.features, drawMask(item.features.columns, width, u1, u2));
  }
  if (const auto width = static_cast<std::int64_t>(number(json, "timem", 0)); width > 0) {
    const float u1 = draws.value();
    const float u2 = draws.value();
    maskFrames(item.features, drawMask(item.features.rows, width, u1, u2));
  }
  frontend->normalise(item.features);
  if (flag(json, "noise")) {
    const FloatTensor table = draws.table();
    const float scale = draws.value();
    addNoise(item.features, table.values, scale);
    rollFrames(item.features, static_cast<std::int64_t>(draws.value()));
  }
  return item;
}

}  // namespace

TEST_CASE("every item of the loader") {
  const GoldenFile file("augment");
  int cases = 0;
  int pictures = 0;
  for (const auto& [group, json] : file.metadata()) {
    if (json.find("\"draw_order\"") == std::string::npos) continue;
    INFO(group);
    const FloatTensor label = file.floats(group + "/label");
    const Item item = load(file, group, json, static_cast<std::int64_t>(label.values.size()));
    const double floor = (-12.0 - number(json, "mean", 0.0)) / number(json, "std", 1.0);
    test::requireClose(item.features, file.floats(group + "/fbank"), {1e-3, 1e-2, floor});
    for (std::size_t c = 0; c < label.values.size(); ++c) {
      CHECK(std::abs(item.label[c] - label.values[c]) <= 1e-6F);
    }
    ++cases;
    if (!file.has(group + "/image")) continue;
    const FloatTensor image = file.floats(group + "/image");
    REQUIRE(image.values.size() == item.picture.size());
    for (std::size_t i = 0; i < image.values.size(); ++i)
      REQUIRE(std::abs(item.picture[i] - image.values[i]) <= 1e-5F);
    ++pictures;
  }
  CHECK(cases > 0);
  CHECK(pictures > 0);
}

TEST_CASE("every tensor is of a kind that is looked at") {
  const GoldenFile file("augment");
  const std::regex known("(base_image/v|wave/w)[0-9]+|[^/]+/(fbank|label|image|draw[0-9]+)");
  for (const std::string& name : file.names()) {
    INFO(name);
    CHECK(std::regex_match(name, known));
    const std::string group = name.substr(0, name.find('/'));
    CHECK((group == "base_image" || group == "wave" || file.metadata().count(group) == 1));
  }
}
