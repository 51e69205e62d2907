// SpectrogramLane: the spectrogram of a TileSource of any length. Painting blits pictures made from the tiles that are
// there; what is missing is drawn from a coarser level meanwhile. Values are decibels relative to a full-scale sine.
// The header holds scale, window and range; a click on it (or the key in the menu) changes them in place.
// GUI thread only.
#pragma once

#include <QImage>
#include <map>
#include <memory>
#include <vector>

#include "core/data/colormap.h"
#include "widgets/time_axis/lane.h"
#include "widgets/spectrogram/frequency_tools.h"
#include "widgets/spectrogram/tile_provider.h"

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace chladni::widgets {

class SpectrogramLane : public Lane {
  Q_OBJECT

 public:
  struct Choices {
    int windowSamples = 2048;
    bool logarithmic = true;
    bool mel = false;
    Colormap colours = Colormap::magma;
    double rangeDb = 80.0;
    int overlap = 4;             // hops in a window
    double gainDb = 0.0;         // what is this much softer than the loudest is as bright
    bool evenColumns = false;    // every moment relative to its own loudest frequency
    bool notes = false;          // octaves and piano keys instead of hertz at the axis
  };

  SpectrogramLane(TimeAxis& axis, std::unique_ptr<TileProvider> tiles, QWidget* parent);

  void setSource(std::shared_ptr<TileSource> source);
  void refreshSampled();
  [[nodiscard]] bool idle() const { return tiles_->idle(); }
  [[nodiscard]] const Choices& choices() const { return choices_; }
  void setChoices(const Choices& choices);
  // Drawn with Ctrl and the mouse; empty: none. Lowest and earliest corner first.
  [[nodiscard]] std::optional<std::pair<TimeFrequency, TimeFrequency>> box() const { return tools_.box(); }
  // Drawn with Shift and the mouse.
  [[nodiscard]] QString measureText() const { return tools_.measureText(); }
  void clearTools();
  void setLabelBoxes(std::vector<LabelBox> boxes) {
    tools_.setLabelBoxes(std::move(boxes));
    update();
  }
  // Opens below the header.
  void openSettings();

  [[nodiscard]] QString valueAt(const QPointF& position) const override;

 Q_SIGNALS:
  // Another window or mel: the owner gives another source.
  void analysisChoicesChanged();
  void boxChanged();

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  QStringList headerLines() const override;
  void paintHeaderExtra(QPainter& painter, const QRect& header, int y) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  [[nodiscard]] double columnSeconds(int level) const;
  [[nodiscard]] int levelForView() const;
  [[nodiscard]] double frequencyAt(double y) const;
  [[nodiscard]] double yAt(double hertz) const;
  void buildRows();
  const QImage* picture(TileKey key, bool request);
  QImage render(const Tile& tile) const;
  void paintTile(QPainter& painter, const QRect& area, TileKey key);
  bool paintCoarser(QPainter& painter, const QRect& area, TileKey key);
  void paintFrequencies(QPainter& painter, const QRect& area);
  void paintPiano(QPainter& painter, const QRect& area);
  void paintMark(QPainter& painter, const QRect& area, double y, const QString& text);
  [[nodiscard]] double brightestDb() const;
  [[nodiscard]] TimeFrequency pointAt(const QPointF& position) const;
  void adaptRange(const Tile& tile);
  void forgetPictures();

  struct Picture {
    std::shared_ptr<const Tile> tile;  // what it was made from
    QImage image;
    std::uint64_t lastUse = 0;
  };
  // One pixel row: bins [first, last] whose maximum it shows, or a mix of two neighbours.
  struct Row {
    int first = 0;
    int last = 0;
    float mix = 0.0F;
  };

  std::unique_ptr<TileProvider> tiles_;
  Choices choices_;
  FrequencyTools tools_;
  QPointF toolStart_;
  double topDb_ = -200.0;
  double lowHz_ = 0.0;
  double highHz_ = 0.0;
  std::vector<Row> rows_;
  std::map<TileKey, Picture> pictures_;
  std::uint64_t uses_ = 0;
};

// "A4 +12 ct", empty below 16 Hz.
QString noteText(double hertz);
// "440 Hz", "1.25 kHz".
QString hertzText(double hertz);

}  // namespace chladni::widgets
