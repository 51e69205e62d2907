// PatchStrips: the patches of a clip one after another, as a masked autoencoder treats them: all of them in order, the hidden
// ones greyed out, and shuffled, with the visible ones, which are all that the encoder gets, in front. The pointer reads
// patches off. GUI thread only; results are shared.
#pragma once

#include <QImage>
#include <QWidget>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/reconstruction.h"

namespace chladni::widgets {

class PatchStrips : public QWidget {
  Q_OBJECT

 public:
  enum class Strip { ordered, masked, shuffled };
  static constexpr std::array kStrips = {Strip::ordered, Strip::masked, Strip::shuffled};

  explicit PatchStrips(QWidget* parent = nullptr);

  // Patches of the sound; a seed orders the shuffled ones, always in the same way. Null: nothing.
  void setReconstruction(std::shared_ptr<const Reconstruction> result, std::shared_ptr<const PlanePictures> sound, std::uint64_t seed);
  // Patches of a strip in the order in which they stand there.
  [[nodiscard]] const std::vector<int>& order(Strip strip) const { return orders_[static_cast<std::size_t>(strip)]; }
  [[nodiscard]] QRectF patchRect(Strip strip, int place) const;

  [[nodiscard]] int heightForWidth(int width) const override;
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  QSize sizeHint() const override { return {320, heightForWidth(320)}; }
  QSize minimumSizeHint() const override { return {160, 60}; }

 Q_SIGNALS:
  // -1 when the pointer leaves.
  void patchUnderCursor(int row, int column);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  struct Size {
    int columns = 1;   // patches beside each other
    double cell = 0.0;
    int title = 0;     // height of the words above a strip
    int height = 0;    // of one strip with its words
  };
  [[nodiscard]] Size sizeFor(int width) const;
  [[nodiscard]] std::optional<std::pair<Strip, int>> placeAt(const QPointF& position) const;
  [[nodiscard]] QString title(Strip strip) const;

  std::shared_ptr<const Reconstruction> result_;
  QImage image_;  // of the whole clip, one pixel a value
  std::array<std::vector<int>, 3> orders_;
  std::optional<int> hovered_;  // patch
};

}  // namespace chladni::widgets
