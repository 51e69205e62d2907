#include "ui/models/figure_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace chladni::ui {
namespace {

enum class Unit { plain, share, decibels, count, seconds };

struct Figure {
  const char* key;
  const char* words;
  Unit unit;
};

constexpr std::array kFigures{
    Figure{"top1", QT_TRANSLATE_NOOP("FigureWords", "top 1"), Unit::share},
    Figure{"top3", QT_TRANSLATE_NOOP("FigureWords", "top 3"), Unit::share},
    Figure{"map", QT_TRANSLATE_NOOP("FigureWords", "mean average precision"), Unit::plain},
    Figure{"map_mixtures", QT_TRANSLATE_NOOP("FigureWords", "mean average precision on mixtures"), Unit::plain},
    Figure{"roc_area", QT_TRANSLATE_NOOP("FigureWords", "area below the ROC curve"), Unit::plain},
    Figure{"loss", QT_TRANSLATE_NOOP("FigureWords", "loss"), Unit::plain},
    Figure{"mae_a", QT_TRANSLATE_NOOP("FigureWords", "sound"), Unit::plain},
    Figure{"mae_v", QT_TRANSLATE_NOOP("FigureWords", "picture"), Unit::plain},
    Figure{"mae_audio", QT_TRANSLATE_NOOP("FigureWords", "loss of the sound"), Unit::plain},
    Figure{"mae_visual", QT_TRANSLATE_NOOP("FigureWords", "loss of the picture"), Unit::plain},
    Figure{"contrastive", QT_TRANSLATE_NOOP("FigureWords", "contrastive loss"), Unit::plain},
    Figure{"contrastive_accuracy", QT_TRANSLATE_NOOP("FigureWords", "pairs found"), Unit::share},
    Figure{"sound_error", QT_TRANSLATE_NOOP("FigureWords", "error of hidden sound"), Unit::plain},
    Figure{"sound_db", QT_TRANSLATE_NOOP("FigureWords", "hidden sound"), Unit::decibels},
    Figure{"picture_error", QT_TRANSLATE_NOOP("FigureWords", "error of hidden picture"), Unit::plain},
    Figure{"picture_db", QT_TRANSLATE_NOOP("FigureWords", "hidden picture"), Unit::decibels},
    Figure{"segment_accuracy", QT_TRANSLATE_NOOP("FigureWords", "segments right"), Unit::share},
    Figure{"event_accuracy", QT_TRANSLATE_NOOP("FigureWords", "seconds of events right"), Unit::share},
    Figure{"event_f1_half_second", QT_TRANSLATE_NOOP("FigureWords", "F1 of events within half a second"), Unit::plain},
    Figure{"pointing", QT_TRANSLATE_NOOP("FigureWords", "points at the source"), Unit::share},
    Figure{"pointing_by_chance", QT_TRANSLATE_NOOP("FigureWords", "by chance"), Unit::share},
    Figure{"clips", QT_TRANSLATE_NOOP("FigureWords", "clips"), Unit::count},
    Figure{"mixtures", QT_TRANSLATE_NOOP("FigureWords", "mixtures"), Unit::count},
    Figure{"steps", QT_TRANSLATE_NOOP("FigureWords", "steps of learning"), Unit::count},
    Figure{"epochs", QT_TRANSLATE_NOOP("FigureWords", "epochs"), Unit::count},
    Figure{"training_seconds", QT_TRANSLATE_NOOP("FigureWords", "learning took"), Unit::seconds}};

struct Words {
  Q_DECLARE_TR_FUNCTIONS(FigureWords)
};

// "_set_a" of "top1_set_a".
QString setOf(const QString& key) {
  const qsizetype at = key.lastIndexOf(QStringLiteral("_set_"));
  return at > 0 ? key.sliced(at) : QString();
}

const Figure* known(const QString& key) {
  const QString bare = key.chopped(setOf(key).size());
  const auto found = std::find_if(kFigures.begin(), kFigures.end(), [&](const Figure& one) { return bare == QLatin1String(one.key); });
  return found == kFigures.end() ? nullptr : &*found;
}

}  // namespace

QString figureName(const QString& key) {
  const QString set = setOf(key);
  const Figure* figure = known(key);
  const QString name = figure != nullptr ? Words::tr(figure->words) : key.chopped(set.size()).replace('_', ' ');
  return set.isEmpty() ? name : Words::tr("%1, set %2").arg(name, set.sliced(5).toUpper());
}

QString figureValue(const QString& key, double value) {
  const Figure* figure = known(key);
  switch (figure != nullptr ? figure->unit : Unit::plain) {
    case Unit::share: return Words::tr("%1 %").arg(100.0 * value, 0, 'f', 1);
    case Unit::decibels: return Words::tr("%1 dB").arg(value, 0, 'f', 1);
    case Unit::seconds: return Words::tr("%1 min").arg(value / 60.0, 0, 'f', 0);
    case Unit::count: return QLocale(QLocale::English).toString(std::llround(value));
    case Unit::plain: break;
  }
  return QString::number(value, 'g', 4);
}

}  // namespace chladni::ui
