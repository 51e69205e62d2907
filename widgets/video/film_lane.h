// FilmLane: the video as a row of small pictures, each standing where its moment begins; as many as fit, cut at the sides
// so that they touch. While a picture is fetched the nearest known one stands for it. GUI thread only.
#pragma once

#include <memory>
#include <vector>

#include "widgets/time_axis/lane.h"
#include "widgets/video/film_provider.h"

namespace chladni::widgets {

struct Film {
  std::filesystem::path path;
  int width = 0;  // upright, square pixels
  int height = 0;
  double fps = 0.0;
};

class FilmLane : public Lane {
  Q_OBJECT

 public:
  FilmLane(TimeAxis& axis, std::unique_ptr<FilmProvider> provider, QWidget* parent);

  // Empty: nothing to show.
  void setFilm(std::optional<Film> film);
  [[nodiscard]] const std::optional<Film>& film() const { return film_; }
  // Every picture that can be seen is the one that belongs there, or cannot be had.
  [[nodiscard]] bool complete() const;
  [[nodiscard]] bool idle() const { return provider_->idle(); }
  [[nodiscard]] QString valueAt(const QPointF& position) const override;
  // The level whose slots are at most as wide as a picture is now.
  [[nodiscard]] int level() const;

 Q_SIGNALS:
  void picturesReady();

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  QStringList headerLines() const override;

 private:
  [[nodiscard]] std::vector<FilmSlot> visibleSlots() const;
  [[nodiscard]] double pictureWidth() const;
  void paintSlot(QPainter& painter, const QRect& area, FilmSlot slot, const VideoFrame& picture) const;

  std::optional<Film> film_;
  std::unique_ptr<FilmProvider> provider_;
  std::vector<FilmSlot> asked_;  // for, last
};

}  // namespace chladni::widgets
