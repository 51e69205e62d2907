#include "models/lyrics_mae/lyrics_examples.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace chladni::models::lyrics_mae {

using training::SoundItem;

LyricsExamples::LyricsExamples(std::vector<SoundItem> items, const training::SoundLoader& loader, Result<LyricsReader> reader, SongOptions options)
    : items_(std::move(items)), loader_(loader), reader_(std::move(reader)), options_(options),
      fields_{{"sound", {loader.frontend().spec().targetFrames, loader.frontend().bins()}}, {"words", {options.tokens}}, {"has", {2}}} {
  if (options_.classes > 0) fields_.push_back({"target", {options_.classes}});
}

std::vector<double> LyricsExamples::drawWeights() const {
  if (!options_.balanced || options_.classes == 0) return {};
  return training::balancedWeights(items_, options_.classes);
}

Result<void> LyricsExamples::hear(const SoundItem& item, bool augment, Random& random, std::span<float> sound) const {
  Result<Matrix> table = Matrix();
  if (augment && options_.augmentation.randomCrop) {
    auto clip = training::cutSound(item, loader_, true, random);
    if (!clip) return fail(clip.error());
    table = loader_.frontend().modelInput(clip->samples);
  } else {
    table = loader_.features(item);
  }
  if (!table) return fail(table.error());
  if (augment) training::changeFeatures(*table, loader_.frontend().spec(), options_.augmentation, random);
  if (table->values.size() != sound.size()) return fail(ErrorCode::internal, "features of another size than the model's");
  std::copy(table->values.begin(), table->values.end(), sound.begin());
  return {};
}

Result<void> LyricsExamples::read(const SoundItem& item, bool augment, Random& random, std::span<float> words) const {
  if (!reader_) return fail(reader_.error());
  std::ifstream file(item.lyrics, std::ios::binary);
  if (!file) return fail(ErrorCode::notFound, item.lyrics.string() + ": cannot be read; correct the column lyrics");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto ids = reader_->read(text);
  if (!ids) return fail(ids.error(), item.lyrics.string());
  const auto hidden = reader_->maskId();
  for (std::size_t n = 0; n < words.size(); ++n) {
    const bool hides = augment && options_.wordMasking > 0.0 && hidden && (*ids)[n] != reader_->padId() && random.chance(options_.wordMasking);
    words[n] = static_cast<float>(hides ? *hidden : (*ids)[n]);
  }
  return {};
}

Result<void> LyricsExamples::make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const {
  CHLADNI_ASSERT(values.size() == fields_.size());
  const auto& item = items_[static_cast<std::size_t>(draw.item)];
  Random random(draw.seed);
  for (const auto& table : values) std::fill(table.begin(), table.end(), 0.0F);
  bool hears = options_.hears && item.hears, reads = options_.reads && !item.lyrics.empty();
  if (draw.augment && hears && reads && random.chance(options_.modalityDropout)) (random.chance(0.5) ? hears : reads) = false;
  if (hears)
    if (auto heard = hear(item, draw.augment, random, values[0]); !heard) return fail(heard.error(), item.name);
  if (reads)
    if (auto done = read(item, draw.augment, random, values[1]); !done) return fail(done.error(), item.name);
  values[2][0] = hears ? 1.0F : 0.0F;
  values[2][1] = reads ? 1.0F : 0.0F;
  if (options_.classes == 0) return {};
  for (const auto label : item.labels) values[3][static_cast<std::size_t>(label)] = 1.0F;
  return {};
}

}  // namespace chladni::models::lyrics_mae
