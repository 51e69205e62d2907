#include "widgets/spectrogram/spectrogram_views.h"

#include <QCoreApplication>

namespace chladni::widgets {
namespace {

struct Words {
  const char* id;
  const char* name;
  const char* explanation;
};

const Words& wordsOf(SpectrogramView view) {
  static constexpr std::array<Words, kSpectrogramViews.size()> kWords = {{
      {"log", QT_TRANSLATE_NOOP("SpectrogramView", "Log frequency"),
       QT_TRANSLATE_NOOP("SpectrogramView", "Short-time Fourier transform with octaves of equal height: bright is loud, up is high.")},
      {"stft", QT_TRANSLATE_NOOP("SpectrogramView", "Linear frequency"),
       QT_TRANSLATE_NOOP("SpectrogramView", "Short-time Fourier transform: overtones of one note lie equally far apart.")},
      {"mel", QT_TRANSLATE_NOOP("SpectrogramView", "Mel bands"),
       QT_TRANSLATE_NOOP("SpectrogramView", "Bands as wide as hearing tells them apart; most models begin with these.")},
      {"constant-q", QT_TRANSLATE_NOOP("SpectrogramView", "Constant-Q"),
       QT_TRANSLATE_NOOP("SpectrogramView", "Bins tuned to notes: a melody moves up and down without changing shape. Low notes are slow to begin, as their windows are long.")},
      {"mfcc", QT_TRANSLATE_NOOP("SpectrogramView", "MFCC"),
       QT_TRANSLATE_NOOP("SpectrogramView", "Cepstral coefficients sum up timbre: low rows tell the broad shape of the spectrum, high rows its detail; red is above zero, blue below.")},
      {"chroma", QT_TRANSLATE_NOOP("SpectrogramView", "Chroma"),
       QT_TRANSLATE_NOOP("SpectrogramView", "All octaves folded into twelve pitch classes: chords and keys without their height.")},
      {"model", QT_TRANSLATE_NOOP("SpectrogramView", "Model input"),
       QT_TRANSLATE_NOOP("SpectrogramView", "Exactly the numbers that the chosen model is given, window by window: what is not here it cannot hear.")},
  }};
  return kWords[static_cast<std::size_t>(view)];
}

QString words(const char* text) { return QCoreApplication::translate("SpectrogramView", text); }

}  // namespace

QString viewName(SpectrogramView view) { return words(wordsOf(view).name); }
QString viewExplanation(SpectrogramView view) { return words(wordsOf(view).explanation); }
QString viewId(SpectrogramView view) { return QString::fromLatin1(wordsOf(view).id); }

std::optional<SpectrogramView> viewFromId(const QString& id) {
  for (const SpectrogramView view : kSpectrogramViews)
    if (id == wordsOf(view).id) return view;
  return std::nullopt;
}

FrequencyScale::Kind scaleKind(SpectrogramView view) {
  switch (view) {
    case SpectrogramView::linear: return FrequencyScale::Kind::linear;
    case SpectrogramView::mfcc:
    case SpectrogramView::chroma:
    case SpectrogramView::modelInput: return FrequencyScale::Kind::rows;
    default: return FrequencyScale::Kind::logarithmic;
  }
}

bool hasFrequencies(SpectrogramView view) { return view != SpectrogramView::mfcc && view != SpectrogramView::chroma; }

bool hasWindow(SpectrogramView view) { return view != SpectrogramView::constantQ && view != SpectrogramView::modelInput; }

}  // namespace chladni::widgets
