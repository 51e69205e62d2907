#include "ui/export/view_tables.h"

#include "widgets/export/view_export.h"

namespace chladni::ui {
namespace {

QString number(double value) { return QString::number(value, 'g', 7); }

}  // namespace

QString attentionTable(const AttentionMap& map) {
  if (map.weights.rows == 0) return {};
  QString text = QStringLiteral("row,column,start s,end s,lowest bin,highest bin,weight\n");
  const PatchGrid& grid = map.grid;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const std::int64_t key = grid.leadingTokens + static_cast<std::int64_t>(row) * grid.columns + column;
      if (key >= map.weights.columns) continue;
      const double start = map.span.start.seconds() + column * grid.strideColumns * grid.columnSeconds;
      text += QStringLiteral("%1,%2,%3,%4,%5,%6,%7\n")
                  .arg(row)
                  .arg(column)
                  .arg(number(start), number(start + grid.patchColumns * grid.columnSeconds))
                  .arg(row * grid.strideBins)
                  .arg(row * grid.strideBins + grid.patchBins - 1)
                  .arg(number(map.weights.at(0, key)));
    }
  return text;
}

QString pictureAttentionTable(const AttentionMap& map) {
  if (map.weights.rows == 0) return {};
  QString text = QStringLiteral("row,column,weight\n");
  for (int row = 0; row < map.picture.rows; ++row)
    for (int column = 0; column < map.picture.columns; ++column) {
      const std::int64_t key = map.grid.leadingTokens + map.grid.patches() + static_cast<std::int64_t>(row) * map.picture.columns + column;
      if (key < map.weights.columns) text += QStringLiteral("%1,%2,%3\n").arg(row).arg(column).arg(number(map.weights.at(0, key)));
    }
  return text;
}

QString attentionOverviewTable(const AttentionMap& map, int heads) {
  if (map.weights.rows == 0 || heads < 1) return {};
  QString text = QStringLiteral("layer,head");
  for (int patch = 0; patch < map.grid.patches(); ++patch) text += QStringLiteral(",row %1 column %2").arg(patch / map.grid.columns).arg(patch % map.grid.columns);
  text += '\n';
  for (std::int64_t row = 0; row < map.weights.rows; ++row) {
    text += QStringLiteral("%1,%2").arg(row / heads).arg(row % heads);
    for (int patch = 0; patch < map.grid.patches(); ++patch) text += ',' + number(map.weights.at(row, map.grid.leadingTokens + patch));
    text += '\n';
  }
  return text;
}

QString reconstructionTable(const analysis::ReconstructedClip& clip) {
  const Matrix& original = clip.sound.original;
  if (original.rows == 0) return {};
  QString text = QStringLiteral("column,time s,bin,hidden,original,predicted\n");
  for (std::int64_t column = 0; column < original.rows; ++column) {
    const double time = clip.span.start.seconds() + static_cast<double>(column) * clip.result.sound.grid.columnSeconds;
    for (std::int64_t bin = 0; bin < original.columns; ++bin) {
      const auto index = static_cast<std::size_t>(column * original.columns + bin);
      text += QStringLiteral("%1,%2,%3,%4,%5,%6\n")
                  .arg(column)
                  .arg(number(time))
                  .arg(bin)
                  .arg(static_cast<int>(clip.sound.hidden[index]))
                  .arg(number(original.values[index]), number(clip.sound.predicted.values[index]));
    }
  }
  return text;
}

QString patchTable(const Reconstruction& result) {
  const ReconstructedPlane& plane = result.sound;
  if (plane.grid.patches() == 0) return {};
  QString text = QStringLiteral("patch,row,column,hidden,loss\n");
  for (int patch = 0; patch < plane.grid.patches(); ++patch) {
    const auto index = static_cast<std::size_t>(patch);
    text += QStringLiteral("%1,%2,%3,%4,%5\n")
                .arg(patch + 1)
                .arg(patch / plane.grid.columns)
                .arg(patch % plane.grid.columns)
                .arg(index < plane.mask.size() ? static_cast<int>(plane.mask[index]) : 0)
                .arg(index < plane.patchLoss.size() ? number(static_cast<double>(plane.patchLoss[index])) : QString());
  }
  return text;
}

QString predictionTable(const Prediction& prediction) {
  if (prediction.windows.empty()) return {};
  QString text = QStringLiteral("start s,end s");
  for (const std::string& name : prediction.classes) text += ',' + widgets::csvCell(QString::fromStdString(name));
  text += '\n';
  for (std::size_t window = 0; window < prediction.windows.size(); ++window) {
    const TimeRange& range = prediction.windows[window];
    text += number(range.start.seconds()) + ',' + number(range.end.seconds());
    for (const float value : prediction.scores.row(static_cast<std::int64_t>(window))) text += ',' + number(value);
    text += '\n';
  }
  return text;
}

}  // namespace chladni::ui
