// Annotations of the AVE data set: lines of category, video id, quality, start and end second, separated by "&". A header
// line and CR LF are accepted, names may hold commas and blanks. Row numbers count from 0 without the header; they are
// what order files and the first axis of feature files mean. A clip has ten segments of one second; those from start to
// end (exclusive) have the row's category, the others are Background.
// Plain values; any thread. Fails with notFound, io, or corruptData naming the line.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/datasets/data_set.h"

namespace chladni::datasets {

inline constexpr int kAveSegments = 10;
inline constexpr std::string_view kAveBackground = "Background";

// The published 28 events in the order of the outputs, and Background last.
const std::array<std::string_view, 29>& aveClasses();

struct AveRow {
  std::string category;
  std::string id;
  std::string quality;
  int start = 0;
  int end = 0;  // exclusive, at most kAveSegments; equal to start: all Background
  bool operator==(const AveRow&) const = default;
};

struct AveAnnotations {
  std::vector<AveRow> rows;
  // The published classes when they have all categories, else the categories by first appearance and Background.
  std::vector<std::string> classes;

  // Index into classes of each segment of a row.
  [[nodiscard]] std::array<int, kAveSegments> segmentClasses(std::size_t row) const;
  // Ids that more than one row has: the same video, maybe on both sides of a split.
  [[nodiscard]] std::vector<std::string> repeatedIds() const;
  // Items with the whole clip and the category as label; media are <folder>/<id><extension>.
  [[nodiscard]] DataSet items(const std::filesystem::path& mediaFolder, const std::string& extension = ".mp4") const;
};

Result<AveAnnotations> parseAveAnnotations(std::string_view text, const std::string& origin);
Result<AveAnnotations> readAveAnnotations(const std::filesystem::path& path);

// The text of such a file, with the header line of the downloadable archive if asked for. Fails with invalidArgument for
// a row that would not read back.
Result<std::string> aveAnnotationsText(const std::vector<AveRow>& rows, bool header = false);

}  // namespace chladni::datasets
