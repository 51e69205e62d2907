#include "core/inference/field_reader.h"
#include "core/inference/manifest.h"

namespace chladni::inference {

using serial::JsonField;
using serial::JsonValue;

namespace {

constexpr std::int64_t kMaxFrames = 10'000'000;

void readLogMel(LogMelSpec& spec, const JsonField& field, FieldReader& reader) {
  if (!field.present()) return;
  reader.optional(spec.fftSize, field["fft_size"], whole(0, 1 << 20));
  reader.optional(spec.padding, field["padding"], oneOf({"none", "zero", "reflect", "same", "right"}));
  reader.optional(spec.padTo, field["pad_to"], oneOf({"none", "whole-patches"}));
  reader.optional(spec.magnitude, field["magnitude"], flag());
  reader.optional(spec.melScale, field["mel_scale"], oneOf({"htk", "slaney", "linear"}));
  reader.optional(spec.melSlope, field["mel_slope"], oneOf({"mel", "hertz"}));
  reader.optional(spec.melNorm, field["mel_norm"], oneOf({"none", "area"}));
  reader.optional(spec.dropDirectCurrent, field["drop_direct_current"], flag());
  reader.optional(spec.squareRootAfterMel, field["square_root_after_mel"], flag());
  reader.optional(spec.roundToHalf, field["round_to_half"], flag());
  reader.optional(spec.compression, field["compression"], oneOf({"ln-offset", "log10-scaled", "decibel"}));
  reader.optional(spec.offset, field["offset"], number(0.0, 1e30));
  reader.optional(spec.scale, field["scale"], number(0.0, 1e30));
  reader.optional(spec.decibelRange, field["decibel_range"], number(0.0, 1e6));
  reader.optional(spec.patchFrames, field["patch_frames"], whole(0, kMaxFrames));
  reader.optional(spec.patchHopFrames, field["patch_hop_frames"], whole(0, kMaxFrames));
}

JsonValue logMelToJson(const LogMelSpec& spec) {
  JsonValue json = JsonValue::object();
  json.set("fft_size", spec.fftSize);
  json.set("padding", spec.padding);
  json.set("pad_to", spec.padTo);
  json.set("magnitude", spec.magnitude);
  json.set("mel_scale", spec.melScale);
  json.set("mel_slope", spec.melSlope);
  json.set("mel_norm", spec.melNorm);
  json.set("drop_direct_current", spec.dropDirectCurrent);
  json.set("square_root_after_mel", spec.squareRootAfterMel);
  json.set("round_to_half", spec.roundToHalf);
  json.set("compression", spec.compression);
  json.set("offset", spec.offset);
  json.set("scale", spec.scale);
  json.set("decibel_range", spec.decibelRange);
  json.set("patch_frames", spec.patchFrames);
  json.set("patch_hop_frames", spec.patchHopFrames);
  return json;
}

Result<std::array<float, 3>> threeNumbers(const JsonField& field) {
  const auto values = field.numbers();
  if (!values) return fail(values.error());
  if (values->size() != 3)
    return fail(ErrorCode::invalidArgument, field.path() + ": three numbers are needed, of red, green and blue");
  return std::array<float, 3>{static_cast<float>((*values)[0]), static_cast<float>((*values)[1]),
                              static_cast<float>((*values)[2])};
}

void readPicture(std::optional<PictureSpec>& picture, const JsonField& field, FieldReader& reader) {
  if (!field.present()) return;
  PictureSpec& spec = picture.emplace();
  reader.required(spec.size, field["size"], whole(1, 16'384));
  reader.optional(spec.fit, field["fit"], oneOf({"crop", "stretch"}));
  reader.optional(spec.interpolation, field["interpolation"], oneOf({"bicubic", "bilinear"}));
  reader.required(spec.mean, field["mean"], threeNumbers);
  reader.required(spec.deviation, field["deviation"], threeNumbers);
  reader.optional(spec.channelOrder, field["channel_order"], oneOf({"rgb", "bgr"}));
  reader.optional(spec.scale, field["scale"], number(1e-9, 1e9));
  reader.optional(spec.framesPerClip, field["frames_per_clip"], whole(1, 10'000));
  reader.optional(spec.framesPerSecond, field["frames_per_second"], number(0.0, 1000.0));
  for (const float deviation : spec.deviation)
    if (!(deviation > 0.0F)) reader.refuse(field.path() + ".deviation: must be above 0");
}

JsonValue pictureToJson(const PictureSpec& spec) {
  const auto three = [](const std::array<float, 3>& values) {
    return JsonValue::arrayOf(std::vector<double>(values.begin(), values.end()));
  };
  JsonValue json = JsonValue::object();
  json.set("size", spec.size);
  json.set("fit", spec.fit);
  json.set("interpolation", spec.interpolation);
  json.set("mean", three(spec.mean));
  json.set("deviation", three(spec.deviation));
  json.set("channel_order", spec.channelOrder);
  json.set("scale", spec.scale);
  json.set("frames_per_clip", spec.framesPerClip);
  json.set("frames_per_second", spec.framesPerSecond);
  return json;
}

void readLyrics(std::optional<LyricsSpec>& lyrics, const JsonField& field, FieldReader& reader) {
  if (!field.present()) return;
  LyricsSpec& spec = lyrics.emplace();
  reader.optional(spec.vocabulary, field["vocabulary"], text());
  reader.required(spec.tokens, field["tokens"], whole(1, 100'000));
  reader.optional(spec.lowerCase, field["lower_case"], flag());
}

JsonValue lyricsToJson(const LyricsSpec& spec) {
  JsonValue json = JsonValue::object();
  json.set("vocabulary", spec.vocabulary);
  json.set("tokens", spec.tokens);
  json.set("lower_case", spec.lowerCase);
  return json;
}

}  // namespace

Result<FrontendSpec> frontendFromJson(const JsonField& field) {
  if (auto ok = field.object(); !ok) return fail(ok.error());
  FrontendSpec spec;
  FieldReader reader;
  int rate = 0;
  std::string mix = "first";
  std::string shortClip = "fail";
  // What shapes the tensor or scales its values must be said; the rest has the defaults of the published recipe.
  reader.required(spec.kind, field["kind"], oneOf({"kaldi-fbank", "log-mel"}));
  reader.required(rate, field["rate"], whole(1, 768'000));
  reader.optional(mix, field["channel_mix"], oneOf({"first", "mean"}));
  reader.optional(spec.subtractMean, field["subtract_mean"], flag());
  reader.optional(spec.levelTarget, field["level_target"], number(0.0, 1e6));
  reader.required(spec.frameLengthMs, field["frame_length_ms"], number(0.01, 60'000.0));
  reader.required(spec.frameShiftMs, field["frame_shift_ms"], number(0.01, 60'000.0));
  reader.required(spec.window, field["window"], text());
  reader.required(spec.melBins, field["mel_bins"], whole(1, 65'536));
  reader.optional(spec.lowHz, field["low_hz"], number(0.0, 384'000.0));
  reader.optional(spec.highHz, field["high_hz"], number(-384'000.0, 384'000.0));
  reader.optional(spec.preemphasis, field["preemphasis"], number(0.0, 1.0));
  reader.optional(spec.removeDc, field["remove_dc"], flag());
  reader.optional(shortClip, field["short_clip"], oneOf({"fail", "constant-features"}));
  reader.required(spec.targetFrames, field["target_frames"], whole(0, kMaxFrames));
  reader.optional(spec.padValue, field["pad_value"], anyNumber());
  reader.required(spec.mean, field["mean"], anyNumber());
  reader.required(spec.deviation, field["deviation"], number(1e-30, 1e30));
  reader.optional(spec.deviationFactor, field["deviation_factor"], number(1e-30, 1e30));
  readLogMel(spec.logMel, field["log_mel"], reader);
  reader.optional(spec.sound, field["sound"], flag());
  readPicture(spec.picture, field["picture"], reader);
  readLyrics(spec.lyrics, field["lyrics"], reader);
  if (reader.failure()) return fail(*reader.failure());
  spec.rate = SampleRate(rate);
  spec.channelMix = mix == "mean" ? ChannelMix::mean : ChannelMix::first;
  spec.shortClip = shortClip == "fail" ? ShortClip::fail : ShortClip::constantFeatures;
  return spec;
}

JsonValue frontendToJson(const FrontendSpec& spec) {
  JsonValue json = JsonValue::object();
  json.set("kind", spec.kind);
  json.set("rate", spec.rate.hz());
  json.set("channel_mix", spec.channelMix == ChannelMix::mean ? "mean" : "first");
  json.set("subtract_mean", spec.subtractMean);
  if (spec.levelTarget > 0.0) json.set("level_target", spec.levelTarget);
  json.set("frame_length_ms", spec.frameLengthMs);
  json.set("frame_shift_ms", spec.frameShiftMs);
  json.set("window", spec.window);
  json.set("mel_bins", spec.melBins);
  json.set("low_hz", spec.lowHz);
  json.set("high_hz", spec.highHz);
  json.set("preemphasis", spec.preemphasis);
  json.set("remove_dc", spec.removeDc);
  json.set("short_clip", spec.shortClip == ShortClip::fail ? "fail" : "constant-features");
  json.set("target_frames", spec.targetFrames);
  json.set("pad_value", spec.padValue);
  json.set("mean", spec.mean);
  json.set("deviation", spec.deviation);
  json.set("deviation_factor", spec.deviationFactor);
  if (spec.kind == "log-mel") json.set("log_mel", logMelToJson(spec.logMel));
  if (!spec.sound) json.set("sound", false);
  if (spec.picture) json.set("picture", pictureToJson(*spec.picture));
  if (spec.lyrics) json.set("lyrics", lyricsToJson(*spec.lyrics));
  return json;
}

}  // namespace chladni::inference
