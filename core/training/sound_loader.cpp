#include "core/training/sound_loader.h"

#include <algorithm>
#include <cstdio>

#include "core/media/audio_reader.h"
#include "core/serial/sha256.h"

namespace chladni::training {
namespace {

std::string stretchText(const SoundItem& item, double seconds) {
  char text[96];
  std::snprintf(text, sizeof text, "%.6f|%.6f|%.6f", item.start, item.end.value_or(-1.0), seconds);
  return text;
}

std::string soundSettings(const FrontendSpec& spec) {
  return std::to_string(spec.rate.hz()) + (spec.channelMix == ChannelMix::mean ? "|mean" : "|first");
}

// Bytes of a checksum as numbers and back: the cache holds tables of floats.
Matrix sumTable(const std::string& sum) {
  Matrix table(1, static_cast<std::int64_t>(sum.size()));
  std::copy(sum.begin(), sum.end(), table.values.begin());
  return table;
}

}  // namespace

SoundLoader::SoundLoader(dsp::Frontend frontend, std::string settings, BlobCache& cache)
    : frontend_(std::move(frontend)), settings_(std::move(settings)), cache_(cache) {}

double SoundLoader::clipSeconds() const { return frontend_.spec().clipSeconds(); }

Result<std::string> SoundLoader::contentSum(const std::filesystem::path& media) const {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = sums_.find(media.string()); found != sums_.end()) return found->second;
  }
  std::error_code problem;
  const auto size = std::filesystem::file_size(media, problem);
  if (problem) return fail(ErrorCode::notFound, media.string() + ": " + problem.message());
  const auto changed = std::filesystem::last_write_time(media, problem).time_since_epoch().count();
  const auto key = "sum|" + std::filesystem::absolute(media).string() + "|" + std::to_string(size) + "|" + std::to_string(changed);
  std::string sum;
  if (const auto known = cache_.find(key); known && known->values.size() == 64) {
    for (const float value : known->values) sum += static_cast<char>(value);
  } else {
    auto made = serial::sha256OfFile(media);
    if (!made) return made;
    sum = *made;
    cache_.keep(key, sumTable(sum));
  }
  const std::scoped_lock lock(mutex_);
  return sums_.emplace(media.string(), sum).first->second;
}

Result<std::vector<float>> SoundLoader::sound(const SoundItem& item, double seconds) const {
  auto sum = contentSum(item.media);
  if (!sum) return fail(sum.error());
  const auto key = "sound|" + *sum + "|" + soundSettings(frontend_.spec()) + "|" + stretchText(item, seconds);
  if (auto known = cache_.find(key)) return std::move(known->values);
  media::AudioReaderOptions options;
  options.rate = frontend_.spec().rate;
  options.mix = frontend_.spec().channelMix;
  const double end = std::min(item.end.value_or(1e9), item.start + seconds);
  auto read = media::readAudio(item.media, options, TimeRange{MediaTime::fromSeconds(item.start), MediaTime::fromSeconds(end)});
  if (!read) return fail(read.error());
  if (read->samples() == 0) return fail(ErrorCode::corruptData, item.name + ": no sound in this stretch");
  Matrix table(1, read->samples());
  table.values = std::move(read->channels.front());
  cache_.keep(key, table);
  return std::move(table.values);
}

Result<Matrix> SoundLoader::features(const SoundItem& item) const {
  auto sum = contentSum(item.media);
  if (!sum) return fail(sum.error());
  const auto key = "features|" + *sum + "|" + settings_ + "|" + stretchText(item, clipSeconds());
  if (auto known = cache_.find(key)) return std::move(*known);
  auto samples = sound(item, clipSeconds());
  if (!samples) return fail(samples.error());
  auto made = frontend_.modelInput(*samples);
  if (made) cache_.keep(key, *made);
  return made;
}

}  // namespace chladni::training
