#include "models/lyrics_mae/lyrics_model.h"

#include <algorithm>
#include <array>
#include <numeric>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"
#include "models/lyrics_mae/lyrics_reconstruct.h"

namespace chladni::models::lyrics_mae {
namespace {

Unexpected stopped() { return fail(ErrorCode::cancelled, "stopped"); }

}  // namespace

LyricsModel::LyricsModel(inference::ModelSpec spec, dsp::Frontend frontend, LyricsReader reader, LyricsInference inference,
                         std::int64_t parameters)
    : spec_(std::move(spec)),
      frontend_(std::move(frontend)),
      reader_(std::move(reader)),
      inference_(std::move(inference)),
      parameters_(parameters) {}

std::size_t LyricsModel::batchSize() const {
  if (!inference_.runtime().device.is_cpu()) return 64;
  const auto perClip = (config().patches() + config().tokens) * config().width;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(400'000 / perClip, 1, 32));
}

Result<at::Tensor> LyricsModel::soundOf(std::span<const inference::ModelInput* const> inputs, std::stop_token stop) const {
  std::vector<Matrix> prepared;
  prepared.reserve(inputs.size());
  for (const auto* input : inputs) {
    if (stop.stop_requested()) return stopped();
    auto spectrogram = frontend_.modelInput(input->sound);
    if (!spectrogram) return fail(std::move(spectrogram).error(), "preparing a clip for " + spec_.name);
    prepared.push_back(std::move(*spectrogram));
  }
  return nn::toTensor(std::span<const Matrix>(prepared));
}

Result<at::Tensor> LyricsModel::idsOf(std::span<const inference::ModelInput* const> inputs) const {
  auto ids = torch::empty({static_cast<std::int64_t>(inputs.size()), config().tokens}, torch::kLong);
  auto* to = ids.data_ptr<std::int64_t>();
  for (const auto* input : inputs) {
    auto row = reader_.read(input->lyrics);
    if (!row) return fail(std::move(row).error(), "reading lyrics for " + spec_.name);
    to = std::copy(row->begin(), row->end(), to);
  }
  return ids;
}

Result<void> LyricsModel::runAlike(std::span<const inference::ModelInput> inputs, std::span<const std::int64_t> rows,
                                   bool hear, bool read, const Run& run, Matrix& all, std::stop_token stop) const {
  const auto batch = batchSize();
  for (std::size_t first = 0; first < rows.size(); first += batch) {
    const auto part = rows.subspan(first, std::min(batch, rows.size() - first));
    Chosen chosen;
    for (const auto row : part) chosen.push_back(&inputs[static_cast<std::size_t>(row)]);
    at::Tensor sound;
    at::Tensor ids;
    if (hear) {
      auto made = soundOf(chosen, stop);
      if (!made) return fail(std::move(made).error());
      sound = *made;
    }
    if (read) {
      auto made = idsOf(chosen);
      if (!made) return fail(std::move(made).error());
      ids = *made;
    }
    const auto result = run(sound, ids);
    if (!result) return stopped();
    const auto values = nn::toMatrix(*result);
    for (std::size_t i = 0; i < part.size(); ++i)
      std::ranges::copy(values.row(static_cast<std::int64_t>(i)), all.row(part[i]).begin());
  }
  return {};
}

Result<Matrix> LyricsModel::logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const {
  if (config().classes == 0)
    return fail(ErrorCode::unsupported, spec_.name + " has no classifier; choose a lyrics-classify model");
  std::array<std::vector<std::int64_t>, 4> alike;  // by 2 * hears + reads
  for (std::size_t i = 0; i < inputs.size(); ++i)
    alike[(inputs[i].sound.empty() ? 0U : 2U) + (inputs[i].lyrics.empty() ? 0U : 1U)].push_back(static_cast<std::int64_t>(i));
  if (!alike[0].empty())
    return fail(ErrorCode::invalidArgument, spec_.name + " was given neither sound nor lyrics; it needs at least one of them");
  return nn::translated("classifying with " + spec_.name, [&]() -> Result<Matrix> {
    Matrix all(static_cast<std::int64_t>(inputs.size()), config().classes);
    const Run run = [&](const at::Tensor& sound, const at::Tensor& ids) { return inference_.logits(sound, ids, stop); };
    for (std::size_t kind = 1; kind < alike.size(); ++kind)
      if (auto done = runAlike(inputs, alike[kind], kind >= 2, kind % 2 == 1, run, all, stop); !done)
        return fail(std::move(done).error());
    return all;
  });
}

Result<Matrix> LyricsModel::embed(std::span<const inference::ModelInput> inputs, inference::Modality modality,
                                  std::stop_token stop) const {
  if (!embeds(modality))
    return fail(ErrorCode::unsupported, spec_.name + " sees no pictures; ask for the vector of sound or of lyrics");
  const bool hear = modality == inference::Modality::sound;
  for (const auto& input : inputs)
    if (hear ? input.sound.empty() : input.lyrics.empty())
      return fail(ErrorCode::invalidArgument, spec_.name + " was given no " + (hear ? "sound" : "lyrics") + " to make a vector of");
  return nn::translated("embedding with " + spec_.name, [&]() -> Result<Matrix> {
    Matrix all(static_cast<std::int64_t>(inputs.size()), config().width);
    std::vector<std::int64_t> rows(inputs.size());
    std::iota(rows.begin(), rows.end(), 0);
    const Run run = [&](const at::Tensor& sound, const at::Tensor& ids) { return inference_.embedding(sound, ids, stop); };
    if (auto done = runAlike(inputs, rows, hear, !hear, run, all, stop); !done) return fail(std::move(done).error());
    return all;
  });
}

Result<Reconstruction> LyricsModel::reconstruct(const inference::ModelInput& input, const inference::MaskRequest& request,
                                                std::stop_token stop) const {
  if (!config().decoder)
    return fail(ErrorCode::unsupported, spec_.name + " cannot paint; choose a lyrics-mae model");
  if (input.sound.empty()) return fail(ErrorCode::invalidArgument, spec_.name + " was given no sound to hide parts of");
  if (auto checked = checkRequest(request, config()); !checked) return fail(std::move(checked).error());
  return nn::translated("reconstructing with " + spec_.name, [&]() -> Result<Reconstruction> {
    const std::array<const inference::ModelInput*, 1> one{&input};
    auto sound = soundOf(one, stop);
    if (!sound) return fail(std::move(sound).error());
    at::Tensor ids;
    if (!input.lyrics.empty()) {
      auto made = idsOf(one);
      if (!made) return fail(std::move(made).error());
      ids = *made;
    }
    const auto masks = masksFor(request, config(), ids.defined());
    const auto painted = inference_.paint(*sound, ids, masks.sound, masks.text, stop);
    if (!painted) return stopped();
    auto result = describe(inference_.around(), *sound, ids, *painted, reader_.padId());
    result.sound.grid = config().grid(spec_.frontend.frameShiftMs / 1000.0);
    result.title = maskTitle(request);
    return result;
  });
}

}  // namespace chladni::models::lyrics_mae
