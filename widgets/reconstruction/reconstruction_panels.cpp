#include "widgets/reconstruction/reconstruction_panels.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/reconstruction/plane_images.h"

namespace chladni::widgets {
namespace {

constexpr int kMargin = 12;
constexpr int kGap = 12;
constexpr int kWidestPanel = 420;  // a wider view gets more panels in a row
constexpr int kNarrowestPanel = 120;
constexpr int kHighestPicture = 180;

}  // namespace

void ReconstructionPanels::show(ShownReconstruction shown) {
  shown_ = std::move(shown);
  render();
}

const ReconstructedPlane& ReconstructionPanels::planeOf(Plane plane) const {
  return plane == Plane::sound ? shown_.result->sound : shown_.result->picture;
}

// Input columns that hold media; what follows is padding and says nothing.
std::int64_t ReconstructionPanels::columnsShown() const {
  if (!shown_.sound) return 1;
  const std::int64_t all = std::max<std::int64_t>(1, shown_.sound->original.rows);
  const double columnSeconds = shown_.result->sound.grid.columnSeconds;
  const double media = columnSeconds > 0.0 ? std::ceil(shown_.span.length().seconds() / columnSeconds) : static_cast<double>(all);
  return media >= 1.0 ? std::min(all, static_cast<std::int64_t>(media)) : all;
}

void ReconstructionPanels::render() {
  panels_.clear();
  if (!shown_.result) return;
  if (shown_.sound && shown_.sound->original.rows > 0) listSound();
  if (shown_.picture && shown_.picture->original.rows > 0) listPicture();
}

void ReconstructionPanels::listSound() {
  std::tie(low_, high_) = valueSpan(shown_.sound->original);
  const QString output = shown_.result->trueStatistics ? tr("model output, with true patch mean and variance (leaks)")
                                                       : tr("what the model paints, everywhere");
  const auto add = [this](Part part, const QString& title, const QString& hint) {
    panels_.push_back({Plane::sound, part, title, hint, soundImage(part), {}});
  };
  add(Part::original, tr("Original"), tr("the sound as the model measures it"));
  add(Part::masked, tr("Shown to the model"), tr("grey is hidden from it"));
  add(Part::predicted, tr("Model output"), output);
  add(Part::pasted, tr("Pasted"), tr("original where visible, output where hidden"));
  add(Part::error, tr("Error"), tr("output minus original, where hidden"));
}

void ReconstructionPanels::listPicture() {
  const auto add = [this](Part part, const QString& title, const QString& hint) {
    panels_.push_back({Plane::picture, part, title, hint, pictureImage(part), {}});
  };
  add(Part::original, tr("Picture"), tr("the video frame as the model sees it"));
  add(Part::masked, tr("Shown to the model"), tr("grey is hidden from it"));
  add(Part::predicted, tr("Model output"), tr("what the model paints"));
  add(Part::pasted, tr("Pasted"), tr("original where visible, output where hidden"));
}

QImage ReconstructionPanels::soundImage(Part part) const {
  const PlanePictures& planes = *shown_.sound;
  switch (part) {
    case Part::original: return tableImage(planes.original, columnsShown(), low_, high_);
    case Part::masked: return maskedTableImage(planes.original, planes.hidden, columnsShown(), low_, high_);
    case Part::predicted: return tableImage(planes.predicted, columnsShown(), low_, high_);
    case Part::pasted: return tableImage(planes.pasted, columnsShown(), low_, high_);
    case Part::error: return differenceImage(planes.pasted, planes.original, columnsShown(), (high_ - low_) / 2.0F);
  }
  return {};
}

QImage ReconstructionPanels::pictureImage(Part part) const {
  const PlanePictures& planes = *shown_.picture;
  const PictureSpec spec = shown_.pictureSpec.value_or(PictureSpec{});
  switch (part) {
    case Part::masked: return maskedColourImage(planes.original, planes.hidden, spec);
    case Part::predicted: return colourImage(planes.predicted, spec);
    case Part::pasted: return colourImage(planes.pasted, spec);
    default: return colourImage(planes.original, spec);
  }
}

// Tells `take` the place of each panel by its number.
template <class Take>
int ReconstructionPanels::place(int width, int line, Take take) const {
  const int usable = std::max(80, width - 2 * kMargin);
  int y = 0;
  for (const Plane plane : {Plane::sound, Plane::picture}) {
    const auto count = static_cast<int>(
        std::count_if(panels_.begin(), panels_.end(), [&](const Panel& panel) { return panel.plane == plane; }));
    if (count == 0) continue;
    const int widest = plane == Plane::sound ? kWidestPanel : kHighestPicture;
    // Side by side, so that they can be compared, wherever there is room for two.
    const int least = usable >= 2 * kNarrowestPanel + kGap ? 2 : 1;
    const int across = std::clamp(std::max(least, (usable + kGap) / (widest + kGap)), 1, count);
    const int panelWidth = (usable - (across - 1) * kGap) / across;
    // Two lines below each panel: what it is, and a hint.
    const int panelHeight = plane == Plane::sound ? std::clamp(panelWidth / 4, 52, 110) : std::min(panelWidth, kHighestPicture);
    int placed = 0;
    for (std::size_t n = 0; n < panels_.size(); ++n) {
      if (panels_[n].plane != plane) continue;
      const int x = kMargin + (placed % across) * (panelWidth + kGap);
      const int top = y + line + 4 + (placed / across) * (panelHeight + line + 12);
      take(n, QRect(x, top, plane == Plane::sound ? panelWidth : panelHeight, panelHeight));
      ++placed;
    }
    y += (placed + across - 1) / across * (panelHeight + line + 12);
  }
  return y;
}

int ReconstructionPanels::layOut(int width, int line) {
  return bottom_ = place(width, line, [this](std::size_t n, const QRect& rect) { panels_[n].rect = rect; });
}

int ReconstructionPanels::heightFor(int width, int line) const {
  return place(width, line, [](std::size_t, const QRect&) {});
}

QRect ReconstructionPanels::partRect(Plane plane, Part part) const {
  for (const Panel& panel : panels_) {
    if (panel.plane == plane && panel.part == part) return panel.rect;
  }
  return {};
}

QRectF ReconstructionPanels::patchRect(Plane plane, Part part, int row, int column) const {
  const QRect area = partRect(plane, part);
  if (area.isEmpty()) return {};
  const PatchGrid& grid = planeOf(plane).grid;
  const bool sound = plane == Plane::sound;
  const double across = sound ? static_cast<double>(columnsShown()) : static_cast<double>(shown_.picture->original.columns) / 3.0;
  const double up = static_cast<double>(sound ? shown_.sound->original.columns : shown_.picture->original.rows);
  const double perColumn = area.width() / across;
  const double perBin = area.height() / up;
  const double left = area.left() + column * grid.strideColumns * perColumn;
  const double width = grid.strideColumns * perColumn;
  const double height = grid.strideBins * perBin;
  const double top = sound ? area.bottom() + 1 - (row + 1) * height : area.top() + row * height;
  return {left, top, width, height};
}

std::optional<ReconstructionPanels::PatchAt> ReconstructionPanels::patchAt(const QPointF& position) const {
  for (const Panel& panel : panels_) {
    if (!panel.rect.contains(position.toPoint())) continue;
    const PatchGrid& grid = planeOf(panel.plane).grid;
    const QRectF first = patchRect(panel.plane, panel.part, 0, 0);
    if (grid.patches() == 0 || first.isEmpty()) return std::nullopt;
    const double up = panel.plane == Plane::sound ? first.bottom() - position.y() : position.y() - first.top();
    PatchAt at{panel.plane, panel.part, static_cast<int>(std::floor(up / first.height())),
               static_cast<int>(std::floor((position.x() - first.left()) / first.width()))};
    if (at.row < 0 || at.row >= grid.rows || at.column < 0 || at.column >= grid.columns) return std::nullopt;
    return at;
  }
  return std::nullopt;
}

}  // namespace chladni::widgets
