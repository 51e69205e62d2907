// SpectrogramLane: the spectrogram of a TileSource of any length: STFT, mel, constant-Q, cepstrum, chroma, a model's input.
// Painting blits pictures made from the tiles that are there; what is missing is drawn from a coarser level meanwhile.
// The header holds kind, window and range; a click on it (or the key in the menu) changes them in place.
// GUI thread only.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "widgets/spectrogram/frequency_scale.h"
#include "widgets/spectrogram/frequency_tools.h"
#include "widgets/spectrogram/spectrogram_choices.h"
#include "widgets/spectrogram/tile_pictures.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

class SpectrogramLane : public Lane {
  Q_OBJECT

 public:
  using Choices = SpectrogramChoices;

  SpectrogramLane(TimeAxis& axis, std::unique_ptr<TileProvider> tiles, QWidget* parent);

  void setSource(std::shared_ptr<TileSource> source);
  void refreshSampled();
  [[nodiscard]] bool idle() const { return tiles_->idle(); }
  [[nodiscard]] const Choices& choices() const { return choices_; }
  void setChoices(const Choices& choices);
  // Short lines about what is shown, below its name in the header: hop, size of a window, normalisation.
  void setFacts(const QStringList& facts);
  // Where one window of a model's input ends and the next begins, in seconds from 0; 0: there are none.
  void setWindowPeriod(double seconds);
  // Drawn with Ctrl and the mouse; empty: none. Lowest and earliest corner first.
  [[nodiscard]] std::optional<std::pair<TimeFrequency, TimeFrequency>> box() const { return tools_.box(); }
  // Drawn with Shift and the mouse.
  [[nodiscard]] QString measureText() const { return tools_.measureText(); }
  void clearTools();
  void setLabelBoxes(std::vector<LabelBox> boxes) {
    tools_.setLabelBoxes(std::move(boxes));
    update();
  }
  [[nodiscard]] const std::vector<LabelBox>& labelBoxes() const { return tools_.labelBoxes(); }
  // Opens below the header.
  void openSettings();

  // Of the picture it is painted into, where that is not the screen that the widget is on.
  void setPixelRatio(double ratio);
  // What was painted last is all there is: no tile is missing or a first look, or the reason why stands in the header.
  [[nodiscard]] bool complete() const { return !tiles_->failure().isEmpty() || (tiles_->idle() && !sampled_); }

  [[nodiscard]] QString valueAt(const QPointF& position) const override;
  // CSV of what is visible, as far as it is there: a row a column of time, a column a bin (Hz, or the number of a row).
  [[nodiscard]] QString table() const;

 Q_SIGNALS:
  // Other values are wanted: the owner gives another source.
  void analysisChoicesChanged();
  void boxChanged();
  // What is on show may have changed: tiles came.
  void tilesReady();

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  QStringList headerLines() const override;
  void paintHeaderExtra(QPainter& painter, const QRect& header, int y) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  [[nodiscard]] double pixelRatio() const { return pixelRatio_.value_or(devicePixelRatioF()); }
  [[nodiscard]] double columnSeconds(int level) const;
  [[nodiscard]] int levelForView() const;
  [[nodiscard]] double shareAt(double y) const;
  [[nodiscard]] double frequencyAt(double y) const { return frequencies_.valueAt(shareAt(y)); }
  [[nodiscard]] double yAt(double hertz) const;
  void buildRows();
  const QImage* picture(TileKey key, bool request);
  void paintTile(QPainter& painter, const QRect& area, TileKey key);
  bool paintCoarser(QPainter& painter, const QRect& area, TileKey key);
  void paintAxis(QPainter& painter, const QRect& area);
  void paintWindows(QPainter& painter, const QRect& area);
  [[nodiscard]] TimeFrequency pointAt(const QPointF& position) const;
  [[nodiscard]] QString nameAt(const QPointF& position) const;

  std::unique_ptr<TileProvider> tiles_;
  TilePictures pictures_;
  Choices choices_;
  FrequencyTools tools_;
  QPointF toolStart_;
  QStringList facts_;
  double windowPeriod_ = 0.0;
  FrequencyScale frequencies_;
  std::optional<double> pixelRatio_;
  bool sampled_ = false;                   // something on show is a first look
};

}  // namespace chladni::widgets
