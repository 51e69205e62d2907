#include "core/dsp/frontend_presets.h"

#include <array>
#include <utility>

namespace chladni::dsp {

namespace {

FrontendSpec normalised(float mean, float deviation, float factor, std::int64_t frames) {
  FrontendSpec spec;
  spec.mean = mean;
  spec.deviation = deviation;
  spec.deviationFactor = factor;
  spec.targetFrames = frames;
  return spec;
}

FrontendSpec ast() { return {}; }
FrontendSpec astEsc50() { return normalised(-6.6268077F, 5.358466F, 2.0F, 512); }
FrontendSpec astSpeechCommands() { return normalised(-6.845978F, 5.5654526F, 2.0F, 128); }
FrontendSpec lyrics() { return normalised(-5.081F, 4.4849F, 1.0F, 512); }

FrontendSpec cavmae() {
  FrontendSpec spec = normalised(-5.081F, 4.4849F, 1.0F, 1024);
  spec.shortClip = ShortClip::constantFeatures;
  return spec;
}

// Long windows, so that the harmonics of music stand apart; mean and deviation of rendered pieces.
FrontendSpec dualMaeSmall() {
  FrontendSpec spec = normalised(-4.2F, 4.4F, 1.0F, 160);
  spec.channelMix = ChannelMix::mean;
  spec.levelTarget = 0.1;
  spec.frameLengthMs = 64.0;
  spec.frameShiftMs = 20.0;
  spec.padValue = -15.942385F;  // digital silence
  spec.picture = PictureSpec{};
  spec.picture->size = 112;
  return spec;
}

// Stretches of an instrument, level taken out; long windows, so that harmonics stand apart.
FrontendSpec instrumentsSmall() {
  FrontendSpec spec = normalised(-5.0F, 2.6F, 2.0F, 64);
  spec.channelMix = ChannelMix::mean;
  spec.levelTarget = 0.1;
  spec.frameLengthMs = 64.0;
  spec.frameShiftMs = 25.0;
  spec.padValue = -15.942385F;  // digital silence
  return spec;
}

FrontendSpec asit() { return normalised(-4.2677393F, 4.5689974F, 2.0F, 592); }

// Features as they are: no mean removal, no target length, no normalisation.
FrontendSpec logMel() {
  FrontendSpec spec = normalised(0.0F, 1.0F, 1.0F, 0);
  spec.kind = "log-mel";
  spec.channelMix = ChannelMix::mean;
  spec.subtractMean = false;
  spec.window = "hann";
  return spec;
}

FrontendSpec vggish() {
  FrontendSpec spec = logMel();
  spec.melBins = 64;
  spec.lowHz = 125.0;
  spec.highHz = 7500.0;
  spec.logMel.magnitude = true;
  spec.logMel.dropDirectCurrent = true;
  spec.logMel.patchFrames = 96;
  return spec;
}

FrontendSpec yamnet() {
  FrontendSpec spec = vggish();
  spec.logMel.offset = 0.001;
  spec.logMel.padTo = "whole-patches";
  spec.logMel.patchHopFrames = 48;
  return spec;
}

FrontendSpec musicnn() {
  FrontendSpec spec = logMel();
  spec.frameLengthMs = 32.0;
  spec.frameShiftMs = 16.0;
  spec.melBins = 96;
  spec.lowHz = 0.0;
  spec.highHz = 8000.0;
  spec.logMel.padding = "reflect";
  spec.logMel.melScale = "slaney";
  spec.logMel.melSlope = "hertz";
  spec.logMel.melNorm = "area";
  spec.logMel.compression = "log10-scaled";
  spec.logMel.patchFrames = 187;
  return spec;
}

FrontendSpec musicnnZero() {
  FrontendSpec spec = musicnn();
  spec.logMel.padding = "zero";
  return spec;
}

// One second; a sound that ends early goes on as silence.
FrontendSpec bow() {
  FrontendSpec spec = logMel();
  spec.frameLengthMs = 30.0;
  spec.frameShiftMs = 10.0;
  spec.melBins = 96;
  spec.lowHz = 0.0;
  spec.highHz = 8000.0;
  spec.targetFrames = 100;
  spec.logMel.fftSize = 2048;
  spec.logMel.padding = "right";
  spec.logMel.offset = 1e-6;
  spec.padValue = -13.815511F;  // ln(offset)
  return spec;
}

// The same with level taken out and brought to the size of what nets like to see.
FrontendSpec bowSmall() {
  FrontendSpec spec = bow();
  spec.levelTarget = 0.1;
  spec.mean = -4.0F;
  spec.deviation = 4.5F;
  return spec;
}

FrontendSpec openl3(int bands) {
  FrontendSpec spec = logMel();
  spec.rate = SampleRate(48000);
  spec.frameLengthMs = 2048.0 / 48.0;
  spec.frameShiftMs = 242.0 / 48.0;
  spec.melBins = bands;
  spec.lowHz = 0.0;
  spec.highHz = 24000.0;
  spec.logMel.padding = "same";
  spec.logMel.melSlope = "hertz";
  spec.logMel.melNorm = "area";
  spec.logMel.squareRootAfterMel = true;
  spec.logMel.compression = "decibel";
  return spec;
}

FrontendSpec openl3Mel128() { return openl3(128); }
FrontendSpec openl3Mel256() { return openl3(256); }

FrontendSpec openl3Linear() {
  FrontendSpec spec = openl3(257);
  spec.frameLengthMs = 512.0 / 48.0;
  spec.logMel.padding = "none";
  spec.logMel.melScale = "linear";
  return spec;
}

// A second of sound and of picture for the small backbones that localisers train with themselves: 64 bands, and the
// middle frame with what moves around it.
FrontendSpec smallAv() {
  FrontendSpec spec = normalised(-7.0F, 4.5F, 1.0F, 98);
  spec.channelMix = ChannelMix::mean;
  spec.subtractMean = false;
  spec.melBins = 64;
  spec.padValue = -15.9424F;  // ln of the smallest energy
  PictureSpec picture;
  picture.size = 112;
  picture.fit = "stretch";
  picture.interpolation = "bilinear";
  picture.mean = {0.5F, 0.5F, 0.5F};
  picture.deviation = {0.25F, 0.25F, 0.25F};
  picture.framesPerSecond = 4.0;
  spec.picture = picture;
  return spec;
}

using Maker = FrontendSpec (*)();
constexpr std::array<std::pair<const char*, Maker>, 18> kPresets{{{"ast", ast},
                                                                 {"ast-esc50", astEsc50},
                                                                 {"ast-speech-commands", astSpeechCommands},
                                                                 {"cavmae", cavmae},
                                                                 {"dualmae-s", dualMaeSmall},
                                                                 {"asit", asit},
                                                                 {"lyrics", lyrics},
                                                                 {"vggish", vggish},
                                                                 {"yamnet", yamnet},
                                                                 {"musicnn", musicnn},
                                                                 {"bow", bow},
                                                                 {"musicnn-zero", musicnnZero},
                                                                 {"openl3-mel128", openl3Mel128},
                                                                 {"openl3-mel256", openl3Mel256},
                                                                 {"openl3-linear", openl3Linear},
                                                                 {"small-av", smallAv},
                                                                 {"instruments-s", instrumentsSmall},
                                                                 {"bag-of-codes-s", bowSmall}}};

}  // namespace

std::optional<FrontendSpec> frontendPreset(std::string_view name) {
  for (const auto& [known, make] : kPresets) {
    if (name == known) return make();
  }
  return std::nullopt;
}

std::vector<std::string> frontendPresetNames() {
  std::vector<std::string> names;
  for (const auto& preset : kPresets) names.emplace_back(preset.first);
  return names;
}

}  // namespace chladni::dsp
