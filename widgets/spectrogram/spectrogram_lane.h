// SpectrogramLane: the spectrogram of a TileSource of any length. Painting blits pictures that a worker has made from the
// tiles that are there; what is missing is drawn from a coarser level meanwhile. Values are decibels relative to a
// full-scale sine. The header holds scale, window and range; a click on it (or Enter) changes them in place.
// GUI thread only.
#pragma once

#include <memory>
#include <vector>

#include "core/data/colormap.h"
#include "widgets/spectrogram/frequency_axis.h"
#include "widgets/spectrogram/picture_cache.h"
#include "widgets/spectrogram/tile_provider.h"
#include "widgets/time_axis/lane.h"

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace chladni::widgets {

class SpectrogramLane : public Lane {
  Q_OBJECT

 public:
  struct Choices {
    int windowSamples = 2048;
    bool melBands = false;  // another analysis, not another axis
    FrequencyScale scale = FrequencyScale::logarithmic;
    Colormap colours = Colormap::magma;
    double rangeDb = 80.0;
    double gainDb = 0.0;  // raises quiet sounds: the top of the range lies this much lower
    bool operator==(const Choices&) const = default;
  };

  SpectrogramLane(TimeAxis& axis, std::unique_ptr<TileProvider> tiles, QWidget* parent);

  void setSource(std::shared_ptr<TileSource> source);
  void refreshSampled();
  [[nodiscard]] bool idle() const { return tiles_->idle() && pictures_.idle(); }
  [[nodiscard]] const Choices& choices() const { return choices_; }
  void setChoices(const Choices& choices);
  // Opens below the header.
  void openSettings() { openHeaderSettings(); }
  // Some of what is visible was made from a sample of the sound.
  [[nodiscard]] bool showsSampled() const { return showsSampled_; }

  [[nodiscard]] QString valueAt(const QPointF& position) const override;
  [[nodiscard]] std::optional<double> hertzAt(double y) const override;
  // The level whose columns are no wider than a device pixel, or the finest.
  [[nodiscard]] int levelForView() const;

 Q_SIGNALS:
  // Another window or mel bands: the owner gives another source.
  void analysisChoicesChanged();

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  [[nodiscard]] QStringList headerLines() const override;
  int paintHeaderExtra(QPainter& painter, const QRect& header, int y) override;
  void openHeaderSettings() override;
  [[nodiscard]] bool hasHeaderSettings() const override { return true; }
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Cover;  // the tiles of one level that cover the visible stretch
  [[nodiscard]] double columnSeconds(int level) const;
  [[nodiscard]] Cover coverOf(int level) const;
  [[nodiscard]] double yAt(double hertz) const;
  void updateLook();
  void raiseTop(float loudestValue);
  void paintTile(QPainter& painter, const QRect& area, TileKey key);
  void paintCoarser(QPainter& painter, const QRect& area, TileKey key);
  void paintFrequencies(QPainter& painter, const QRect& area);
  void paintTag(QPainter& painter, const QRect& area, const QString& text);
  void fillMenu(QMenu& menu);

  std::unique_ptr<TileProvider> tiles_;
  PictureCache pictures_;
  Choices choices_;
  FrequencyAxis frequencies_;
  double loudest_ = kSilence;  // in steps of 5 dB
  bool showsSampled_ = false;

  static constexpr double kSilence = -200.0;
};

}  // namespace chladni::widgets
