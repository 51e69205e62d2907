#include "ui/workspace/spectrogram_facts.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "core/analysis/model_clip.h"

namespace chladni::ui {

using widgets::SpectrogramView;
namespace {

constexpr int kChromaWindow = 8192;  // at least: semitones of low notes lie a few hertz apart
constexpr int kConstantQHop = 512;
constexpr int kCepstrumBands = 64;

QString minus(QString number) { return number.replace('-', QChar(0x2212)); }

}  // namespace

analysis::SpectrogramSettings settingsOf(const widgets::SpectrogramLane::Choices& choices) {
  analysis::SpectrogramSettings settings;
  settings.windowSamples = choices.windowSamples;
  settings.hopSamples = choices.windowSamples / choices.overlap;
  settings.melBins = choices.melBins;
  settings.binsPerOctave = choices.binsPerOctave;
  switch (choices.view) {
    case SpectrogramView::mel: settings.kind = analysis::SpectrogramKind::mel; break;
    case SpectrogramView::constantQ:
      settings.kind = analysis::SpectrogramKind::constantQ;
      settings.hopSamples = kConstantQHop;
      break;
    case SpectrogramView::mfcc:
      settings.kind = analysis::SpectrogramKind::mfcc;
      settings.melBins = kCepstrumBands;
      break;
    case SpectrogramView::chroma:
      settings.kind = analysis::SpectrogramKind::chroma;
      settings.windowSamples = std::max(kChromaWindow, choices.windowSamples);
      break;
    default: settings.kind = analysis::SpectrogramKind::stft;
  }
  settings.fftSize = settings.windowSamples * choices.oversampling;
  return settings;
}

QStringList factsOf(SpectrogramView view, const analysis::SpectrogramSettings& settings, double hopSeconds) {
  if (view == SpectrogramView::constantQ) {
    return {QCoreApplication::translate("SpectrogramFacts", "%1 bins an octave").arg(settings.binsPerOctave), QCoreApplication::translate("SpectrogramFacts", "hop %1 ms").arg(1000.0 * hopSeconds, 0, 'f', 1)};
  }
  QStringList lines;
  if (view == SpectrogramView::mfcc) lines << QCoreApplication::translate("SpectrogramFacts", "%1 of %2 mel bands").arg(settings.coefficients).arg(settings.melBins);
  if (view == SpectrogramView::mel) lines << QCoreApplication::translate("SpectrogramFacts", "%1 bands").arg(settings.melBins);
  lines << QCoreApplication::translate("SpectrogramFacts", "window %1 · hop %2").arg(settings.windowSamples).arg(settings.hopSamples);
  return lines;
}

QStringList factsOf(const inference::ModelSpec& model, double durationSeconds) {
  const FrontendSpec& frontend = model.frontend;
  QStringList lines = {QCoreApplication::translate("SpectrogramFacts", "of %1").arg(QString::fromStdString(model.title.empty() ? model.name : model.title)),
                       QCoreApplication::translate("SpectrogramFacts", "windows of %1 s").arg(analysis::clipSeconds(model), 0, 'f', 2)};
  const QString columns = frontend.targetFrames > 0 ? QString::number(frontend.targetFrames) : QCoreApplication::translate("SpectrogramFacts", "any");
  lines << QCoreApplication::translate("SpectrogramFacts", "%1 × %2 · %3 kHz").arg(columns).arg(frontend.melBins).arg(frontend.rate.hz() / 1000.0, 0, 'g', 4);
  const double divisor = static_cast<double>(frontend.deviationFactor) * frontend.deviation;
  lines << minus(QCoreApplication::translate("SpectrogramFacts", "(x %1 %2) / %3").arg(frontend.mean > 0.0F ? '-' : '+').arg(std::abs(frontend.mean), 0, 'f', 2).arg(divisor, 0, 'f', 2));
  if (frontend.targetFrames > 0 && durationSeconds < frontend.clipSeconds()) {
    lines << minus(QCoreApplication::translate("SpectrogramFacts", "then %1 s of %2").arg(frontend.clipSeconds() - durationSeconds, 0, 'f', 2).arg((frontend.padValue - frontend.mean) / divisor, 0, 'f', 2));
  }
  return lines;
}

}  // namespace chladni::ui
