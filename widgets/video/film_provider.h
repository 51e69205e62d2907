// FilmProvider: where a film lane gets its pictures. Time is cut into slots of a length that the level says; each wants one
// picture. picture() answers at once with what is there; want() says what is missing and forgets what was wanted before;
// ready() follows on the GUI thread. GUI thread only; the lane owns its provider.
#pragma once

#include <QObject>
#include <QString>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/video_frame.h"

namespace chladni::widgets {

// Slot `index` of `level` begins at index * seconds(level).
struct FilmSlot {
  int level = 0;
  std::int64_t index = 0;
  // Two levels to the octave.
  static double seconds(int level) { return std::exp2(0.5 * level); }
  [[nodiscard]] double start() const { return static_cast<double>(index) * seconds(level); }
  [[nodiscard]] double end() const { return static_cast<double>(index + 1) * seconds(level); }
  auto operator<=>(const FilmSlot&) const = default;
};

class FilmProvider : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  // Empty: nothing to show. Pictures are made about `pixels` high. Answers for the film before are dropped.
  virtual void setFilm(std::optional<std::filesystem::path> path, int pixels) = 0;
  // Empty: not there yet. Null: this moment has no picture.
  [[nodiscard]] virtual std::optional<std::shared_ptr<const VideoFrame>> picture(FilmSlot slot) const = 0;
  // Of those that are there the one nearest in time; null when there is none.
  [[nodiscard]] virtual std::shared_ptr<const VideoFrame> nearest(double seconds) const = 0;
  virtual void want(const std::vector<FilmSlot>& slots) = 0;
  // Nothing is wanted that is not there.
  [[nodiscard]] virtual bool idle() const = 0;
  // Why there are no pictures; empty while there are.
  [[nodiscard]] virtual const QString& failure() const = 0;

 Q_SIGNALS:
  void ready();
};

}  // namespace chladni::widgets
