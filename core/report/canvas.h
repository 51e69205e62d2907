// Canvas: what a plot is drawn on, whether it becomes SVG or PDF. Units are those of the plot, y down, sizes of text in
// the same units. Colours are named by their role, so that a page may be light or dark. One thread; borrowed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/data/video_frame.h"

namespace chladni::report {

enum class Ink { text, faint, grid, sound, first, second, third, fourth, fifth };
constexpr Ink seriesInk(std::size_t index) { return static_cast<Ink>(static_cast<std::size_t>(Ink::first) + index % 5); }

struct Point {
  double x = 0.0;
  double y = 0.0;
};

struct Box {
  double x = 0.0;
  double y = 0.0;
  double width = 0.0;
  double height = 0.0;
};

struct Stroke {
  Ink ink = Ink::text;
  double width = 1.0;
  std::vector<double> dashes = {};  // on, off, ...; empty: whole
};

enum class Align { start, middle, end };

class Canvas {
 public:
  virtual ~Canvas() = default;
  virtual void line(std::span<const Point> points, const Stroke& stroke) = 0;
  virtual void fill(std::span<const Point> outline, Ink ink) = 0;
  virtual void text(Point baseline, const std::string& text, double size, Ink ink, Align align) = 0;
  // `smooth`: pixels may blend; else each is a square of its own.
  virtual void picture(const Box& box, const VideoFrame& pixels, bool smooth) = 0;
};

}  // namespace chladni::report
