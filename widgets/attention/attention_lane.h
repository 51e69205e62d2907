// AttentionLane: how attention spread over time in the clips that were asked about: a bar for each column of patches, as high as
// the share of the clip's attention that its patches got together. Clips asked the same way stay beside each other; where they
// overlap the newest is shown. GUI thread only; maps are shared while they are added.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/data/attention_map.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

class AttentionLane : public Lane {
  Q_OBJECT

 public:
  AttentionLane(TimeAxis& axis, QWidget* parent);

  // `words`: layer, heads and query, parted by " · "; other words than before begin anew. Maps without sound are left out.
  void add(const AttentionMap& map, const QString& words);
  // In place of what was on show.
  void clear(const QString& why);
  void showSameAs(const AttentionLane& other);
  // Share of its clip that was attended to at that moment; nothing where no clip was asked.
  [[nodiscard]] std::optional<double> shareAt(double seconds) const;
  [[nodiscard]] QString valueAt(const QPointF& position) const override;

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  QStringList headerLines() const override;

 private:
  // Seconds [from, to) of one clip are on show; column c begins at start + c * step.
  struct Stretch {
    double from = 0.0, to = 0.0;
    double start = 0.0, step = 0.0;
    std::shared_ptr<const std::vector<float>> shares;
  };
  void makeRoom(double from, double to);

  std::vector<Stretch> stretches_;  // none overlaps another
  QString words_;
  float highest_ = 0.0F;
};

}  // namespace chladni::widgets
