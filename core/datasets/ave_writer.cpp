#include "core/datasets/ave_writer.h"

#include <span>

#include "core/base/atomic_file.h"

namespace chladni::datasets {

namespace {

Result<void> writeOrder(const std::filesystem::path& path, const std::vector<std::int64_t>& order) {
  auto writer = serial::Hdf5Writer::create(path, {"order", DType::i64, {}, 0, 0});
  if (!writer) return fail(writer.error());
  if (!order.empty())
    if (auto done = writer->append(std::span<const std::int64_t>(order)); !done) return done;
  return writer->finish();
}

Result<void> writeLabels(const std::filesystem::path& path, const AveAnnotations& annotations) {
  const auto classes = annotations.classes.size();
  auto writer = serial::Hdf5Writer::create(path, {"avadataset", DType::f32, {kAveSegments, static_cast<std::int64_t>(classes)}, 0, 0});
  if (!writer) return fail(writer.error());
  for (std::size_t row = 0; row < annotations.rows.size(); ++row) {
    std::vector<float> hot(kAveSegments * classes);
    const auto segments = annotations.segmentClasses(row);
    for (std::size_t segment = 0; segment < segments.size(); ++segment) hot[segment * classes + static_cast<std::size_t>(segments[segment])] = 1.0F;
    if (auto done = writer->append(std::span<const float>(hot)); !done) return done;
  }
  return writer->finish();
}

}  // namespace

Result<void> writeAveTables(const std::filesystem::path& folder, const std::vector<AveRow>& rows, const AveSplits& splits) {
  if (splits.train.size() + splits.validation.size() + splits.test.size() != rows.size())
    return fail(ErrorCode::invalidArgument, folder.string() + ": every row must be in exactly one split");
  auto text = aveAnnotationsText(rows);
  if (!text) return fail(text.error());
  auto annotations = parseAveAnnotations(*text, "the annotations");
  if (!annotations) return fail(annotations.error());
  if (auto done = writeLabels(folder / "labels.h5", *annotations); !done) return done;
  if (auto done = writeOrder(folder / "train_order.h5", splits.train); !done) return done;
  if (auto done = writeOrder(folder / "val_order.h5", splits.validation); !done) return done;
  if (auto done = writeOrder(folder / "test_order.h5", splits.test); !done) return done;
  return writeFileAtomically(folder / "Annotations.txt", *text);
}

}  // namespace chladni::datasets
