#include "widgets/spectrogram/spectrogram_choices.h"

namespace chladni::widgets {

bool sameAnalysis(const SpectrogramChoices& a, const SpectrogramChoices& b) {
  const auto stft = [](SpectrogramView view) { return view == SpectrogramView::logarithmic || view == SpectrogramView::linear; };
  return (a.view == b.view || (stft(a.view) && stft(b.view))) && a.windowSamples == b.windowSamples && a.overlap == b.overlap &&
         a.oversampling == b.oversampling && a.binsPerOctave == b.binsPerOctave && a.melBins == b.melBins;
}

}  // namespace chladni::widgets
