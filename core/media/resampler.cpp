#include "core/media/resampler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace chladni::media {

namespace {

constexpr std::int64_t kChunk = 8192;
constexpr int kFilterTaps = 128;      // at the lower of the two rates
constexpr int kFewTaps = 32;          // for ratios so steep that the filter would grow absurd
constexpr double kSteepRatio = 48.0;
constexpr double kCutoff = 0.95;
constexpr int kKaiserBeta = 10;

std::array<std::uint8_t*, kMostChannels> bytePointers(std::vector<std::vector<float>>& channels) {
  std::array<std::uint8_t*, kMostChannels> pointers{};
  for (std::size_t c = 0; c < channels.size(); ++c) pointers[c] = reinterpret_cast<std::uint8_t*>(channels[c].data());
  return pointers;
}

}  // namespace

Result<Resampler> Resampler::create(int inHz, int outHz, int channels) {
  Resampler resampler(inHz, outHz, channels);
  const double ratio = std::max(1.0, static_cast<double>(inHz) / outHz);
  resampler.unit_ = inHz / std::gcd(inHz, outHz);
  resampler.margin_ = static_cast<std::int64_t>(std::ceil(kFilterTaps * ratio)) + 64;
  resampler.input_.assign(static_cast<std::size_t>(channels), std::vector<float>(kChunk));
  auto opened = resampler.openContext();
  if (!opened) return fail(std::move(opened.error()));
  return resampler;
}

Result<void> Resampler::openContext() {
  // A mask of as many speakers as channels on both sides: swresample then converts each channel by itself.
  AVChannelLayout layout = {};
  const std::uint64_t mask = channels_ >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << channels_) - 1;
  av_channel_layout_from_mask(&layout, mask);
  SwrContext* context = nullptr;
  swr_alloc_set_opts2(&context, &layout, AV_SAMPLE_FMT_FLTP, outHz_, &layout, AV_SAMPLE_FMT_FLTP, inHz_, 0, nullptr);
  context_.reset(context);
  av_channel_layout_uninit(&layout);
  if (!context) return fail(ErrorCode::outOfMemory, "not enough memory for a resampler; close other programs");
  const bool steep = static_cast<double>(inHz_) / outHz_ > kSteepRatio;
  av_opt_set_int(context, "filter_size", steep ? kFewTaps : kFilterTaps, 0);
  av_opt_set_int(context, "exact_rational", 1, 0);
  av_opt_set_int(context, "linear_interp", 1, 0);  // only used where the ratio has no exact form
  av_opt_set_double(context, "cutoff", kCutoff, 0);
  av_opt_set(context, "filter_type", "kaiser", 0);
  av_opt_set_int(context, "kaiser_beta", kKaiserBeta, 0);
  if (swr_init(context) < 0)
    return fail(ErrorCode::unsupported, "cannot resample from " + std::to_string(inHz_) + " to " +
                                            std::to_string(outHz_) + " Hz; choose another rate");
  return {};
}

std::int64_t Resampler::outputLength(std::int64_t inputSamples) const {
  return av_rescale_rnd(inputSamples, outHz_, inHz_, AV_ROUND_UP);
}

Result<void> Resampler::start(AudioSource& source, std::int64_t output, std::stop_token stop) {
  auto opened = openContext();
  if (!opened) return opened;
  const std::int64_t wanted = av_rescale_rnd(output, inHz_, outHz_, AV_ROUND_DOWN) - margin_;
  const std::int64_t from = std::max<std::int64_t>(0, wanted / unit_ * unit_);
  auto moved = source.seek(from, std::move(stop));
  if (!moved) return moved;
  made_ = av_rescale(from, outHz_, inHz_);  // exact: from is a multiple of unit_
  drop_ = output - made_;
  readyOffset_ = readyCount_ = 0;
  end_ = -1;
  return {};
}

// Converts one chunk of fixed size, so that the result does not depend on how it is asked for.
Result<void> Resampler::feed(AudioSource& source, std::stop_token stop) {
  std::array<float*, kMostChannels> pointers{};
  for (std::size_t c = 0; c < input_.size(); ++c) pointers[c] = input_[c].data();
  auto got = source.read({pointers.data(), input_.size()}, kChunk, std::move(stop));
  if (!got) return fail(std::move(got.error()));

  if (*got < kChunk) end_ = outputLength(source.position());
  const std::int64_t most = swr_get_out_samples(context_.get(), static_cast<int>(*got)) + 64;
  const std::int64_t room = end_ < 0 ? most : std::max(most, end_ - made_ + 64);
  ready_.resize(input_.size());
  for (auto& channel : ready_) channel.assign(static_cast<std::size_t>(room), 0.0F);
  auto in = bytePointers(input_);
  auto out = bytePointers(ready_);
  std::array<const std::uint8_t*, kMostChannels> inConst{};
  std::copy(in.begin(), in.end(), inConst.begin());
  readyOffset_ = 0;
  readyCount_ = std::max(0, swr_convert(context_.get(), out.data(), static_cast<int>(room), inConst.data(),
                                        static_cast<int>(*got)));
  if (end_ >= 0) {
    for (std::size_t c = 0; c < ready_.size(); ++c) out[c] += readyCount_ * static_cast<std::int64_t>(sizeof(float));
    readyCount_ += std::max(0, swr_convert(context_.get(), out.data(), static_cast<int>(room - readyCount_), nullptr, 0));
    readyCount_ = std::max<std::int64_t>(0, end_ - made_);  // the exact length; a missing last sample is silence
  }
  made_ += readyCount_;
  const std::int64_t dropped = std::min(drop_, readyCount_);
  drop_ -= dropped;
  readyOffset_ += dropped;
  readyCount_ -= dropped;
  return {};
}

Result<std::int64_t> Resampler::read(AudioSource& source, std::span<float* const> out, std::int64_t count,
                                     std::stop_token stop) {
  std::int64_t done = 0;
  while (done < count) {
    if (readyCount_ == 0) {
      if (end_ >= 0) break;
      auto fed = feed(source, stop);
      if (!fed) return fail(std::move(fed.error()));
      continue;
    }
    const std::int64_t part = std::min(readyCount_, count - done);
    for (std::size_t c = 0; c < out.size(); ++c)
      std::copy_n(ready_[c].data() + readyOffset_, part, out[c] + done);
    readyOffset_ += part;
    readyCount_ -= part;
    done += part;
  }
  return done;
}

}  // namespace chladni::media
