// FilmStrip: what a masked autoencoder painted of the same held-out examples as it learned: the example, what it saw of it,
// and what it painted after each epoch, oldest to newest. Shows the pictures that a training leaves in its run folder.
// GUI thread only.
#pragma once

#include <QImage>
#include <QScrollArea>
#include <QString>
#include <filesystem>
#include <vector>

namespace chladni::ui {

struct StripCell {
  QString title;  // "as it is", "what is seen", "step 120"
  QImage image;
};

struct StripRow {
  QString name;  // "sound 1"
  std::vector<StripCell> cells;
};

// Of the pictures in a run folder; at most `most` steps of each, evenly spread, the last one among them. Empty when the run
// painted nothing. `stepsPerEpoch` above 0 names epochs instead of steps.
std::vector<StripRow> readStrip(const std::filesystem::path& run, std::int64_t stepsPerEpoch, std::size_t most = 24);

class FilmStrip : public QScrollArea {
  Q_OBJECT

 public:
  explicit FilmStrip(QWidget* parent = nullptr);

  // Looks again only when there may be news: `epochs` measured so far.
  void setRun(const std::filesystem::path& run, std::size_t epochs, std::int64_t stepsPerEpoch);
  // What stands there before the first paintings.
  void setEmptyText(const QString& text) { empty_ = text; }
  [[nodiscard]] const std::vector<StripRow>& rows() const { return rows_; }

 private:
  class Canvas;
  std::filesystem::path run_;
  std::size_t epochs_ = 0;
  std::vector<StripRow> rows_;
  QString empty_;
  Canvas* canvas_;
};

}  // namespace chladni::ui
