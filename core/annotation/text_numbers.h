// Lines, numbers and places of text that the formats share. Private to core/annotation. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/label_edit.h"

namespace chladni::annotation {

// "origin: line 3 column 7: why", as corruptData.
Unexpected wrongAt(const std::string& origin, std::int64_t line, std::int64_t column, const std::string& why);
// The same for a byte of a text.
Unexpected wrongAtOffset(const std::string& origin, std::string_view text, std::size_t offset, const std::string& why);

// Lines that end with LF, CR LF or CR.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  bool next();
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] std::int64_t number() const { return number_; }
  // Column of a piece of the line.
  [[nodiscard]] std::int64_t column(std::string_view piece) const { return piece.data() - line_.data() + 1; }

 private:
  std::string_view text_;
  std::string_view line_;
  std::int64_t number_ = 0;
  std::size_t at_ = 0;
};

std::vector<std::string_view> split(std::string_view text, char separator, std::size_t atMost);
// Parts between blanks, at most `atMost` of them.
std::vector<std::string_view> words(std::string_view text, std::size_t atMost);
std::string_view trimmed(std::string_view text);
std::string lowered(std::string_view text);

// All of the text is one finite number.
std::optional<double> numberOf(std::string_view text);
// Seconds in decimal, exact to the nanosecond, within kMostLabelTime. A comma as the decimal sign if allowed.
std::optional<MediaTime> secondsOf(std::string_view text, bool comma = false);
// Whole number of whatever.
std::optional<std::int64_t> wholeOf(std::string_view text);

// All digits that are needed, and at least so many decimals.
std::string secondsText(MediaTime time, int decimals);
// The fewest digits that read back equal.
std::string numberText(double value);

// Hours, minutes, seconds and milliseconds of subtitles: "00:01:02.500". Hours may lack.
std::optional<MediaTime> timecodeOf(std::string_view text);
std::string timecodeText(MediaTime time, char decimalSign);

// 0..1, as confidences are.
bool isShare(double value);

}  // namespace chladni::annotation
