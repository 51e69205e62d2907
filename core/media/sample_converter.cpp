#include "core/media/sample_converter.h"

#include <algorithm>
#include <cstddef>

namespace chladni::media {

namespace {

template <class Stored>
struct Scale;
template <>
struct Scale<std::uint8_t> {
  static float toFloat(std::uint8_t v) { return static_cast<float>(static_cast<int>(v) - 128) * (1.0F / 128.0F); }
};
template <>
struct Scale<std::int16_t> {
  static float toFloat(std::int16_t v) { return static_cast<float>(v) * (1.0F / 32768.0F); }
};
template <>
struct Scale<std::int32_t> {
  static float toFloat(std::int32_t v) { return static_cast<float>(v) * (1.0F / 2147483648.0F); }
};
template <>
struct Scale<std::int64_t> {
  static float toFloat(std::int64_t v) { return static_cast<float>(static_cast<double>(v) * 0x1p-63); }
};
template <>
struct Scale<float> {
  static float toFloat(float v) { return v; }
};
template <>
struct Scale<double> {
  static float toFloat(double v) { return static_cast<float>(v); }
};

struct Stretch {
  std::int64_t from;
  std::int64_t count;
  std::int64_t at;
};

template <class Stored>
const Stored* channelStart(const AVFrame& frame, int channel, bool planar, std::int64_t from) {
  const int channels = frame.ch_layout.nb_channels;
  if (planar) return reinterpret_cast<const Stored*>(frame.extended_data[channel]) + from;
  return reinterpret_cast<const Stored*>(frame.extended_data[0]) + from * channels + channel;
}

template <class Stored>
void copyChannel(const Stored* in, std::ptrdiff_t stride, std::int64_t count, float* out) {
  if (stride == 1) {
    for (std::int64_t i = 0; i < count; ++i) out[i] = Scale<Stored>::toFloat(in[i]);
  } else if (stride == 2) {
    for (std::int64_t i = 0; i < count; ++i) out[i] = Scale<Stored>::toFloat(in[i * 2]);
  } else {
    for (std::int64_t i = 0; i < count; ++i) out[i] = Scale<Stored>::toFloat(in[i * stride]);
  }
}

template <class Stored>
void addChannel(const Stored* in, std::ptrdiff_t stride, std::int64_t count, float* out) {
  for (std::int64_t i = 0; i < count; ++i) out[i] += Scale<Stored>::toFloat(in[i * stride]);
}

template <class Stored>
void convert(const AVFrame& frame, bool planar, const Stretch& stretch, std::optional<ChannelMix> mix,
             std::span<float* const> out) {
  const int channels = frame.ch_layout.nb_channels;
  const std::ptrdiff_t stride = planar ? 1 : channels;
  const bool mean = mix == ChannelMix::mean;
  for (std::size_t c = 0; c < out.size(); ++c) {
    float* target = out[c] + stretch.at;
    if (static_cast<int>(c) >= channels) {
      std::fill_n(target, stretch.count, 0.0F);
      continue;
    }
    copyChannel(channelStart<Stored>(frame, static_cast<int>(c), planar, stretch.from), stride, stretch.count, target);
  }
  if (!mean || channels < 2) return;
  float* target = out[0] + stretch.at;
  for (int c = 1; c < channels; ++c)
    addChannel(channelStart<Stored>(frame, c, planar, stretch.from), stride, stretch.count, target);
  const float share = 1.0F / static_cast<float>(channels);
  for (std::int64_t i = 0; i < stretch.count; ++i) target[i] *= share;
}

}  // namespace

bool convertSamples(const AVFrame& frame, std::int64_t from, std::int64_t count, std::optional<ChannelMix> mix,
                    std::span<float* const> out, std::int64_t at) {
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  const Stretch stretch{from, count, at};
  switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_U8: convert<std::uint8_t>(frame, planar, stretch, mix, out); return true;
    case AV_SAMPLE_FMT_S16: convert<std::int16_t>(frame, planar, stretch, mix, out); return true;
    case AV_SAMPLE_FMT_S32: convert<std::int32_t>(frame, planar, stretch, mix, out); return true;
    case AV_SAMPLE_FMT_S64: convert<std::int64_t>(frame, planar, stretch, mix, out); return true;
    case AV_SAMPLE_FMT_FLT: convert<float>(frame, planar, stretch, mix, out); return true;
    case AV_SAMPLE_FMT_DBL: convert<double>(frame, planar, stretch, mix, out); return true;
    default: return false;
  }
}

}  // namespace chladni::media
