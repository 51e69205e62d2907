#include "core/datasets/ave_folder.h"

#include <algorithm>

namespace chladni::datasets {

namespace {

constexpr char kOrderName[] = "order";
constexpr char kTableName[] = "avadataset";
constexpr std::int64_t kMaxRows = 100'000'000;

// Files of other people may hold one dataset under another name.
Result<serial::Hdf5Reader> openTable(const std::filesystem::path& path, const char* usual) {
  const auto datasets = serial::listHdf5(path);
  if (!datasets) return fail(datasets.error());
  return serial::Hdf5Reader::open(path, datasets->size() == 1 ? std::string() : std::string(usual));
}

Result<std::optional<serial::Hdf5Reader>> openFeatures(const std::filesystem::path& path, std::size_t rows) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::optional<serial::Hdf5Reader>();
  auto reader = openTable(path, kTableName);
  if (!reader) return fail(reader.error());
  const auto& shape = reader->dataset().shape;
  if (shape.size() < 3 || shape[1] != kAveSegments)
    return fail(ErrorCode::corruptData, path.string() + ": features per second have the axes row, " +
                                            std::to_string(kAveSegments) + " seconds, feature");
  if (reader->rows() != static_cast<std::int64_t>(rows))
    return fail(ErrorCode::corruptData, path.string() + ": has " + std::to_string(reader->rows()) + " rows for " +
                                            std::to_string(rows) + " annotations; they do not belong together");
  return std::optional<serial::Hdf5Reader>(*std::move(reader));
}

Result<void> checkDisjoint(const AveSplits& splits, std::int64_t rows, const std::filesystem::path& folder) {
  std::vector<bool> taken(static_cast<std::size_t>(rows), false);
  for (const auto* split : {&splits.train, &splits.validation, &splits.test})
    for (const std::int64_t row : *split) {
      if (taken[static_cast<std::size_t>(row)])
        return fail(ErrorCode::corruptData,
                    folder.string() + ": row " + std::to_string(row) + " is in two of the order files");
      taken[static_cast<std::size_t>(row)] = true;
    }
  return {};
}

Result<void> checkLabels(const std::filesystem::path& path, const AveAnnotations& annotations) {
  const auto labels = readOneHot(path);
  if (!labels) return fail(labels.error());
  if (labels->rows != static_cast<std::int64_t>(annotations.rows.size()) || labels->perRow != kAveSegments ||
      labels->classes != static_cast<std::int64_t>(annotations.classes.size()))
    return fail(ErrorCode::corruptData, path.string() + ": its shape does not fit the annotations");
  for (std::size_t row = 0; row < annotations.rows.size(); ++row) {
    const auto segments = annotations.segmentClasses(row);
    if (!std::equal(segments.begin(), segments.end(),
                    labels->indices.begin() + static_cast<std::ptrdiff_t>(row) * kAveSegments))
      return fail(ErrorCode::corruptData, path.string() + ": row " + std::to_string(row) +
                                              " differs from the annotations; they do not belong together");
  }
  return {};
}

}  // namespace

Result<std::vector<std::int64_t>> readOrder(const std::filesystem::path& path, std::int64_t rows) {
  const auto reader = openTable(path, kOrderName);
  if (!reader) return fail(reader.error());
  if (reader->rowValues() != 1 || reader->rows() > kMaxRows)
    return fail(ErrorCode::corruptData, path.string() + ": an order is one list of row numbers");
  std::vector<std::int64_t> order(static_cast<std::size_t>(reader->rows()));
  if (auto ok = reader->readRows(0, std::span(order)); !ok) return fail(ok.error());
  std::vector<bool> taken(static_cast<std::size_t>(std::max<std::int64_t>(rows, 0)), false);
  for (const std::int64_t row : order) {
    if (row < 0 || row >= rows)
      return fail(ErrorCode::corruptData, path.string() + ": there is no row " + std::to_string(row) + ", only " +
                                              std::to_string(rows) + "; the order belongs to other annotations");
    if (taken[static_cast<std::size_t>(row)])
      return fail(ErrorCode::corruptData, path.string() + ": row " + std::to_string(row) + " is there twice");
    taken[static_cast<std::size_t>(row)] = true;
  }
  return order;
}

Result<AveSplits> readAveSplits(const std::filesystem::path& folder, std::int64_t rows, const std::string& suffix) {
  AveSplits splits;
  for (const auto& [name, split] : {std::pair{"train", &splits.train}, std::pair{"val", &splits.validation},
                                    std::pair{"test", &splits.test}}) {
    auto order = readOrder(folder / (std::string(name) + "_order" + suffix + ".h5"), rows);
    if (!order) return fail(order.error());
    *split = *std::move(order);
  }
  if (auto ok = checkDisjoint(splits, rows, folder); !ok) return fail(ok.error());
  return splits;
}

Result<ClassRows> readOneHot(const std::filesystem::path& path) {
  const auto reader = openTable(path, kTableName);
  if (!reader) return fail(reader.error());
  const auto& shape = reader->dataset().shape;
  if (shape.size() != 2 && shape.size() != 3)
    return fail(ErrorCode::corruptData, path.string() + ": labels have the axes row, class, or row, segment, class");
  ClassRows result{reader->rows(), shape.size() == 3 ? shape[1] : 1, shape.back(), {}};
  std::vector<float> row(static_cast<std::size_t>(reader->rowValues()));
  for (std::int64_t r = 0; r < result.rows; ++r) {
    if (auto ok = reader->readRows(r, std::span(row)); !ok) return fail(ok.error());
    for (std::int64_t segment = 0; segment < result.perRow; ++segment) {
      const auto begin = row.begin() + segment * result.classes;
      const auto end = begin + result.classes;
      const auto hot = std::find(begin, end, 1.0F);
      if (hot == end || std::count(begin, end, 0.0F) != result.classes - 1)
        return fail(ErrorCode::corruptData, path.string() + ": row " + std::to_string(r) + " segment " +
                                                std::to_string(segment) + " is not one 1 among zeros");
      result.indices.push_back(static_cast<int>(hot - begin));
    }
  }
  return result;
}

Result<AveFolder> AveFolder::open(const std::filesystem::path& folder) {
  AveFolder opened;
  auto annotations = readAveAnnotations(folder / "Annotations.txt");
  if (!annotations) return fail(annotations.error());
  opened.annotations_ = *std::move(annotations);
  const std::size_t rows = opened.annotations_.rows.size();
  auto splits = readAveSplits(folder, static_cast<std::int64_t>(rows));
  if (!splits) return fail(splits.error());
  opened.splits_ = *std::move(splits);
  std::error_code ignored;
  if (std::filesystem::exists(folder / "labels.h5", ignored))
    if (auto ok = checkLabels(folder / "labels.h5", opened.annotations_); !ok) return fail(ok.error());
  auto sound = openFeatures(folder / "audio_feature.h5", rows);
  if (!sound) return fail(sound.error());
  opened.sound_ = *std::move(sound);
  auto pictures = openFeatures(folder / "visual_feature.h5", rows);
  if (!pictures) return fail(pictures.error());
  opened.pictures_ = *std::move(pictures);
  return opened;
}

}  // namespace chladni::datasets
