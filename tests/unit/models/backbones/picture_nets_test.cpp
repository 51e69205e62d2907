// VGG-19 and ResNet against what torchvision made of the same weights and pictures (models/convert/record_picture_nets.py).
#include "models/backbones/resnet_net.h"
#include "models/backbones/vgg19_net.h"
#include "tests/golden/ast_compare.h"
#include "tests/unit/models/backbones/backbone_package.h"

using namespace chladni;
using namespace chladni::models::backbones;

namespace {

constexpr std::int64_t kSide = 64;

nn::NamedTensors recordedOutputs() {
  const auto file = serial::readSafetensors(std::filesystem::path(CHLADNI_SOURCE_DIR) / "tests/unit/models/backbones/picture_nets.safetensors");
  REQUIRE(file);
  const auto tensors = nn::toNamedTensors(file->tensors);
  REQUIRE(tensors);
  return *tensors;
}

std::size_t compareNet(const std::string& family, const Sizes& sizes) {
  const auto& kind = *kindOf(family);
  nn::NamedTensors tensors;
  for (const auto& item : kind.parameters(sizes, kSide, kSide))
    tensors[item.name] = test::formulaTensor(family + ":" + item.name, item.shape, test::kindOfTensor(item));
  auto found = kind.detect(tensors);
  CHECK(found == sizes);
  const auto net = kind.make({tensors, sizes, kSide, kSide, nn::Runtime{}});
  const auto pictures = test::formulaTensor("pictures", {2, 3, kSide, kSide}, "sig");
  std::size_t compared = 0;
  for (const auto& [name, expected] : recordedOutputs()) {
    if (!name.starts_with(family + ".")) continue;
    INFO(name);
    auto result = net->run(pictures, name.substr(family.size() + 1), {});
    REQUIRE(result);
    if (result->dim() == 4 && expected.dim() == 2) result = result->mean({1, 2});
    test::requireClose(name, *result, expected, 1e-5 + 1e-5 * expected.abs().max().item<double>());
    ++compared;
  }
  return compared;
}

}  // namespace

TEST_CASE("VGG-19 equals torchvision's") {
  CHECK(compareNet("vgg19", {{"width", 8}, {"dense", 32}, {"classes", 10}}) == 8);
}

TEST_CASE("ResNet equals torchvision's") {
  CHECK(compareNet("resnet", {{"width", 64}, {"blocks1", 1}, {"blocks2", 1}, {"blocks3", 2}, {"blocks4", 1}, {"keras", 0}, {"classes", 10}}) == 6);
}

TEST_CASE("ResNet-50, 101 and 152 by their blocks") {
  Sizes sizes{{"blocks1", 3}, {"blocks2", 4}, {"blocks3", 6}, {"blocks4", 3}};
  CHECK(ResnetNet::depth(sizes) == 50);
  sizes["blocks3"] = 23;
  CHECK(ResnetNet::depth(sizes) == 101);
  sizes["blocks2"] = 8;
  sizes["blocks3"] = 36;
  CHECK(ResnetNet::depth(sizes) == 152);
}

TEST_CASE("A convolution with one zero more behind than before equals the padded one") {
  const auto picture = test::formulaTensor("p", {1, 3, 8, 10}, "sig");
  const auto weight = test::formulaTensor("w", {4, 3, 3, 3}, "weight");
  const auto bias = test::formulaTensor("b", {4}, "bias");
  const nn::PreparedConv conv({weight, bias}, {2, {0, 1, 0, 1}, 1, false}, nn::Runtime{});
  const auto expected = at::conv2d(at::constant_pad_nd(picture, {0, 1, 0, 1}, 0), weight, bias, 2);
  test::requireClose("convolution", nn::fromConv(conv.forward(nn::toConvInput(picture, nn::Runtime{}))), expected, 1e-5);
}
