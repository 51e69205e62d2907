#include "tests/unit/models/families/small_checkpoints.h"

#include <fstream>

#include <torch/script.h>

#include "core/nn/weights.h"
#include "models/asit/asit_net.h"
#include "models/ast/ast_net.h"
#include "models/ave/ave_net.h"
#include "models/ave/matching_net.h"
#include "models/bag_of_codes/bag_codebook.h"
#include "models/bag_of_codes/bag_net.h"
#include "models/cavmae/cavmae_net.h"
#include "models/lyrics_mae/lyrics_net.h"
#include "tests/unit/models/backbones/backbone_package.h"

namespace chladni::test {
namespace {

using Path = std::filesystem::path;

template <class Net>
nn::NamedTensors weightsOf(const Net& net) {
  nn::NamedTensors tensors;
  for (const auto& item : net.named_parameters()) tensors[item.key()] = item.value().detach();
  for (const auto& item : net.named_buffers()) tensors[item.key()] = item.value();
  return tensors;
}

void writeAst(const SmallCheckpoint&, const Path& file) {
  models::ast::AstConfig config;
  config.depth = 2;
  config.width = 16;
  config.heads = 2;
  config.strideFrequency = config.strideTime = 16;
  config.frames = 96;
  config.classes = 3;
  models::ast::AstNet net(config);
  net.initialise(models::ast::AstStart::xavier);
  writeTensors(file, weightsOf(net));
}

void writeAsit(const SmallCheckpoint&, const Path& file) {
  models::asit::AsitConfig config;
  config.depth = 2;
  config.width = 16;
  config.heads = 2;
  config.frames = 96;
  config.classes = 3;
  config.reconstruction = {14, 6, true};
  models::asit::AsitNet net(config);
  net.initialise();
  writeTensors(file, weightsOf(net));
}

void writeAve(const SmallCheckpoint& self, const Path& file) {
  models::ave::AveConfig config;
  config.kind = *models::ave::kindOfFamily(self.family);
  config.soundWidth = 12;
  config.gridRows = config.gridColumns = 3;
  config.pictureWidth = 10;
  config.attentionWidth = 6;
  config.hidden = 5;
  config.headWidth = 4;
  config.classes = 3;
  models::ave::AveNet net(config);
  net.initialise();
  writeTensors(file, weightsOf(net));
}

void writeMatching(const SmallCheckpoint&, const Path& file) {
  const models::ave::MatchingNet net({12, 10, 6, 4, 0.3});
  nn::NamedTensors tensors;
  for (const auto& [name, tensor] : weightsOf(net)) tensors[name] = torch::randn_like(tensor);
  writeTensors(file, tensors);
}

models::bag::BagConfig smallBag() {
  models::bag::BagConfig config;
  config.bins = 16;
  config.frames = 20;
  config.patchBins = 4;
  config.patchFrames = 5;
  config.hidden = 6;
  config.codeDivisor = 5;
  config.clusters = 4;
  config.headHidden = 5;
  config.classes = 3;
  return config;
}

void writeBag(const SmallCheckpoint&, const Path& file) {
  const auto config = smallBag();
  auto tensors = weightsOf(models::bag::BagNet(config));
  for (const auto kind : models::bag::kPatchKinds)
    tensors[models::bag::centresName(kind)] = torch::randn({config.clusters, config.code(kind)});
  writeTensors(file, tensors);
}

void writeBackbone(const SmallCheckpoint& self, const Path& file) {
  writeTensors(file, smallWeights(smallBackbone(self.family, self.variant), self.family));
}

void writeCavmae(const SmallCheckpoint& self, const Path& file) {
  using namespace models::cavmae;
  CavmaeConfig config;
  config.task = self.paints ? Task::pretrain : Task::classify;
  config.audioDepth = config.imageDepth = config.unifiedDepth = config.decoderDepth = 1;
  config.width = 16;
  config.heads = 2;
  config.decoderWidth = 8;
  config.decoderHeads = 2;
  config.frames = 96;
  config.imageSize = 32;
  config.classes = self.classifies ? 3 : 0;
  CavmaeNet net(config);
  net.initialise();
  writeTensors(file, weightsOf(net));
}

void writeLyrics(const SmallCheckpoint& self, const Path& file) {
  models::lyrics_mae::LyricsConfig config;
  config.width = 16;
  config.heads = 2;
  config.audioDepth = config.textDepth = config.decoderDepth = 1;
  config.decoderWidth = 8;
  config.decoderHeads = 2;
  config.frames = 96;
  config.tokens = 16;
  config.vocabularySize = 9;
  config.decoder = self.paints;
  config.classes = self.classifies ? 3 : 0;
  models::lyrics_mae::LyricsNet net(config);
  net.initialise();
  writeTensors(file, weightsOf(net));
  std::ofstream(file.parent_path() / "vocab.txt") << "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nla\nlove\nyou\n##s\n";
}

SmallCheckpoint backbone(const std::string& family, const std::string& variant, bool classifies, Media media = Media::sound) {
  SmallCheckpoint row;
  row.family = family;
  row.variant = variant;
  row.settings = smallBackbone(family, variant).settings;
  row.classifies = classifies;
  row.givesFeatures = true;
  row.hasFrontend = media == Media::sound;
  row.media = media;
  row.write = writeBackbone;
  return row;
}

std::vector<SmallCheckpoint> everyFamily() {
  const std::map<std::string, std::string> ave{{"grid", "3x3"}};
  return {
      {.family = "ast", .variant = "", .settings = {{"heads", "2"}, {"frames", "96"}, {"stride_frequency", "16"}, {"stride_time", "16"}},
       .classifies = true, .attends = true, .hasFrontend = true, .write = writeAst},
      {.family = "asit", .variant = "", .settings = {{"heads", "2"}}, .classifies = true, .attends = true, .paints = true,
       .givesFeatures = true, .hasFrontend = true, .write = writeAsit},
      {.family = "av-att", .variant = "", .settings = ave, .write = writeAve},
      {.family = "dmrn", .variant = "", .settings = ave, .write = writeAve},
      {.family = "audio-only", .variant = "", .settings = {}, .write = writeAve},
      {.family = "visual-only", .variant = "", .settings = ave, .write = writeAve},
      {.family = "ave-matching", .variant = "", .settings = {}, .write = writeMatching},
      {.family = "bag-of-codes", .variant = "", .settings = {{"bins", "16"}, {"frames", "20"}}, .classifies = true, .paints = true,
       .givesFeatures = true, .hasFrontend = true, .write = writeBag},
      backbone("vggish", "", false),
      backbone("yamnet", "", true),
      backbone("openl3", "", false),
      backbone("musicnn", "musicnn", true),
      backbone("musicnn", "vgg", true),
      backbone("vgg19", "", true, Media::pictures),
      backbone("resnet", "", true, Media::pictures),
      {.family = "cavmae-pretrain", .variant = "", .settings = {{"heads", "2"}, {"decoder_heads", "2"}}, .attends = true, .paints = true,
       .givesFeatures = true, .hasFrontend = true, .looks = true, .write = writeCavmae},
      {.family = "cavmae-classify", .variant = "", .settings = {{"heads", "2"}}, .classifies = true, .attends = true,
       .givesFeatures = true, .hasFrontend = true, .looks = true, .write = writeCavmae},
      {.family = "lyrics-mae", .variant = "", .settings = {{"heads", "2"}, {"decoder_heads", "2"}}, .paints = true,
       .hasFrontend = true, .write = writeLyrics},
      {.family = "lyrics-classify", .variant = "", .settings = {{"heads", "2"}}, .classifies = true, .hasFrontend = true,
       .write = writeLyrics}};
}

}  // namespace

const std::vector<SmallCheckpoint>& smallCheckpoints() {
  static const auto rows = everyFamily();
  return rows;
}

std::string writeScriptPackage(const Path& folder) {
  torch::jit::Module module("double");
  module.define("def forward(self, x):\n    return 2.0 * x\n");
  std::filesystem::create_directories(folder);
  module.save((folder / "module.pt").string());
  inference::ModelSpec spec;
  spec.name = folder.filename().string();
  spec.folder = folder;
  spec.family = "torchscript";
  spec.frontend.rate = SampleRate(100);
  spec.architecture = {{"input", std::string("waveform")}, {"taps", std::string("twice")}, {"shapes", std::string("100")},
                       {"parameters", 7.0}};
  spec.windowSeconds = spec.hopSeconds = 1.0;
  spec.weights.file = "module.pt";
  const auto written = inference::writeModelManifest(spec, folder);
  REQUIRE(written);
  return written->weights.sha256;
}

}  // namespace chladni::test
