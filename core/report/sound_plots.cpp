// Waveform and spectrogram.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/data/colormap.h"
#include "core/report/plot_axes.h"
#include "core/report/plots.h"

namespace chladni::report {

namespace {

constexpr double kWaveformHeight = 130.0;
constexpr double kSpectrogramHeight = 240.0;
constexpr float kDynamicDb = 80.0F;

double decibels(double amplitude) { return 20.0 * std::log10(std::max(amplitude, 1e-6)); }

// The largest value, up to which the picture is drawn.
float loudest(const Matrix& table) {
  float largest = -200.0F;
  for (const float value : table.values)
    if (std::isfinite(value)) largest = std::max(largest, value);
  return largest;
}

// The spectrogram as pixels, a row a bin, high frequencies above.
VideoFrame pixelsOf(const Matrix& table) {
  VideoFrame picture;
  picture.width = static_cast<int>(table.rows);
  picture.height = static_cast<int>(table.columns);
  const float top = loudest(table);
  for (std::int64_t bin = table.columns; bin-- > 0;)
    for (std::int64_t x = 0; x < table.rows; ++x) {
      const Rgb colour = colourAt(Colormap::magma, (table.at(x, bin) - top + kDynamicDb) / kDynamicDb);
      picture.rgb.insert(picture.rgb.end(), {colour.red, colour.green, colour.blue});
    }
  return picture;
}

std::string hertz(double hz) {
  char text[32];
  if (hz >= 1000.0)
    std::snprintf(text, sizeof text, "%.3g kHz", hz / 1000.0);
  else
    std::snprintf(text, sizeof text, "%.0f Hz", hz);
  return text;
}

double largestPeak(const FileSection& file) {
  double peak = 0.0;
  for (const PeakSummary& pixel : file.waveform)
    if (pixel.known) peak = std::max({peak, std::abs(double{pixel.min}), std::abs(double{pixel.max})});
  return peak;
}

}  // namespace

PlotSize waveformSize() { return {kPlotWidth, kWaveformHeight}; }

void drawWaveform(Canvas& canvas, const FileSection& file) {
  const Box box = dataBox(kPlotWidth, kWaveformHeight);
  const double middle = box.y + box.height / 2.0;
  const double scale = box.height / 2.0 / std::max(1.0, largestPeak(file));
  drawLevel(canvas, box, middle - scale, "1");
  drawLevel(canvas, box, middle, "0");
  drawLevel(canvas, box, middle + scale, "-1");
  std::vector<Point> peaks, loudness, lowerPeaks, lowerLoudness;
  const auto count = static_cast<double>(file.waveform.size());
  for (std::size_t i = 0; i < file.waveform.size(); ++i) {
    const PeakSummary pixel = file.waveform[i].known ? file.waveform[i] : PeakSummary{};
    const double x = timeX(box, file.soundSeconds * (static_cast<double>(i) + 0.5) / count, file.seconds);
    // At least half a unit high: silence is a line, not nothing.
    peaks.push_back({x, std::min(middle - scale * pixel.max, middle - 0.4)});
    lowerPeaks.push_back({x, std::max(middle - scale * pixel.min, middle + 0.4)});
    loudness.push_back({x, middle - scale * pixel.rms});
    lowerLoudness.push_back({x, middle + scale * pixel.rms});
  }
  peaks.insert(peaks.end(), lowerPeaks.rbegin(), lowerPeaks.rend());
  loudness.insert(loudness.end(), lowerLoudness.rbegin(), lowerLoudness.rend());
  canvas.fill(peaks, Ink::sound);
  canvas.fill(loudness, Ink::first);
  drawTimeAxis(canvas, box, file.seconds);
}

std::string describeWaveform(const FileSection& file) {
  double squares = 0.0;
  for (const PeakSummary& pixel : file.waveform) squares += pixel.known ? double{pixel.rms} * pixel.rms : 0.0;
  const double rms = file.waveform.empty() ? 0.0 : std::sqrt(squares / static_cast<double>(file.waveform.size()));
  char text[160];
  std::snprintf(text, sizeof text, "%s s of sound: highest peak %.1f dB, mean level %.1f dB of full scale.", timeText(file.soundSeconds).c_str(),
                decibels(largestPeak(file)), decibels(rms));
  return text;
}

PlotSize spectrogramSize() { return {kPlotWidth, kSpectrogramHeight}; }

void drawSpectrogram(Canvas& canvas, const FileSection& file) {
  const Box box = dataBox(kPlotWidth, kSpectrogramHeight);
  const Box sound{box.x, box.y, timeX(box, file.soundSeconds, file.seconds) - box.x, box.height};
  canvas.picture(sound, pixelsOf(file.spectrogram), true);
  const double low = file.binHz.front();
  const double high = file.binHz.back();
  for (const double hz : {50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0, 40000.0}) {
    if (hz < low || hz > high) continue;
    const double y = box.y + box.height * (1.0 - std::log(hz / low) / std::log(high / low));
    canvas.line(std::array<Point, 2>{{{box.x - 4.0, y}, {box.x, y}}}, {Ink::faint, 1.0, {}});
    canvas.text({box.x - 7.0, y + 4.0}, hertz(hz), kLabelSize, Ink::faint, Align::end);
  }
  drawTimeAxis(canvas, box, file.seconds);
}

std::string describeSpectrogram(const FileSection& file) {
  const Matrix& table = file.spectrogram;
  std::size_t strongest = 0;
  double most = -1.0;
  for (std::size_t bin = 0; bin < file.binHz.size(); ++bin) {
    double power = 0.0;
    for (std::int64_t x = 0; x < table.rows; ++x) power += std::pow(10.0, table.row(x)[bin] / 10.0);
    if (power > most) {
      most = power;
      strongest = bin;
    }
  }
  return "On a logarithmic axis from " + hertz(file.binHz.front()) + " to " + hertz(file.binHz.back()) + ": brighter is louder, over " +
         std::to_string(static_cast<int>(kDynamicDb)) + " dB; most energy near " + hertz(file.binHz[strongest]) + ".";
}

}  // namespace chladni::report
