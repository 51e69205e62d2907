// Packages of the audio + lyrics families: loading, classifying with one modality or both, painting, vectors, imports
// under several names and from a CAV-MAE with a BERT, presets, and what is refused.
#include <cmath>
#include <fstream>

#include <torch/types.h>

#include "core/inference/embedder.h"
#include "core/inference/model_package.h"
#include "core/inference/reconstructor.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/weights.h"
#include "models/lyrics_mae/lyrics_family.h"
#include "models/lyrics_mae/lyrics_inference.h"
#include "models/lyrics_mae/lyrics_net.h"
#include "models/lyrics_mae/lyrics_presets.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::inference;
using namespace chladni::models::lyrics_mae;
using test::Scratch;

namespace {

const RuntimeOptions kExact{"cpu", Precision::fp32};
const char* const kWords = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nsun\nmoon\nover\n##light\nmy\n";
constexpr std::int64_t kWordCount = 10;
const std::string kSong = "Moonlight over my sun\nMoonlight over my sun\nmy sun";

LyricsConfig tinyConfig(bool decoder) {
  LyricsConfig config;
  config.width = 64;
  config.heads = 1;
  config.audioDepth = config.textDepth = 2;
  config.decoderWidth = 32;
  config.decoderHeads = 1;
  config.decoderDepth = 1;
  config.frames = 64;
  config.tokens = 8;
  config.vocabularySize = kWordCount;
  config.decoder = decoder;
  config.classes = decoder ? 0 : 3;
  config.objective.maskRatio = 0.5;
  return config;
}

std::shared_ptr<LyricsNet> tinyNet(const LyricsConfig& config) {
  torch::manual_seed(5);
  auto net = std::make_shared<LyricsNet>(config);
  net->initialise();
  at::NoGradGuard guard;
  for (auto& parameter : net->parameters())
    if (parameter.requires_grad()) parameter.add_(torch::randn_like(parameter) * 0.05);
  return net;
}

void writeText(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

ModelSpec writePackage(const std::filesystem::path& folder, const LyricsConfig& config, const std::string& words = kWords) {
  std::filesystem::create_directories(folder);
  ModelSpec spec;
  spec.name = folder.filename().string();
  spec.folder = folder;
  spec.family = config.decoder ? "lyrics-mae" : "lyrics-classify";
  spec.title = "Tiny";
  spec.licence = "GPL-3.0-or-later";
  spec.source = "made by a test";
  spec.data = "random weights";
  spec.tasks = {"music-genres"};
  spec.multiLabel = true;
  spec.frontend.targetFrames = config.frames;
  spec.frontend.lyrics.emplace().tokens = static_cast<int>(config.tokens);
  spec.architecture = toArchitecture(config);
  if (config.classes > 0) spec.classes = {"a", "b", "c"};
  spec.windowSeconds = spec.hopSeconds = 1.0;
  spec.fileSha256["vocab.txt"] = "";
  writeText(folder / "vocab.txt", words);
  REQUIRE(serial::writeSafetensors(folder / spec.weights.file, {nn::weightsOf(*tinyNet(config), DType::f32), {}}));
  auto written = writeModelManifest(spec, folder);
  if (!written) FAIL(written.error().describe());
  return *written;
}

LyricsFamily familyOf(const LyricsConfig& config) {
  return LyricsFamily(config.decoder ? LyricsTask::autoencoder : LyricsTask::classifier);
}

std::shared_ptr<const LoadedModel> loadTiny(const Scratch& scratch, const LyricsConfig& config,
                                            const RuntimeOptions& options = kExact) {
  auto model = familyOf(config).load(writePackage(scratch / "tiny", config), options);
  if (!model) FAIL(model.error().describe());
  return *model;
}

std::vector<float> noise(std::size_t samples, unsigned seed) {
  std::vector<float> sound(samples);
  for (auto& value : sound) {
    seed = seed * 1664525U + 1013904223U;
    value = static_cast<float>(static_cast<int>(seed >> 16U) - 32768) / 65536.0F;
  }
  return sound;
}

ModelInput inputOf(const std::vector<float>& sound, std::string_view lyrics) {
  ModelInput input(sound);
  input.lyrics = lyrics;
  return input;
}

void requireClose(std::span<const float> a, std::span<const float> b, double tolerance = 1e-4) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) REQUIRE(std::abs(a[i] - b[i]) < tolerance);
}

bool anyLine(const ImportReport& report, const std::string& part) {
  for (const auto& line : report.lines)
    if (line.find(part) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("Songs are classified by sound, by lyrics, or by both, in any order") {
  const Scratch scratch;
  const auto config = tinyConfig(false);
  const auto model = loadTiny(scratch, config);
  CHECK(model->reconstructor() == nullptr);
  CHECK(model->parameters() == tinyNet(config)->learned());
  const auto sound = noise(10000, 1);
  const auto other = noise(9000, 2);
  const std::vector<float> silence;
  const std::vector<ModelInput> inputs{inputOf(sound, kSong), inputOf(silence, kSong), inputOf(sound, {}), inputOf(other, kSong)};
  const auto together = model->classifier()->logitsOf(inputs, {});
  if (!together) FAIL(together.error().describe());
  REQUIRE(together->rows == 4);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto alone = model->classifier()->logitsOf({&inputs[i], 1}, {});
    REQUIRE(alone);
    requireClose(alone->row(0), together->row(static_cast<std::int64_t>(i)));
  }
  CHECK(std::abs(together->at(0, 0) - together->at(1, 0)) > 1e-4);
  CHECK(std::abs(together->at(0, 0) - together->at(2, 0)) > 1e-4);
  CHECK(std::abs(together->at(0, 0) - together->at(3, 0)) > 1e-4);

  const ModelInput nothing;
  const auto refused = model->classifier()->logitsOf({&nothing, 1}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::invalidArgument);
  const auto none = model->classifier()->logitsOf({}, {});
  REQUIRE(none);
  CHECK(none->rows == 0);
}

TEST_CASE("Repeated lines do not count, other words do") {
  const Scratch scratch;
  const auto model = loadTiny(scratch, tinyConfig(false));
  const std::vector<float> silence;
  const std::vector<ModelInput> inputs{inputOf(silence, "my sun\nmoon"), inputOf(silence, "MY sun\n\nMY sun\n\nmoon\n"),
                                       inputOf(silence, "my moon\nsun")};
  const auto logits = model->classifier()->logitsOf(inputs, {});
  REQUIRE(logits);
  requireClose(logits->row(0), logits->row(1), 1e-6);
  CHECK(std::abs(logits->at(0, 1) - logits->at(2, 1)) > 1e-5);
}

TEST_CASE("A classifier in bf16 stays near fp32") {
  const Scratch scratch;
  const auto exact = loadTiny(scratch, tinyConfig(false));
  const auto rough = LyricsFamily(LyricsTask::classifier).load(exact->spec(), {"cpu", Precision::bf16});
  REQUIRE(rough);
  const auto sound = noise(10000, 1);
  const auto input = inputOf(sound, kSong);
  const auto a = exact->classifier()->logitsOf({&input, 1}, {});
  const auto b = (*rough)->classifier()->logitsOf({&input, 1}, {});
  REQUIRE(a);
  REQUIRE(b);
  requireClose(a->row(0), b->row(0), 0.05);
}

TEST_CASE("Hidden sound is painted, with lyrics and without") {
  const Scratch scratch;
  const auto model = loadTiny(scratch, tinyConfig(true));
  CHECK(model->classifier() == nullptr);
  const auto* painter = model->reconstructor();
  REQUIRE(painter != nullptr);
  const auto sound = noise(10000, 3);
  MaskRequest request;
  request.soundRatio = 0.5;
  request.seed = 4;
  const auto read = painter->reconstruct(inputOf(sound, kSong), request, {});
  if (!read) FAIL(read.error().describe());
  CHECK(read->soundInput.rows == 64);
  CHECK(read->soundInput.columns == 128);
  CHECK(read->soundPredicted.values.size() == read->soundInput.values.size());
  CHECK(read->sound.grid.patches() == 32);
  CHECK(std::count(read->sound.mask.begin(), read->sound.mask.end(), 1) == 16);
  CHECK(read->losses.contains("text"));
  const auto deaf = painter->reconstruct(inputOf(sound, {}), request, {});
  if (!deaf) FAIL(deaf.error().describe());
  CHECK(deaf->sound.mask == read->sound.mask);
  CHECK_FALSE(deaf->losses.contains("text"));
  CHECK(deaf->soundPredicted.values != read->soundPredicted.values);

  // The loss is that of the hidden patches, seen in the picture itself.
  double sum = 0.0;
  int hidden = 0;
  for (int patch = 0; patch < 32; ++patch) {
    if (read->sound.mask[static_cast<std::size_t>(patch)] == 0) continue;
    for (int y = 0; y < 16; ++y)
      for (int x = 0; x < 16; ++x) {
        const auto frame = patch % 4 * 16 + x;
        const auto bin = patch / 4 * 16 + y;
        sum += std::pow(read->soundInput.at(frame, bin) - read->soundPredicted.at(frame, bin), 2.0);
        ++hidden;
      }
  }
  CHECK(read->sound.loss == Approx(sum / hidden).epsilon(1e-4));

  request.soundMask.assign(32, 0);
  request.soundMask[7] = 1;
  const auto painted = painter->reconstruct(inputOf(sound, kSong), request, {});
  REQUIRE(painted);
  CHECK(painted->sound.mask == request.soundMask);
}

TEST_CASE("Masks that make no sense are refused") {
  const Scratch scratch;
  const auto model = loadTiny(scratch, tinyConfig(true));
  const auto sound = noise(10000, 3);
  const auto code = [&](const MaskRequest& request) {
    const auto result = model->reconstructor()->reconstruct(inputOf(sound, kSong), request, {});
    REQUIRE_FALSE(result);
    return result.error().code;
  };
  MaskRequest request;
  request.mode = "spiral";
  CHECK(code(request) == ErrorCode::invalidArgument);
  request = {};
  request.soundRatio = 1.0;
  CHECK(code(request) == ErrorCode::invalidArgument);
  request.soundRatio = std::nan("");
  CHECK(code(request) == ErrorCode::invalidArgument);
  request = {};
  request.soundMask.assign(31, 1);
  CHECK(code(request) == ErrorCode::invalidArgument);
  request.soundMask.assign(32, 1);
  CHECK(code(request) == ErrorCode::invalidArgument);
  CHECK(model->reconstructor()->reconstruct({}, {}, {}).error().code == ErrorCode::invalidArgument);
  std::stop_source stop;
  stop.request_stop();
  CHECK(model->reconstructor()->reconstruct(inputOf(sound, kSong), {}, stop.get_token()).error().code == ErrorCode::cancelled);
}

TEST_CASE("Sound and lyrics become unit vectors of one space") {
  const Scratch scratch;
  const auto model = loadTiny(scratch, tinyConfig(true));
  const auto* embedder = model->embedder();
  REQUIRE(embedder != nullptr);
  CHECK_FALSE(embedder->embeds(Modality::picture));
  const auto sound = noise(10000, 3);
  const auto input = inputOf(sound, kSong);
  for (const auto modality : {Modality::sound, Modality::lyrics}) {
    const auto vector = embedder->embed({&input, 1}, modality, {});
    REQUIRE(vector);
    REQUIRE(vector->columns == 64);
    double square = 0.0;
    for (const float value : vector->row(0)) square += static_cast<double>(value) * value;
    CHECK(square == Approx(1.0).epsilon(1e-5));
  }
  const auto mute = inputOf({}, kSong);
  CHECK(embedder->embed({&mute, 1}, Modality::sound, {}).error().code == ErrorCode::invalidArgument);
  CHECK(embedder->embed({&mute, 1}, Modality::picture, {}).error().code == ErrorCode::unsupported);
}

TEST_CASE("Broken packages and endless lyrics are refused with what is wrong") {
  const Scratch scratch;
  const auto config = tinyConfig(false);
  const LyricsFamily family(LyricsTask::classifier);
  const auto message = [&](const ModelSpec& spec) {
    const auto model = family.load(spec, kExact);
    REQUIRE_FALSE(model);
    return model.error().describe();
  };
  const auto small = writePackage(scratch / "small", config, "[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
  CHECK(message(small).find("4 words") != std::string::npos);
  auto spec = writePackage(scratch / "good", config);
  std::filesystem::remove(spec.folder / "vocab.txt");
  CHECK(message(spec).find("vocab.txt") != std::string::npos);
  spec = writePackage(scratch / "good", config);
  for (const auto& [key, value] : {std::pair<std::string, Attribute>{"heads", 3.0}, {"width", 66.0}, {"text_depth", 0.0},
                                   {"text_layout", std::string("sideways")}, {"vocabulary_size", 1e12}, {"mlp_ratio", 1e9}}) {
    auto broken = spec;
    broken.architecture[key] = value;
    INFO(key);
    CHECK_FALSE(family.load(broken, kExact));
  }
  auto longer = spec;
  longer.frontend.lyrics->tokens = 16;
  CHECK(message(longer).find("pos_embed_t") != std::string::npos);
  longer.frontend.lyrics.reset();
  CHECK(message(longer).find("frontend.lyrics") != std::string::npos);

  const auto model = family.load(spec, kExact);
  REQUIRE(model);
  const std::string endless(std::size_t{5} << 20, 'x');
  const auto input = inputOf({}, endless);
  CHECK((*model)->classifier()->logitsOf({&input, 1}, {}).error().code == ErrorCode::invalidArgument);
}

TEST_CASE("The post-norm text encoder: the engine gives what the net gives") {
  auto config = tinyConfig(true);
  config.classes = 3;
  config.textLayout = TextLayout::bert;
  const auto net = tinyNet(config);
  const LyricsInference inference(*net, nn::Runtime{});
  const auto sound = torch::randn({2, 64, 128});
  const auto ids = torch::randint(kWordCount, {2, 8}, torch::kLong);
  const auto a = net->logits(sound, ids);
  const auto b = inference.logits(sound, ids, {});
  REQUIRE(b);
  CHECK((a - *b).abs().max().item<float>() < 1e-4F);
}

TEST_CASE("Checkpoints come in under several names, every tensor accounted for") {
  const Scratch scratch;
  auto config = tinyConfig(true);
  config.classes = 3;
  const auto net = tinyNet(config);
  serial::TensorFile file;
  for (const auto& item : net->named_parameters()) {
    auto name = item.key();
    if (name.starts_with("patch_embed_a.")) name.insert(std::string("patch_embed_a.").size(), "proj.");
    if (const auto at = name.find("_t"); at != std::string::npos && name.find("embed_token") == std::string::npos &&
                                         (name.starts_with("blocks_t") || name.starts_with("norm_t") || name.ends_with("modality_t")))
      name[at + 1] = 'v';
    file.tensors.push_back(nn::toBlob("module." + name, item.value(), DType::f32));
  }
  REQUIRE(serial::writeSafetensors(scratch / "net.safetensors", file));
  writeText(scratch / "vocab.txt", kWords);
  ImportOptions options;
  options.source = scratch / "net.safetensors";
  options.destination = scratch / "classifier";
  options.classes = {"x", "y", "z"};
  options.settings = {{"heads", "1"}, {"word_limit", "200"}};
  const LyricsFamily classifier(LyricsTask::classifier);
  const auto report = classifier.importCheckpoint(options);
  if (!report) FAIL(report.error().describe());
  REQUIRE(report->accepted);
  CHECK(anyLine(*report, "renamed 'module.blocks_v.0.norm1_v.weight' to 'blocks_t.0.norm1_v.weight'"));
  CHECK(anyLine(*report, "dropped 'decoder_pred_t.weight'"));
  CHECK(report->spec.fileSha256.at("vocab.txt").size() == 64);
  const auto model = classifier.load(report->spec, kExact);
  if (!model) FAIL(model.error().describe());
  const auto silence = std::vector<float>{};
  const auto input = inputOf(silence, "moonlight over my sun");
  const auto got = (*model)->classifier()->logitsOf({&input, 1}, {});
  REQUIRE(got);
  const auto ids = torch::tensor({2, 6, 8, 7, 9, 5, 3, 0}, torch::kLong).unsqueeze(0);
  requireClose(got->row(0), nn::toMatrix(net->logits({}, ids).detach()).row(0));

  options.destination = scratch / "autoencoder";
  options.settings["decoder_heads"] = "1";
  const auto painter = LyricsFamily(LyricsTask::autoencoder).importCheckpoint(options);
  if (!painter) FAIL(painter.error().describe());
  CHECK(painter->accepted);
  CHECK(anyLine(*painter, "dropped 'mlp_head.1.weight'"));
  REQUIRE(LyricsFamily(LyricsTask::autoencoder).load(painter->spec, kExact));

  options.settings["spin"] = "left";
  CHECK(LyricsFamily(LyricsTask::autoencoder).importCheckpoint(options).error().code == ErrorCode::invalidArgument);
}

TEST_CASE("What cannot be explained is not imported") {
  const Scratch scratch;
  const auto config = tinyConfig(false);
  writeText(scratch / "vocab.txt", kWords);
  serial::TensorFile file{nn::weightsOf(*tinyNet(config), DType::f32), {}};
  file.tensors.push_back(nn::toBlob("surprise", torch::ones({2}), DType::f32));
  std::erase_if(file.tensors, [](const TensorBlob& blob) { return blob.name == "norm_a.bias"; });
  REQUIRE(serial::writeSafetensors(scratch / "odd.safetensors", file));
  ImportOptions options;
  options.source = scratch / "odd.safetensors";
  options.destination = scratch / "odd";
  const auto report = LyricsFamily(LyricsTask::classifier).importCheckpoint(options);
  REQUIRE(report);
  CHECK_FALSE(report->accepted);
  CHECK(anyLine(*report, "unexpected tensor 'surprise'"));
  CHECK(anyLine(*report, "missing tensor 'norm_a.bias'"));
  CHECK_FALSE(std::filesystem::exists(scratch / "odd"));
  const auto other = LyricsFamily(LyricsTask::autoencoder).importCheckpoint(options);
  REQUIRE_FALSE(other);
  CHECK(other.error().message.find("decoder") != std::string::npos);
}

TEST_CASE("Presets have the thesis's values") {
  REQUIRE(lyricsPresetNames().size() > 1);
  for (const auto& name : lyricsPresetNames()) {
    INFO(name);
    const auto preset = lyricsPreset(name);
    REQUIRE(preset);
    CHECK(check(preset->config));
  }
  CHECK_FALSE(lyricsPreset("nothing"));
  const auto headline = *lyricsPreset("lyrics-mae");
  CHECK(headline.config.patches() == 256);
  CHECK(headline.config.textRows() == 16);
  CHECK(lyricsPreset("lyrics-mae-tokens-128")->config.textRows() == 8);
  CHECK(LyricsNet(headline.config).learned() == 130'489'914);  // "130 M"
  CHECK(headline.pretraining.rateAt(9) == 5e-5);
  CHECK(headline.pretraining.rateAt(10) == Approx(2.5e-5));
  CHECK(headline.pretraining.rateAt(30) == Approx(6.25e-6));
  CHECK(headline.finetuning.rateAt(1) == 1e-5);
  CHECK(headline.finetuning.rateAt(5) == Approx(5e-6));
  CHECK(headline.finetuning.rateAt(6) == Approx(2.5e-6));
  CHECK(headline.threshold == Approx(1.0 / (1.0 + std::exp(1.5))));
}

namespace {

at::Tensor counted(at::IntArrayRef shape, double from) {
  std::int64_t numel = 1;
  for (const auto size : shape) numel *= size;
  return (torch::arange(numel, torch::kFloat) * 1e-4 + from).reshape(shape);
}

// A CAV-MAE of the smallest preset's width, cut to what a starting point looks at, and something it does not.
serial::TensorFile cavMae() {
  serial::TensorFile file;
  const auto put = [&](const std::string& name, at::IntArrayRef shape, double from) {
    file.tensors.push_back(nn::toBlob("module." + name, counted(shape, from), DType::f32));
  };
  put("patch_embed_a.proj.weight", {768, 1, 16, 16}, 1.0);
  put("patch_embed_v.proj.weight", {768, 3, 16, 16}, 2.0);
  put("modality_v", {1, 1, 768}, 3.0);
  put("blocks_a.1.attn.proj.bias", {768}, 4.0);
  put("blocks_a.7.attn.proj.bias", {768}, 5.0);
  put("blocks_v.0.attn.proj.bias", {768}, 6.0);
  put("blocks_u.0.norm1_v.weight", {768}, 7.0);
  put("pos_embed_a", {1, 512, 768}, 8.0);
  return file;
}

serial::TensorFile bert(std::int64_t layers) {
  serial::TensorFile file;
  const auto put = [&](const std::string& name, at::IntArrayRef shape, double from) {
    file.tensors.push_back(nn::toBlob("bert." + name, counted(shape, from), DType::f32));
  };
  put("embeddings.word_embeddings.weight", {30522, 768}, 0.0);
  put("embeddings.LayerNorm.gamma", {768}, 0.1);
  put("embeddings.LayerNorm.beta", {768}, 0.2);
  put("pooler.dense.bias", {768}, 0.3);
  for (std::int64_t layer = 0; layer < layers; ++layer) {
    const auto name = "encoder.layer." + std::to_string(layer) + ".";
    for (const char* part : {"query", "key", "value"}) {
      put(name + "attention.self." + part + ".weight", {768, 768}, part[0]);
      put(name + "attention.self." + part + ".bias", {768}, part[0]);
    }
    put(name + "attention.output.dense.weight", {768, 768}, 0.4);
    put(name + "attention.output.dense.bias", {768}, 0.5);
    put(name + "intermediate.dense.weight", {3072, 768}, 0.6);
    put(name + "intermediate.dense.bias", {3072}, 0.7);
    put(name + "output.dense.weight", {768, 3072}, 0.8);
    put(name + "output.dense.bias", {768}, 0.9);
    for (const char* norm : {"attention.output.LayerNorm", "output.LayerNorm"}) {
      put(name + norm + ".gamma", {768}, norm[0]);
      put(name + norm + ".beta", {768}, 1.5);
    }
  }
  return file;
}

}  // namespace

TEST_CASE("A CAV-MAE and a BERT make a starting point, every tensor accounted for") {
  const Scratch scratch;
  REQUIRE(serial::writeSafetensors(scratch / "cav.safetensors", cavMae()));
  REQUIRE(serial::writeSafetensors(scratch / "bert.safetensors", bert(2)));
  std::string words = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n";
  for (int i = 4; i < 30522; ++i) words += "w" + std::to_string(i) + "\n";
  writeText(scratch / "vocab.txt", words);
  ImportOptions options;
  options.source = scratch / "cav.safetensors";
  options.destination = scratch / "start";
  const LyricsFamily family(LyricsTask::autoencoder);
  CHECK(family.importCheckpoint(options).error().message.find("'bert'") != std::string::npos);
  options.settings = {{"bert", (scratch / "bert.safetensors").string()}};
  CHECK(family.importCheckpoint(options).error().message.find("encoder.layer.2") != std::string::npos);

  options.settings["preset"] = "lyrics-mae-layers-2-2";
  options.settings["text_layout"] = "bert";
  const auto report = family.importCheckpoint(options);
  if (!report) FAIL(report.error().describe());
  REQUIRE(report->accepted);
  for (const char* line : {"'patch_embed_a.weight' from 'patch_embed_a.proj.weight'", "'modality_t' from 'modality_v'",
                           "'blocks_u.0.norm1_v.weight' from", "not needed from CAV-MAE: 'blocks_a.7.attn.proj.bias'",
                           "not needed from CAV-MAE: 'blocks_v.0.attn.proj.bias'", "not needed from CAV-MAE: 'pos_embed_a'",
                           "not needed from BERT: 'bert.pooler.dense.bias'", "fresh: 'pos_embed_a' (made anew",
                           "fresh: 'decoder_pred_t.weight'", "'norm_embed_t.weight' from 'embeddings.LayerNorm.weight'"}) {
    INFO(line);
    CHECK(anyLine(*report, line));
  }
  const auto weights = readModelWeights(report->spec);
  REQUIRE(weights);
  const auto named = nn::toNamedTensors(weights->tensors);
  REQUIRE(named);
  CHECK(at::equal(named->at("blocks_t.1.attn.qkv.bias").narrow(0, 768, 768), counted({768}, 'k')));
  CHECK(at::equal(named->at("blocks_t.1.norm1.weight"), counted({768}, 'a')));
  CHECK(at::equal(named->at("blocks_t.1.norm2.weight"), counted({768}, 'o')));
  CHECK(at::equal(named->at("blocks_a.1.attn.proj.bias"), counted({768}, 4.0)));
  CHECK(named->at("pos_embed_a").size(1) == 256);
}
