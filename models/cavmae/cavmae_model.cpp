#include "models/cavmae/cavmae_model.h"

#include <algorithm>
#include <array>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"
#include "core/picture/picture_input.h"

namespace chladni::models::cavmae {
namespace {

using inference::Modality;
using inference::ModelInput;

Unexpected stopped() { return fail(ErrorCode::cancelled, "stopped"); }

const VideoFrame* middleFrame(const ModelInput& input) {
  return input.frames.empty() ? nullptr : &input.frames[input.frames.size() / 2];
}

// Logits whose soft-max (or sigmoid) is the mean over rows of that of `logits` [row, class].
at::Tensor ofMeanProbability(const at::Tensor& logits, bool multiLabel) {
  if (logits.size(0) == 1) return logits[0];
  const auto values = logits.to(at::kDouble);
  const auto smallest = 1e-300;
  if (!multiLabel) return at::softmax(values, 1).mean(0).clamp_min(smallest).log().to(at::kFloat);
  const auto present = at::sigmoid(values).mean(0).clamp_min(smallest);
  const auto absent = at::sigmoid(-values).mean(0).clamp_min(smallest);
  return (present.log() - absent.log()).to(at::kFloat);
}

std::int64_t product(const std::vector<std::int64_t>& shape) {
  std::int64_t count = 1;
  for (const auto side : shape) count *= side;
  return count;
}

}  // namespace

CavmaeModel::CavmaeModel(inference::ModelSpec spec, dsp::Frontend frontend, CavmaeInference inference)
    : spec_(std::move(spec)), frontend_(std::move(frontend)), inference_(std::move(inference)) {}

PatchGrid CavmaeModel::grid() const { return config().soundGrid(spec_.frontend.frameShiftMs / 1000.0); }

double CavmaeModel::hopSeconds() const { return spec_.hopSeconds > 0.0 ? spec_.hopSeconds : windowSeconds(); }

// On the CPU a batch pays until one activation no longer fits the cache.
std::size_t CavmaeModel::batchSize() const {
  if (!inference_.runtime().device.is_cpu()) return 64;
  const auto perClip = (config().soundPatches() + config().picturePatches()) * config().width;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(400'000 / perClip, 1, 32));
}

Result<at::Tensor> CavmaeModel::soundOf(std::span<const Row> rows, const std::stop_token& stop) const {
  std::vector<Matrix> prepared;
  prepared.reserve(rows.size());
  for (const auto& row : rows) {
    if (stop.stop_requested()) return stopped();
    auto spectrogram = frontend_.modelInput(row.input->sound);
    if (!spectrogram) return fail(std::move(spectrogram).error(), "preparing a clip for " + spec_.name);
    prepared.push_back(std::move(*spectrogram));
  }
  return nn::toTensor(std::span<const Matrix>(prepared));
}

Result<at::Tensor> CavmaeModel::pictureOf(std::span<const Row> rows, const std::stop_token& stop) const {
  const auto size = config().imageSize;
  auto all = torch::empty({static_cast<std::int64_t>(rows.size()), 3, size, size});
  auto* to = all.data_ptr<float>();
  for (const auto& row : rows) {
    if (stop.stop_requested()) return stopped();
    auto values = picture::pictureInput(*row.frame, *spec_.frontend.picture);
    if (!values) return fail(std::move(values).error(), "preparing a frame for " + spec_.name);
    to = std::copy(values->begin(), values->end(), to);
  }
  return all;
}

Result<Matrix> CavmaeModel::inBatches(std::span<const Row> rows, bool hear, bool see, std::int64_t width, const Run& run,
                                      std::stop_token stop) const {
  Matrix all(static_cast<std::int64_t>(rows.size()), width);
  const auto size = batchSize();
  for (std::size_t first = 0; first < rows.size(); first += size) {
    const auto part = rows.subspan(first, std::min(size, rows.size() - first));
    auto sound = hear ? soundOf(part, stop) : Result<at::Tensor>(at::Tensor{});
    if (!sound) return fail(std::move(sound).error());
    auto picture = see ? pictureOf(part, stop) : Result<at::Tensor>(at::Tensor{});
    if (!picture) return fail(std::move(picture).error());
    const auto result = run(*sound, *picture);
    if (!result) return stopped();
    const auto values = nn::toMatrix(result->flatten(1));
    std::copy(values.values.begin(), values.values.end(), all.values.begin() + static_cast<std::ptrdiff_t>(first) * width);
  }
  return all;
}

Result<void> CavmaeModel::classifyAlike(std::span<const ModelInput> inputs, std::span<const std::int64_t> numbers, Mode mode,
                                        Matrix& all, std::stop_token stop) const {
  const bool hear = mode != Mode::videoOnly && mode != Mode::missingVideoOnly;
  const bool see = mode != Mode::audioOnly && mode != Mode::missingAudioOnly;
  std::vector<Row> rows;
  for (const auto number : numbers) {
    const auto& input = inputs[static_cast<std::size_t>(number)];
    if (!see) rows.push_back({&input, nullptr});
    for (std::size_t i = 0; see && i < input.frames.size(); ++i) rows.push_back({&input, &input.frames[i]});
  }
  const auto run = [&](const at::Tensor& sound, const at::Tensor& picture) {
    return inference_.logits(mode, sound, picture, stop);
  };
  auto logits = inBatches(rows, hear, see, config().classes, run, stop);
  if (!logits) return fail(std::move(logits).error());
  const auto table = nn::toTensor(*logits);
  std::int64_t first = 0;
  for (const auto number : numbers) {
    const auto frames = see ? static_cast<std::int64_t>(inputs[static_cast<std::size_t>(number)].frames.size()) : 1;
    const auto row = ofMeanProbability(table.narrow(0, first, frames), spec_.multiLabel).contiguous();
    std::copy_n(row.data_ptr<float>(), config().classes, all.row(number).begin());
    first += frames;
  }
  return {};
}

Result<Matrix> CavmaeModel::logitsOf(std::span<const ModelInput> inputs, std::stop_token stop) const {
  if (!classifies())
    return fail(ErrorCode::unsupported, spec_.name + " has no classifier; choose a cavmae-classify model");
  std::array<std::vector<std::int64_t>, 4> alike;  // by 2 * hears + sees
  for (std::size_t i = 0; i < inputs.size(); ++i)
    alike[(hears(inputs[i]) ? 2U : 0U) + (sees(inputs[i]) ? 1U : 0U)].push_back(static_cast<std::int64_t>(i));
  return nn::translated("classifying with " + spec_.name, [&]() -> Result<Matrix> {
    Matrix all(static_cast<std::int64_t>(inputs.size()), config().classes);
    for (std::size_t kind = 0; kind < alike.size(); ++kind) {
      if (alike[kind].empty()) continue;
      const auto mode = modeFor(config().trainedOn, kind >= 2, kind % 2 == 1);
      if (!mode) {
        const char* lacks = config().trainedOn == TrainedOn::sound     ? "sound"
                            : config().trainedOn == TrainedOn::picture ? "a picture"
                                                                       : "sound or a picture";
        return fail(ErrorCode::invalidArgument, spec_.name + " needs " + lacks + ", and an input has none");
      }
      if (auto done = classifyAlike(inputs, alike[kind], *mode, all, stop); !done) return fail(std::move(done).error());
    }
    return all;
  });
}

bool CavmaeModel::embeds(Modality modality) const {
  return modality == Modality::sound || (modality == Modality::picture && config().picture);
}

Result<Matrix> CavmaeModel::embed(std::span<const ModelInput> inputs, Modality modality, std::stop_token stop) const {
  if (!embeds(modality))
    return fail(ErrorCode::unsupported, spec_.name + " makes no such vectors; ask for those of sound" +
                                            (config().picture ? " or pictures" : ""));
  const bool hear = modality == Modality::sound;
  std::vector<Row> rows;
  for (const auto& input : inputs) {
    if (hear ? input.sound.empty() : input.frames.empty())
      return fail(ErrorCode::invalidArgument, spec_.name + " was given no " + (hear ? "sound" : "picture") + " to make a vector of");
    rows.push_back({&input, middleFrame(input)});
  }
  const auto run = [&](const at::Tensor& sound, const at::Tensor& picture) -> std::optional<at::Tensor> {
    const auto tokens = inference_.tokens(hear ? Branch::sound : Branch::picture, hear ? sound : picture, stop);
    if (!tokens) return std::nullopt;
    const auto pooled = tokens->mean(1);
    return pooled / pooled.norm(2, -1, /*keepdim=*/true).clamp_min(1e-12);
  };
  return nn::translated("embedding with " + spec_.name, [&] { return inBatches(rows, hear, !hear, config().width, run, stop); });
}

std::vector<inference::FeatureTap> CavmaeModel::taps() const {
  std::vector<inference::FeatureTap> all{{"sound", {config().width}}};
  if (config().picture) {
    all.push_back({"picture", {config().width}});
    all.push_back({"both", {config().width}});
  }
  all.push_back({"sound-patches", {config().soundPatches(), config().width}});
  if (config().picture) all.push_back({"picture-patches", {config().picturePatches(), config().width}});
  return all;
}

Result<inference::FeatureBlock> CavmaeModel::features(std::span<const ModelInput> windows, const std::string& tap,
                                                      std::stop_token stop) const {
  const auto known = taps();
  const auto wanted = tap.empty() ? known.begin()
                                  : std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.name == tap; });
  if (wanted == known.end()) {
    std::string names;
    for (const auto& one : known) names += (names.empty() ? "" : ", ") + one.name;
    return fail(ErrorCode::invalidArgument, spec_.name + " has no features '" + tap + "'; it has " + names);
  }
  const bool hear = wanted->name == "both" || wanted->name.starts_with("sound");
  const bool see = wanted->name == "both" || wanted->name.starts_with("picture");
  std::vector<Row> rows;
  for (const auto& window : windows) {
    if ((hear && window.sound.empty()) || (see && window.frames.empty()))
      return fail(ErrorCode::invalidArgument, spec_.name + " needs " + (hear && window.sound.empty() ? "sound" : "a picture") +
                                                  " for the features '" + wanted->name + "', and an input has none");
    rows.push_back({&window, middleFrame(window)});
  }
  const auto run = [&](const at::Tensor& sound, const at::Tensor& picture) -> std::optional<at::Tensor> {
    const auto tokens = hear && see ? inference_.jointTokens(sound, picture, stop)
                        : hear      ? inference_.tokens(Branch::sound, sound, stop)
                                    : inference_.tokens(Branch::picture, picture, stop);
    if (!tokens) return std::nullopt;
    return wanted->shape.size() > 1 ? *tokens : tokens->mean(1);
  };
  return nn::translated("features of " + spec_.name, [&]() -> Result<inference::FeatureBlock> {
    auto table = inBatches(rows, hear, see, product(wanted->shape), run, stop);
    if (!table) return fail(std::move(table).error());
    return inference::FeatureBlock{table->rows, wanted->shape, std::move(table->values), hopSeconds(), windowSeconds()};
  });
}

Result<CavmaeModel::Shown> CavmaeModel::shown(const ModelInput& input, const std::stop_token& stop) const {
  if (!hears(input) && !sees(input))
    return fail(ErrorCode::invalidArgument, spec_.name + " was given neither sound nor a picture; it needs at least one of them");
  const std::array<Row, 1> row{{{&input, middleFrame(input)}}};
  Shown shown;
  if (hears(input)) {
    auto sound = soundOf(row, stop);
    if (!sound) return fail(std::move(sound).error());
    shown.sound = *sound;
  }
  if (sees(input)) {
    auto picture = pictureOf(row, stop);
    if (!picture) return fail(std::move(picture).error());
    shown.picture = *picture;
  }
  return shown;
}

nn::TokenLayout CavmaeModel::layout(bool hears, bool sees) const {
  nn::TokenLayout layout;
  layout.grid = hears ? grid() : PatchGrid{};
  layout.layers = inference_.layers();
  layout.heads = config().heads;
  if (sees) layout.picture = config().pictureGrid();
  return layout;
}

Result<AttentionMap> CavmaeModel::attention(const ModelInput& input, const inference::AttentionRequest& request,
                                            std::stop_token stop) const {
  const auto tokens = layout(hears(input), sees(input));
  if (auto checked = nn::checkAttentionRequest(tokens, request); !checked) return fail(std::move(checked).error());
  return nn::translated("attention of " + spec_.name, [&]() -> Result<AttentionMap> {
    const auto clip = shown(input, stop);
    if (!clip) return fail(clip.error());
    return nn::viewAttention(tokens, request, [&](const nn::Tap& tap) {
      return inference_.look(clip->sound, clip->picture, tap, stop);
    });
  });
}

Result<AttentionMap> CavmaeModel::attentionOverview(const ModelInput& input, std::stop_token stop) const {
  return nn::translated("attention of " + spec_.name, [&]() -> Result<AttentionMap> {
    const auto clip = shown(input, stop);
    if (!clip) return fail(clip.error());
    return nn::viewEveryHead(layout(hears(input), sees(input)), [&](const nn::Tap& tap) {
      return inference_.look(clip->sound, clip->picture, tap, stop);
    });
  });
}

}  // namespace chladni::models::cavmae
