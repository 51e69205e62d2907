// Importing backbones under the names of their ports, of Keras and of TensorFlow, and what is not accepted.
#include "tests/unit/models/backbones/backbone_package.h"

using namespace chladni;
using namespace chladni::inference;
using chladni::test::Scratch;

namespace {

bool mentions(const ImportReport& report, const std::string& text) {
  return std::any_of(report.lines.begin(), report.lines.end(),
                     [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

void requireSameWeights(const Scratch& scratch, const nn::NamedTensors& expected) {
  const auto spec = readModelPackage(scratch / "package");
  REQUIRE(spec);
  const auto file = readModelWeights(*spec);
  REQUIRE(file);
  const auto tensors = nn::toNamedTensors(file->tensors);
  REQUIRE(tensors);
  REQUIRE(tensors->size() == expected.size());
  for (const auto& [name, tensor] : expected) {
    INFO(name);
    REQUIRE(tensors->contains(name));
    CHECK(at::equal(tensors->at(name), tensor));
  }
}

void requireAccepted(const Result<ImportReport>& report) {
  if (!report) FAIL(report.error().describe());
  for (const auto& line : report->lines) UNSCOPED_INFO(line);
  REQUIRE(report->accepted);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

// Ours to a Keras variable: "layer" and part by what the tensor is.
std::string kerasPart(const std::string& name, bool norm) {
  if (name.ends_with(".running_mean")) return "moving_mean";
  if (name.ends_with(".running_var")) return "moving_variance";
  if (name.ends_with(".weight")) return norm ? "gamma" : "kernel";
  return norm ? "beta" : "bias";
}

at::Tensor kerasAxes(const at::Tensor& tensor) {
  if (tensor.dim() == 4) return tensor.permute({2, 3, 1, 0});
  return tensor.dim() == 2 ? tensor.t() : tensor;
}

std::string parentOf(const std::string& name) { return name.substr(0, name.rfind('.')); }

nn::NamedTensors toKeras(const nn::NamedTensors& ours, const std::map<std::string, std::string>& layers) {
  nn::NamedTensors theirs;
  for (const auto& [name, tensor] : ours) {
    const auto layer = layers.at(parentOf(name));
    const bool norm = ours.contains(parentOf(name) + ".running_mean");
    theirs[layer + "/" + kerasPart(name, norm) + ":0"] = kerasAxes(tensor);
  }
  return theirs;
}

}  // namespace

TEST_CASE("Files of the PyTorch ports are imported under their names") {
  for (const auto& small : test::smallBackbones()) {
    INFO(small.family << " " << small.variant);
    const Scratch scratch;
    const auto ours = test::smallWeights(small, "port");
    nn::NamedTensors published;
    for (const auto& [name, tensor] : ours) {
      published["module." + name] = tensor;
      if (name.ends_with(".running_mean")) published["module." + parentOf(name) + ".num_batches_tracked"] = torch::ones({}, at::kLong);
    }
    if (small.family == "openl3") published["module.speclayer.melW"] = torch::ones({4});
    const auto report = test::importTensors(scratch, small, published);
    requireAccepted(report);
    CHECK(mentions(*report, "'module.'"));
    CHECK((small.family == "vggish" || small.family == "vgg19" || mentions(*report, "counts training steps")));
    requireSameWeights(scratch, ours);
    test::loaded(report->spec);
  }
}

TEST_CASE("VGG-19 of Keras: renamed, turned, and shown BGR pictures") {
  const Scratch scratch;
  const auto ours = test::smallWeights(test::smallBackbone("vgg19"), "keras");
  std::map<std::string, std::string> layers{{"classifier.0", "fc1/fc1"}, {"classifier.3", "fc2/fc2"}, {"classifier.6", "predictions/predictions"}};
  int index = 0;
  for (int block = 1; block <= 5; ++block, ++index)
    for (int conv = 1; conv <= (block < 3 ? 2 : 4); ++conv, index += 2) {
      const auto name = "block" + std::to_string(block) + "_conv" + std::to_string(conv);
      layers["features." + std::to_string(index)] = name + "/" + name;
    }
  auto theirs = toKeras(ours, layers);
  // Keras lays the map out channels last.
  const auto first = ours.at("classifier.0.weight");
  const auto channels = first.size(1) / 49;
  theirs["fc1/fc1/kernel:0"] = first.view({-1, channels, 7, 7}).permute({2, 3, 1, 0}).reshape({49 * channels, -1});
  const auto report = test::importTensors(scratch, test::smallBackbone("vgg19"), theirs);
  requireAccepted(report);
  CHECK(mentions(*report, "renamed 'block5_conv4/block5_conv4/kernel:0' to 'features.34.weight'"));
  CHECK(report->spec.frontend.picture->channelOrder == "bgr");
  CHECK(report->spec.frontend.picture->scale == 1.0F);
  requireSameWeights(scratch, ours);
}

TEST_CASE("ResNet of Keras: biased convolutions, strides in the first of a block") {
  auto small = test::smallBackbone("resnet");
  small.sizes["keras"] = 1;
  const Scratch scratch;
  const auto ours = test::smallWeights(small, "keras");
  std::map<std::string, std::string> layers{{"conv1", "conv1_conv"}, {"bn1", "conv1_bn"}, {"fc", "predictions"}};
  for (const auto& [name, tensor] : ours) {
    const auto parent = parentOf(name);
    if (!parent.starts_with("layer")) continue;
    const auto stage = "conv" + std::to_string(parent[5] - '0' + 1) + "_block" + std::to_string(parent[7] - '0' + 1) + "_";
    const auto last = parent.substr(9);
    if (last.starts_with("downsample")) layers[parent] = stage + "0_" + (last.back() == '0' ? "conv" : "bn");
    else layers[parent] = stage + last.back() + "_" + last.substr(0, last.size() - 1);
  }
  const auto report = test::importTensors(scratch, small, toKeras(ours, layers));
  requireAccepted(report);
  CHECK(report->spec.flag("keras") == true);
  requireSameWeights(scratch, ours);
  test::loaded(report->spec);
}

TEST_CASE("YAMNet of Keras: depthwise kernels turned, missing gains are 1") {
  const auto& small = test::smallBackbone("yamnet");
  const Scratch scratch;
  auto ours = test::smallWeights(small, "keras");
  nn::NamedTensors theirs;
  for (auto& [name, tensor] : ours) {
    const auto parent = parentOf(name);
    const bool norm = ours.contains(parent + ".running_mean");
    if (norm && name.ends_with(".weight")) {
      tensor = at::ones_like(tensor);
      continue;
    }
    auto layer = parent == "classifier" ? "logits" : replaced(replaced(parent, ".fused", ".conv"), ".", "/");
    layer = norm ? replaced(layer, ".bn", "/bn") : replaced(layer, ".conv", "");
    if (parent == "layer1.fused.conv") layer = "layer1/conv";
    const bool depthwise = parent.ends_with("depthwise_conv.conv");
    theirs[layer + "/" + (depthwise ? "depthwise_kernel" : kerasPart(name, norm))] =
        depthwise ? tensor.permute({2, 3, 0, 1}) : kerasAxes(tensor);
  }
  const auto report = test::importTensors(scratch, small, theirs);
  requireAccepted(report);
  CHECK(mentions(*report, "made 'layer2.depthwise_conv.bn.weight'"));
  requireSameWeights(scratch, ours);
}

TEST_CASE("Both graphs of musicnn by the order of their layers; the optimiser stays behind") {
  for (const std::string variant : {"musicnn", "vgg"}) {
    const auto& small = test::smallBackbone("musicnn", variant);
    const Scratch scratch;
    const auto ours = test::smallWeights(small, "tf");
    std::map<std::string, std::string> layers;
    const auto number = [&](const std::vector<std::string>& names, const std::string& stem) {
      for (std::size_t i = 0; i < names.size(); ++i) layers[names[i]] = i == 0 ? stem : stem + "_" + std::to_string(i);
    };
    if (variant == "musicnn") {
      number({"f74", "f77", "s1", "s2", "s3", "m1", "m2", "m3"}, "conv2d");
      number({"bn_in", "f74_bn", "f77_bn", "s1_bn", "s2_bn", "s3_bn", "m1_bn", "m2_bn", "m3_bn", "pool_bn", "dense_bn"}, "batch_normalization");
      number({"dense", "out"}, "dense");
    } else {
      number({"bn_in", "bn1", "bn2", "bn3", "bn4", "bn5"}, "batch_normalization");
      number({"out"}, "dense");
      for (int i = 1; i <= 5; ++i) layers["conv" + std::to_string(i)] = std::to_string(i) + "CNN";
    }
    auto theirs = toKeras(ours, layers);
    theirs["dense/kernel/Adam"] = torch::ones({2});
    const auto report = test::importTensors(scratch, small, theirs);
    requireAccepted(report);
    CHECK(mentions(*report, "optimiser"));
    CHECK(report->spec.text("variant") == variant);
    requireSameWeights(scratch, ours);
  }
}

TEST_CASE("What is not explained is not accepted and writes nothing") {
  const auto& small = test::smallBackbone("yamnet");
  const Scratch scratch;
  auto tensors = test::smallWeights(small, "x");
  SECTION("missing") {
    tensors.erase("layer7.pointwise_conv.bn.bias");
    const auto report = test::importTensors(scratch, small, tensors);
    REQUIRE(report);
    CHECK_FALSE(report->accepted);
    CHECK(mentions(*report, "missing tensor 'layer7.pointwise_conv.bn.bias'"));
  }
  SECTION("unexpected") {
    tensors["layer15.mystery"] = torch::ones({1});
    const auto report = test::importTensors(scratch, small, tensors);
    REQUIRE(report);
    CHECK_FALSE(report->accepted);
    CHECK(mentions(*report, "unexpected tensor 'layer15.mystery'"));
  }
  SECTION("misshapen") {
    tensors["layer3.depthwise_conv.conv.weight"] = torch::ones({3});
    const auto report = test::importTensors(scratch, small, tensors);
    REQUIRE(report);
    CHECK_FALSE(report->accepted);
  }
  SECTION("another network") {
    CHECK_FALSE(test::importTensors(scratch, small, {{"v.cls_token", torch::ones({1})}}).has_value());
  }
  SECTION("an unknown setting, or OpenL3 without its representation") {
    auto odd = small;
    odd.settings["colour"] = "red";
    const auto report = test::importTensors(scratch, odd, tensors);
    REQUIRE_FALSE(report);
    CHECK_THAT(report.error().describe(), Catch::Contains("colour"));
    auto openl3 = test::smallBackbone("openl3");
    const auto weights = test::smallWeights(openl3, "x");
    openl3.settings.clear();
    const auto silent = test::importTensors(scratch, openl3, weights);
    REQUIRE_FALSE(silent);
    CHECK_THAT(silent.error().describe(), Catch::Contains("representation"));
  }
  SECTION("the look-alike of musicnn") {
    const auto report = test::importTensors(scratch, test::smallBackbone("musicnn"), {{"spec_bn.weight", torch::ones({1})}});
    REQUIRE_FALSE(report);
    CHECK_THAT(report.error().describe(), Catch::Contains("re-implementation"));
  }
  CHECK_FALSE(std::filesystem::exists(scratch / "package"));
}

TEST_CASE("VGGish takes its principal axes from a second file") {
  auto small = test::smallBackbone("vggish");
  const Scratch scratch;
  auto tensors = test::smallWeights(small, "x");
  const auto all = tensors;
  nn::NamedTensors axes{{"pca_eigen_vectors", tensors.at("pproc.pca_eigen_vectors")},
                        {"pca_means", tensors.at("pproc.pca_means").squeeze(1)}};
  tensors.erase("pproc.pca_eigen_vectors");
  tensors.erase("pproc.pca_means");
  test::writeTensors(scratch / "axes.safetensors", axes);
  small.settings["pca"] = (scratch / "axes.safetensors").string();
  requireAccepted(test::importTensors(scratch, small, tensors));
  requireSameWeights(scratch, all);
}
