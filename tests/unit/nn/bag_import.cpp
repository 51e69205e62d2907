// Importing bags of codes: wrapped names, centres in a file of their own, and what is missing, strange or too large.
#include <algorithm>

#include "core/nn/tensor_exchange.h"
#include "models/bag_of_codes/bag_family.h"
#include "tests/support/scratch.h"
#include "tests/unit/nn/bag_package.h"

using namespace chladni;
using namespace chladni::inference;
using namespace chladni::models::bag;
using test::Scratch;

namespace {

std::vector<TensorBlob> published() {
  auto tensors = test::bagWeights();
  for (auto& tensor : tensors) tensor.name = "module." + tensor.name;
  for (auto& tensor : test::bagCentres()) tensors.push_back(tensor);
  return tensors;
}

ImportOptions write(const Scratch& scratch, const std::vector<TensorBlob>& tensors) {
  REQUIRE(serial::writeSafetensors(scratch / "published.safetensors", {tensors, {}}));
  ImportOptions options;
  options.source = scratch / "published.safetensors";
  options.destination = scratch / "package";
  options.title = "Imported";
  options.classes = {"a", "b", "c"};
  return options;
}

bool mentions(const ImportReport& report, const std::string& text) {
  return std::any_of(report.lines.begin(), report.lines.end(),
                     [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("A whole checkpoint becomes a package that loads and answers alike") {
  const Scratch scratch;
  const auto report = BagOfCodesFamily().importCheckpoint(write(scratch, published()));
  if (!report) FAIL(report.error().describe());
  REQUIRE(report->accepted);
  CHECK(mentions(*report, "module."));
  CHECK(report->spec.multiLabel);
  CHECK(*configFromSpec(report->spec) == test::tinyBag());
  REQUIRE(verifyModelPackage(report->spec));
  const auto imported = BagOfCodesFamily().load(report->spec, {"cpu", Precision::fp32});
  REQUIRE(imported);
  const auto folder = scratch / "direct";
  const auto direct = BagOfCodesFamily().load(
      test::writeBag(folder, test::bagWeights(), test::bagCentres(), test::tinyBagSpec(folder)), {"cpu", Precision::fp32});
  REQUIRE(direct);
  const std::vector<float> click{0.5F, -0.5F, 0.25F};
  const ModelInput input(click);
  const auto first = (*imported)->classifier()->logitsOf({&input, 1}, {});
  const auto second = (*direct)->classifier()->logitsOf({&input, 1}, {});
  REQUIRE((first && second));
  CHECK(first->values == second->values);
}

TEST_CASE("Centres may lie in a file of their own, and be stored in single precision") {
  const Scratch scratch;
  auto options = write(scratch, test::bagWeights());
  CHECK(BagOfCodesFamily().importCheckpoint(options).error().message.find("codebook=") != std::string::npos);
  auto centres = test::bagCentres();
  for (auto& blob : centres) {
    const auto tensor = nn::toTensor(blob);
    REQUIRE(tensor);
    blob = nn::toBlob(blob.name, *tensor, DType::f32);
  }
  REQUIRE(serial::writeSafetensors(scratch / "centres.safetensors", {centres, {}}));
  options.settings["codebook"] = (scratch / "centres.safetensors").string();
  options.settings["bicubic"] = "pytorch";
  const auto report = BagOfCodesFamily().importCheckpoint(options);
  if (!report) FAIL(report.error().describe());
  CHECK(report->accepted);
  CHECK(mentions(*report, "double precision"));
  CHECK(report->spec.number("bicubic") == -0.75);
}

TEST_CASE("What does not fit is named and nothing is written") {
  const Scratch scratch;
  auto tensors = published();
  tensors.front().name = "module.strange.weight";
  const auto report = BagOfCodesFamily().importCheckpoint(write(scratch, tensors));
  REQUIRE(report);
  CHECK_FALSE(report->accepted);
  CHECK(mentions(*report, "strange.weight"));
  CHECK_FALSE(std::filesystem::exists(scratch / "package"));

  tensors = published();
  for (auto& tensor : tensors)
    if (tensor.name == "kmeans.fenv.centers") tensor.name = "kmeans.fenv.centres";
  const auto spelt = BagOfCodesFamily().importCheckpoint(write(scratch, tensors));
  REQUIRE(spelt);
  CHECK_FALSE(spelt->accepted);
  CHECK(mentions(*spelt, "kmeans.fenv.centers"));

  auto options = write(scratch, published());
  options.settings["frames"] = "99";
  CHECK(BagOfCodesFamily().importCheckpoint(options).error().code == ErrorCode::incompatibleModel);
  options.settings["frames"] = "many";
  CHECK(BagOfCodesFamily().importCheckpoint(options).error().code == ErrorCode::invalidArgument);
  options.settings.clear();
  options.classes = {"a"};
  CHECK(BagOfCodesFamily().importCheckpoint(options).error().message.find("3 classes") != std::string::npos);
}
